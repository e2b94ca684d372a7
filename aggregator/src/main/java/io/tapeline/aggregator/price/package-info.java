/** Which of several sources tells an instrument's price and statistics. */
@NullMarked
package io.tapeline.aggregator.price;

import org.jspecify.annotations.NullMarked;
