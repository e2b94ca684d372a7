/** The history in ClickHouse. */
@NullMarked
package io.tapeline.query.history.clickhouse;

import org.jspecify.annotations.NullMarked;
