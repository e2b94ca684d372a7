/** What is fetched from the exchange, how often, and what is remembered. */
@NullMarked
package io.tapeline.query.through;

import org.jspecify.annotations.NullMarked;
