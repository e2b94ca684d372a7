package io.tapeline.exchange;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

/**
 * The simulator shares no code with what it is used to test, so that one bug cannot cancel itself
 * out.
 */
class ImportsTest {

    private static final JavaClasses CLASSES =
            new ClassFileImporter()
                    .withImportOption(new ImportOption.DoNotIncludeTests())
                    .importPackages("io.tapeline.exchange");

    @Test
    void nothingElseOfTapelineIsImported() {
        classes()
                .that()
                .resideInAPackage("io.tapeline.exchange..")
                .should()
                .onlyDependOnClassesThat()
                .resideOutsideOfPackage("io.tapeline..")
                .orShould()
                .onlyDependOnClassesThat()
                .resideInAnyPackage(
                        "io.tapeline.exchange..",
                        "java..",
                        "org.eclipse.jetty..",
                        "tools.jackson..",
                        "com.github.luben.zstd..",
                        "org.slf4j..",
                        "org.jspecify..")
                .check(CLASSES);
    }

    @Test
    void theMarketKnowsNoSocketsAndNoServer() {
        noClasses()
                .that()
                .resideInAnyPackage(
                        "..exchange.market..", "..exchange.synthetic..", "..exchange.replay..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        "org.eclipse.jetty..", "..exchange.stream..", "..exchange.rest..")
                .check(CLASSES);
    }
}
