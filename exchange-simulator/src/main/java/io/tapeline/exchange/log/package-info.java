/** Log lines for programs: JSON by the Elastic Common Schema. */
@NullMarked
package io.tapeline.exchange.log;

import org.jspecify.annotations.NullMarked;
