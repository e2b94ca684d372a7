/** What was truly sent, kept for those who must compare. */
@NullMarked
package io.tapeline.exchange.ledger;

import org.jspecify.annotations.NullMarked;
