package io.tapeline.capture;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** Of Tapeline only the schemas; lines and files know nothing of brokers. */
@AnalyzeClasses(
        packages = "io.tapeline.capture",
        importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {

    @ArchTest
    static final ArchRule onlyTheSchemas =
            classes()
                    .that()
                    .resideInAPackage("io.tapeline.capture..")
                    .should()
                    .onlyDependOnClassesThat()
                    .resideInAnyPackage(
                            "io.tapeline.capture..",
                            "io.tapeline.schemas..",
                            "org.apache.kafka..",
                            "com.github.luben.zstd..",
                            "tools.jackson.core..",
                            "org.slf4j..",
                            "org.jspecify..",
                            "java..");

    @ArchTest
    static final ArchRule linesAndFilesKnowNoKafka =
            noClasses()
                    .that()
                    .resideInAnyPackage("..capture.tape..", "..capture.files..")
                    .should()
                    .dependOnClassesThat()
                    .resideInAnyPackage("org.apache.kafka..");

    @ArchTest
    static final ArchRule filesKnowNoLines =
            noClasses()
                    .that()
                    .resideInAPackage("..capture.files..")
                    .should()
                    .dependOnClassesThat()
                    .resideInAnyPackage("..capture.tape..", "io.tapeline.schemas..");
}
