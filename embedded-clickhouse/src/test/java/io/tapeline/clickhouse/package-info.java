/** The engine behind its HTTP interface. */
@NullMarked
package io.tapeline.clickhouse;

import org.jspecify.annotations.NullMarked;
