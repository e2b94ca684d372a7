/**
 * The ClickHouse engine as a library behind ClickHouse's HTTP interface, in a process of its own:
 * for tests and benchmarks where neither a server nor Docker is there, and never for anything else.
 */
@NullMarked
package io.tapeline.clickhouse;

import org.jspecify.annotations.NullMarked;
