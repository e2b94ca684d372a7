package io.tapeline.aggregator;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

@AnalyzeClasses(
        packages = "io.tapeline.aggregator",
        importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {

    @ArchTest
    static final ArchRule importsNoOtherServiceOfOurs =
            noClasses()
                    .should()
                    .dependOnClassesThat()
                    .resideInAnyPackage(
                            "io.tapeline.ingestor..",
                            "io.tapeline.query..",
                            "io.tapeline.standalone..",
                            "io.tapeline.exchange..",
                            "io.tapeline.kafka..");

    @ArchTest
    static final ArchRule theDomainKnowsNoFramework =
            noClasses()
                    .that()
                    .resideInAnyPackage(
                            "..book..", "..audit..", "..sync..", "..candle..", "..price..")
                    .should()
                    .dependOnClassesThat()
                    .resideInAnyPackage(
                            "org.apache.kafka..",
                            "org.springframework..",
                            "org.eclipse.jetty..",
                            "io.tapeline.schemas.proto..");

    @ArchTest
    static final ArchRule onlyTheBookStoreUsesInternalsOfStreamsForWriting =
            noClasses()
                    .that()
                    .doNotHaveSimpleName("BookStateStore")
                    .should()
                    .dependOnClassesThat()
                    .haveNameMatching(
                            "org\\.apache\\.kafka\\.streams\\.(processor\\.internals\\..*"
                                    + "|state\\.internals\\.Cache.*)");

    @ArchTest
    static final ArchRule onlyTheRootKnowsSpring =
            noClasses()
                    .that()
                    .resideInAnyPackage("..topology..", "..store..", "..query..")
                    .should()
                    .dependOnClassesThat()
                    .resideInAnyPackage("org.springframework..");
}
