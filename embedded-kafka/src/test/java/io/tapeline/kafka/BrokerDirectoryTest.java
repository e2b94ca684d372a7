package io.tapeline.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIOException;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BrokerDirectoryTest {
    @TempDir private Path temp;

    @Test
    void aHeldDirectoryNamesItsHolderAndIsFreeWhenLetGo() throws Exception {
        try (BrokerDirectory _ = BrokerDirectory.hold(temp)) {
            assertThatExceptionOfType(DirectoryInUseException.class)
                    .isThrownBy(() -> BrokerDirectory.hold(temp))
                    .withMessageContaining(temp.toString())
                    .withMessageContaining("process " + ProcessHandle.current().pid());
        }
        BrokerDirectory.hold(temp).close();
    }

    @Test
    void thePortIsKeptAndWhatIsNoneIsNotTaken() throws Exception {
        try (BrokerDirectory directory = BrokerDirectory.hold(temp)) {
            assertThat(directory.keptPort()).isZero();
            directory.keepPort(19_092);
            assertThat(directory.keptPort()).isEqualTo(19_092);
            for (String none : new String[] {"", "x", "-1", "65536", "190920"}) {
                Files.writeString(temp.resolve("port"), none);
                assertThat(directory.keptPort()).as(none).isZero();
            }
        }
    }

    @Test
    void isFormattedOnce() throws Exception {
        try (BrokerDirectory directory = BrokerDirectory.hold(temp)) {
            directory.formatOnce(
                    empty -> Files.writeString(empty.resolve("meta.properties"), "first"));
            directory.formatOnce(
                    empty -> Files.writeString(empty.resolve("meta.properties"), "second"));

            assertThat(directory.log().resolve("meta.properties")).hasContent("first");
        }
    }

    @Test
    void aFormatThatWasCutShortIsDoneAgainFromTheStart() throws Exception {
        try (BrokerDirectory directory = BrokerDirectory.hold(temp)) {
            assertThatIOException()
                    .isThrownBy(() ->
                            directory.formatOnce(empty -> {
                                Files.writeString(empty.resolve("half"), "");
                                throw new IOException("power went");
                            }));
            assertThat(directory.log()).doesNotExist();

            directory.formatOnce(
                    empty -> Files.writeString(empty.resolve("meta.properties"), "whole"));

            assertThat(directory.log()).isDirectoryNotContaining("glob:**half");
            assertThat(directory.log().resolve("meta.properties")).hasContent("whole");
        }
    }

    @Test
    void filesOfUnknownOriginAreNotFormattedOver() throws Exception {
        Files.createDirectory(temp.resolve("log"));
        Files.writeString(temp.resolve("log").resolve("precious"), "x");
        try (BrokerDirectory directory = BrokerDirectory.hold(temp)) {
            assertThatIOException()
                    .isThrownBy(() -> directory.formatOnce(empty -> {}))
                    .withMessageContaining("holds files but no meta.properties");
        }
        assertThat(temp.resolve("log").resolve("precious")).hasContent("x");
    }
}
