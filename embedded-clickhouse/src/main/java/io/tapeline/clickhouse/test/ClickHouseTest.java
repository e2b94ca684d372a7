package io.tapeline.clickhouse.test;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Gives constructors and methods of a test class a {@link ClickHouseServer} parameter: a real
 * engine, one for all test classes of the JVM. Where it comes from, {@link ClickHouseExtension}
 * says.
 */
@Documented
@Inherited
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@ExtendWith(ClickHouseExtension.class)
public @interface ClickHouseTest {}
