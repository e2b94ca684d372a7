/** What tests get their ClickHouse from; needs JUnit, and so is for test class paths alone. */
@NullMarked
package io.tapeline.clickhouse.test;

import org.jspecify.annotations.NullMarked;
