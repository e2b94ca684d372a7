/** The history in DuckDB. */
@NullMarked
package io.tapeline.query.history.duckdb;

import org.jspecify.annotations.NullMarked;
