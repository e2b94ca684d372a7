package io.tapeline.ingestor;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.library.dependencies.SlicesRuleDefinition;

@AnalyzeClasses(
        packages = "io.tapeline.ingestor",
        importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {

    private static final String ROOT = "io.tapeline.ingestor";

    @ArchTest
    static final ArchRule OF_OUR_MODULES_ONLY_SCHEMAS_IS_IMPORTED =
            classes()
                    .should()
                    .onlyDependOnClassesThat()
                    .resideInAnyPackage(
                            "java..",
                            "javax..",
                            "com.sun.net.httpserver..",
                            "org..",
                            "com.google.protobuf..",
                            "io.micrometer..",
                            ROOT + "..",
                            "io.tapeline.schemas..");

    @ArchTest
    static final ArchRule JETTY_IS_BEHIND_THE_SOCKETS =
            noClasses()
                    .that()
                    .resideOutsideOfPackage(ROOT + ".socket..")
                    .should()
                    .dependOnClassesThat()
                    .resideInAPackage("org.eclipse.jetty..");

    @ArchTest
    static final ArchRule KAFKA_IS_WHERE_TOPICS_ARE_WRITTEN_AND_READ =
            noClasses()
                    .that()
                    .resideOutsideOfPackages(ROOT, ROOT + ".publish..", ROOT + ".consume..")
                    .should()
                    .dependOnClassesThat()
                    .resideInAPackage("org.apache.kafka..");

    @ArchTest
    static final ArchRule SPRING_IS_IN_THE_APPLICATION_ONLY =
            noClasses()
                    .that()
                    .resideOutsideOfPackage(ROOT)
                    .should()
                    .dependOnClassesThat()
                    .resideInAPackage("org.springframework..");

    @ArchTest
    static final ArchRule PACKAGES_POINT_ONE_WAY =
            SlicesRuleDefinition.slices().matching(ROOT + ".(*)..").should().beFreeOfCycles();
}
