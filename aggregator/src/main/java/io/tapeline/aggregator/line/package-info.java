/** What each line to an exchange brought, and what it did not: measured apart from the others. */
@NullMarked
package io.tapeline.aggregator.line;

import org.jspecify.annotations.NullMarked;
