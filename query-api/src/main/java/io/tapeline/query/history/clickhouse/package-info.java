/**
 * The history in a ClickHouse database: any number of writers and readers, one class a statement,
 * exactly once by keys and versions.
 */
@NullMarked
package io.tapeline.query.history.clickhouse;

import org.jspecify.annotations.NullMarked;
