/**
 * The history in a DuckDB file beside the process: one writer, readers beside it, one class a
 * statement.
 */
@NullMarked
package io.tapeline.query.history.duckdb;

import org.jspecify.annotations.NullMarked;
