package io.tapeline.schemas;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** Imports point left: market, raw, wire, topic, json and the venues. */
@AnalyzeClasses(
        packages = "io.tapeline.schemas",
        importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {

    private static final String JAVA = "java..";
    private static final String NULLNESS = "org.jspecify..";
    private static final String MARKET = "io.tapeline.schemas.market..";
    private static final String RAW = "io.tapeline.schemas.raw..";
    private static final String WIRE = "io.tapeline.schemas.wire..";
    private static final String TOPIC = "io.tapeline.schemas.topic..";
    private static final String BINANCE = "io.tapeline.schemas.binance..";
    private static final String DERIBIT = "io.tapeline.schemas.deribit..";
    private static final String COINGECKO = "io.tapeline.schemas.coingecko..";
    private static final String JSON = "io.tapeline.schemas.json..";
    private static final String GENERATED = "io.tapeline.schemas.proto..";
    private static final String PROTOBUF = "com.google.protobuf..";
    private static final String KAFKA = "org.apache.kafka..";

    @ArchTest
    static final ArchRule theMarketStandsAlone =
            classes()
                    .that()
                    .resideInAPackage(MARKET)
                    .should()
                    .onlyDependOnClassesThat()
                    .resideInAnyPackage(JAVA, NULLNESS, MARKET);

    @ArchTest
    static final ArchRule theRawRecordKnowsTheMarketAndKafkasHeaders =
            classes()
                    .that()
                    .resideInAPackage(RAW)
                    .should()
                    .onlyDependOnClassesThat()
                    .resideInAnyPackage(
                            JAVA, NULLNESS, MARKET, RAW, "org.apache.kafka.common.header..");

    @ArchTest
    static final ArchRule theWireKnowsTheMarketAndTheGeneratedMessages =
            classes()
                    .that()
                    .resideInAPackage(WIRE)
                    .should()
                    .onlyDependOnClassesThat()
                    .resideInAnyPackage(
                            JAVA,
                            NULLNESS,
                            MARKET,
                            WIRE,
                            GENERATED,
                            PROTOBUF,
                            "org.apache.kafka.common.serialization..",
                            "org.apache.kafka.common.errors..");

    @ArchTest
    static final ArchRule topicsKnowTheWireAndKafka =
            classes()
                    .that()
                    .resideInAPackage(TOPIC)
                    .should()
                    .onlyDependOnClassesThat()
                    .resideInAnyPackage(
                            JAVA, NULLNESS, MARKET, WIRE, TOPIC, GENERATED, PROTOBUF, KAFKA);

    @ArchTest
    static final ArchRule aVenuesDecodersKnowNoKafka =
            classes()
                    .that()
                    .resideInAnyPackage(BINANCE, DERIBIT, COINGECKO)
                    .should()
                    .onlyDependOnClassesThat()
                    .resideInAnyPackage(
                            JAVA,
                            NULLNESS,
                            MARKET,
                            RAW,
                            WIRE,
                            JSON,
                            BINANCE,
                            DERIBIT,
                            COINGECKO,
                            GENERATED,
                            PROTOBUF,
                            "tools.jackson.core..");

    @ArchTest
    static final ArchRule venuesDoNotKnowOneAnother =
            slices().matching("io.tapeline.schemas.(binance|deribit|coingecko)..")
                    .should()
                    .notDependOnEachOther();

    @ArchTest
    static final ArchRule jsonKnowsNoVenue =
            classes()
                    .that()
                    .resideInAPackage(JSON)
                    .should()
                    .onlyDependOnClassesThat()
                    .resideInAnyPackage(JAVA, NULLNESS, MARKET, WIRE, JSON);

    @ArchTest
    static final ArchRule noFrameworks =
            noClasses()
                    .should()
                    .dependOnClassesThat()
                    .resideInAnyPackage(
                            "org.springframework..", "jakarta..", "org.eclipse.jetty..");
}
