package io.tapeline.query;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;

/** Which way the arrows point. */
@AnalyzeClasses(
        packages = "io.tapeline.query",
        importOptions = ImportOption.DoNotIncludeTests.class)
final class ArchitectureTest {

    @ArchTest
    static final ArchRule OF_OUR_MODULES_ONLY_THE_SCHEMAS_ARE_USED =
            noClasses()
                    .should()
                    .dependOnClassesThat()
                    .resideInAnyPackage(
                            "io.tapeline.ingestor..",
                            "io.tapeline.aggregator..",
                            "io.tapeline.standalone..",
                            "io.tapeline.simulator..",
                            "io.tapeline.kafka..",
                            "io.tapeline.clickhouse..");

    @ArchTest
    static final ArchRule THE_DOMAIN_KNOWS_NO_FRAMEWORK =
            noClasses()
                    .that()
                    .resideInAnyPackage(
                            "io.tapeline.query.history..",
                            "io.tapeline.query.candles..",
                            "io.tapeline.query.through..",
                            "io.tapeline.query.completeness..",
                            "io.tapeline.query.routing..",
                            "io.tapeline.query.registry..",
                            "io.tapeline.query.follow..",
                            "io.tapeline.query.live..")
                    .should()
                    .dependOnClassesThat()
                    .resideInAnyPackage(
                            "org.springframework..",
                            "org.apache.kafka..",
                            "org.apache.catalina..",
                            "jakarta..",
                            "tools.jackson..",
                            "io.micrometer..");

    @ArchTest
    static final ArchRule THE_ENGINE_IS_KNOWN_TO_ITS_PACKAGE_ALONE =
            noClasses()
                    .that()
                    .resideOutsideOfPackage("io.tapeline.query.history.duckdb..")
                    .should()
                    .dependOnClassesThat()
                    .resideInAnyPackage("org.duckdb..", "java.sql..");

    @ArchTest
    static final ArchRule CLICKHOUSE_IS_KNOWN_TO_ITS_PACKAGE_ALONE =
            noClasses()
                    .that()
                    .resideOutsideOfPackage("io.tapeline.query.history.clickhouse..")
                    .should()
                    .dependOnClassesThat()
                    .resideInAPackage("com.clickhouse..");

    @ArchTest
    static final ArchRule THE_WEB_IS_ASKED_AND_ASKS_BUT_IS_NOT_IMPORTED =
            noClasses()
                    .that()
                    .resideInAnyPackage(
                            "io.tapeline.query.history..",
                            "io.tapeline.query.candles..",
                            "io.tapeline.query.through..",
                            "io.tapeline.query.completeness..",
                            "io.tapeline.query.collect..",
                            "io.tapeline.query.routing..",
                            "io.tapeline.query.registry..",
                            "io.tapeline.query.consume..",
                            "io.tapeline.query.record..",
                            "io.tapeline.query.follow..",
                            "io.tapeline.query.socket..",
                            "io.tapeline.query.live..")
                    .should()
                    .dependOnClassesThat()
                    .resideInAPackage("io.tapeline.query.web..");

    @ArchTest
    static final ArchRule STATEMENTS_STAND_ALONE =
            classes()
                    .that()
                    .resideInAPackage("io.tapeline.query.history.duckdb")
                    .and()
                    .haveSimpleNameStartingWith("Select")
                    .should(
                            new ArchCondition<>("prepare one statement") {
                                @Override
                                public void check(JavaClass clazz, ConditionEvents events) {
                                    long prepared =
                                            clazz.getMethodCallsFromSelf().stream()
                                                    .filter(call ->
                                                            call.getTarget()
                                                                    .getName()
                                                                    .equals("executeQuery"))
                                                    .count();
                                    if (prepared != 1) {
                                        events.add(
                                                SimpleConditionEvent.violated(
                                                        clazz,
                                                        clazz.getName()
                                                                + " executes "
                                                                + prepared
                                                                + " statements"));
                                    }
                                }
                            });

    @ArchTest
    static final ArchRule PACKAGES_FOLLOW_THE_FLOW_WITHOUT_CIRCLES =
            slices().matching("io.tapeline.query.(**)").should().beFreeOfCycles();

    @ArchTest
    static final ArchRule NO_PACKAGE_IS_A_DRAWER =
            noClasses()
                    .should()
                    .resideInAnyPackage(
                            "..util..", "..common..", "..helper..", "..impl..", "..internal..");
}
