package io.tapeline.standalone;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaField;
import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import org.jspecify.annotations.NullMarked;

/** The arrows between the rooms of the house, and what holds in all of them. */
@AnalyzeClasses(packages = "io.tapeline", importOptions = DoNotIncludeTests.class)
class HouseRulesTest {

    private static final String SCHEMAS = "io.tapeline.schemas..";
    private static final String KAFKA = "io.tapeline.kafka..";
    private static final String EXCHANGE = "io.tapeline.exchange..";
    private static final String INGESTOR = "io.tapeline.ingestor..";
    private static final String AGGREGATOR = "io.tapeline.aggregator..";
    private static final String QUERY = "io.tapeline.query..";
    private static final String STANDALONE = "io.tapeline.standalone..";

    @ArchTest static final ArchRule schemas_import_nothing_of_ours = only(SCHEMAS, SCHEMAS);

    @ArchTest
    static final ArchRule the_embedded_broker_imports_nothing_of_ours = only(KAFKA, KAFKA);

    @ArchTest
    static final ArchRule
            the_simulated_exchange_imports_nothing_of_ours_so_that_one_bug_cannot_cancel_itself_out =
                    only(EXCHANGE, EXCHANGE);

    @ArchTest
    static final ArchRule the_ingestor_imports_only_schemas = only(INGESTOR, INGESTOR, SCHEMAS);

    @ArchTest
    static final ArchRule the_aggregator_imports_only_schemas =
            only(AGGREGATOR, AGGREGATOR, SCHEMAS);

    @ArchTest
    static final ArchRule the_query_api_imports_only_schemas = only(QUERY, QUERY, SCHEMAS);

    @ArchTest
    static final ArchRule nothing_imports_the_standalone =
            noClasses()
                    .that()
                    .resideOutsideOfPackages(STANDALONE, "io.tapeline.benchmarks..")
                    .should()
                    .dependOnClassesThat()
                    .resideInAPackage(STANDALONE);

    @ArchTest
    static final ArchRule nothing_imports_the_chaos =
            noClasses()
                    .that()
                    .resideOutsideOfPackage("io.tapeline.chaos..")
                    .should()
                    .dependOnClassesThat()
                    .resideInAPackage("io.tapeline.chaos..");

    @ArchTest
    static final ArchRule no_drawers =
            noClasses()
                    .should()
                    .resideInAnyPackage(
                            "io.tapeline..util..",
                            "io.tapeline..utils..",
                            "io.tapeline..common..",
                            "io.tapeline..helper..",
                            "io.tapeline..helpers..",
                            "io.tapeline..impl..",
                            "io.tapeline..internal..");

    @ArchTest
    static final ArchRule money_is_never_kept_in_floating_point =
            fields().that()
                    .areDeclaredInClassesThat()
                    .resideInAnyPackage(
                            "io.tapeline.schemas.market..",
                            "io.tapeline.schemas.wire..",
                            "io.tapeline.schemas.binance..",
                            "io.tapeline.aggregator..",
                            "io.tapeline.exchange..",
                            "io.tapeline.query..")
                    .and()
                    .doNotHaveName("speed")
                    .should(notBeFloatingPoint())
                    .because("a replay's speed is a ratio, and the only one");

    @ArchTest
    static final ArchRule null_is_said =
            classes().that(areOurs()).should(resideInNullMarkedPackages());

    @ArchTest
    static final ArchRule parts_have_no_cycles_among_their_packages =
            slices().matching("io.tapeline.(*).(*)..").should().beFreeOfCycles();

    private static ArchRule only(String from, String... allowed) {
        return noClasses()
                .that()
                .resideInAPackage(from)
                .should()
                .dependOnClassesThat(
                        JavaClass.Predicates.resideInAPackage("io.tapeline..")
                                .and(
                                        DescribedPredicate.not(
                                                JavaClass.Predicates.resideInAnyPackage(allowed))));
    }

    private static DescribedPredicate<JavaClass> areOurs() {
        return DescribedPredicate.describe(
                "are ours, not generated",
                c ->
                        !c.getPackageName().startsWith("io.tapeline.schemas.proto")
                                && !c.getPackageName().contains("jmh_generated")
                                && !c.getSimpleName().equals("package-info"));
    }

    private static ArchCondition<JavaClass> resideInNullMarkedPackages() {
        return new ArchCondition<>("reside in a package marked @NullMarked") {
            @Override
            public void check(JavaClass item, ConditionEvents events) {
                if (!item.getPackage().isAnnotatedWith(NullMarked.class)) {
                    events.add(
                            SimpleConditionEvent.violated(
                                    item,
                                    item.getPackageName() + " has no @NullMarked package-info"));
                }
            }
        };
    }

    private static ArchCondition<JavaField> notBeFloatingPoint() {
        return new ArchCondition<>("not be double or float") {
            @Override
            public void check(JavaField item, ConditionEvents events) {
                String type = item.getRawType().getName();
                if (type.equals("double")
                        || type.equals("float")
                        || type.equals("[D")
                        || type.equals("[F")
                        || type.equals("java.lang.Double")
                        || type.equals("java.lang.Float")) {
                    events.add(
                            SimpleConditionEvent.violated(
                                    item, item.getFullName() + " is a " + type));
                }
            }
        };
    }
}
