package io.tapeline.kafka;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

class KafkaInternalsTest {
    @Test
    void stayWithinTheClassesThatStartTheNode() {
        noClasses()
                .that()
                .doNotBelongToAnyOf(
                        KraftNode.class,
                        BrokerProperties.class,
                        ListenerSockets.class,
                        BrokerFault.class)
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        "kafka..",
                        "scala..",
                        "org.apache.kafka.server..",
                        "org.apache.kafka.metadata..",
                        "org.apache.kafka.raft..")
                .check(
                        new ClassFileImporter()
                                .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
                                .importPackages("io.tapeline.kafka"));
    }
}
