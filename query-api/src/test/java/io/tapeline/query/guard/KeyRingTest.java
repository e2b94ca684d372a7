package io.tapeline.query.guard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Keys that come and go while the service runs. */
final class KeyRingTest {

    private static final String ABC =
            "sha256:ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";
    private static final String TWO_BLOCKS =
            "sha256:248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1";
    private static final String OF_TWO_BLOCKS =
            "abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq";

    @TempDir private Path directory;

    private final AtomicLong nanoTime = new AtomicLong(Long.MAX_VALUE - 1);
    private Path file;

    @BeforeEach
    void write() throws IOException {
        file = directory.resolve("keys");
        Files.writeString(file, "# who may write\nops=" + ABC + "\n");
    }

    private static GuardSettings settings(List<String> keys, Path file) {
        return new GuardSettings(0, 10, List.of(), List.of(), 0, keys, file);
    }

    private KeyRing ring(List<String> keys) {
        return new KeyRing(settings(keys, file), nanoTime::get);
    }

    private void later() {
        nanoTime.addAndGet(KeyRing.LOOK_EVERY.toNanos());
    }

    @Test
    void aKeyThatIsPutIntoTheFileIsKnownAndOneThatIsTakenOutIsNot() throws IOException {
        KeyRing ring = ring(List.of());
        assertThat(ring.current().holderOf("abc")).hasValue("ops");
        Files.writeString(file, "robot=" + TWO_BLOCKS + "\n");
        assertThat(ring.current().holderOf("abc")).as("not looked at all the time").isPresent();
        later();
        assertThat(ring.current().holderOf(OF_TWO_BLOCKS)).hasValue("robot");
        assertThat(ring.current().holderOf("abc")).isEmpty();
    }

    @Test
    void anotherFileInItsPlaceIsRead() throws IOException {
        KeyRing ring = ring(List.of());
        Path other = directory.resolve("new");
        Files.writeString(other, "# who may write\nabc=" + TWO_BLOCKS + "\n");
        Files.setLastModifiedTime(other, Files.getLastModifiedTime(file));
        Files.move(other, file, StandardCopyOption.REPLACE_EXISTING);
        later();
        assertThat(ring.current().holderOf(OF_TWO_BLOCKS)).hasValue("abc");
    }

    @Test
    void aFileThatIsGoneOrBrokenChangesNothing() throws IOException {
        KeyRing ring = ring(List.of());
        Files.delete(file);
        later();
        assertThat(ring.current().holderOf("abc")).hasValue("ops");
        Files.writeString(file, "ops=tl_secret\n");
        later();
        assertThat(ring.current().holderOf("abc")).hasValue("ops");
        Files.writeString(file, "robot=" + TWO_BLOCKS + "\n");
        later();
        assertThat(ring.current().holderOf("abc")).isEmpty();
    }

    /** As it is for a moment while it is written. */
    @Test
    void whereAFileIsNamedAnEmptyOneLetsNobodyWrite() throws IOException {
        KeyRing ring = ring(List.of());
        Files.writeString(file, "");
        later();
        assertThat(ring.current().areDemanded()).isTrue();
        assertThat(ring.current().holderOf("abc")).isEmpty();
    }

    @Test
    void keysOfTheSettingsHoldBesideThoseOfTheFile() throws IOException {
        KeyRing ring = ring(List.of("robot=" + TWO_BLOCKS));
        assertThat(ring.current().holderOf("abc")).hasValue("ops");
        Files.writeString(file, "");
        later();
        assertThat(ring.current().holderOf(OF_TWO_BLOCKS)).hasValue("robot");
    }

    @Test
    void withoutAFileNobodyNeedsAKeyAndOneThatIsNotThereIsSaidAtOnce() {
        assertThat(new KeyRing(settings(List.of(), Path.of("")), nanoTime::get).current())
                .extracting(ApiKeys::areDemanded)
                .isEqualTo(false);
        GuardSettings absent = settings(List.of(), directory.resolve("absent"));
        assertThatThrownBy(() -> new KeyRing(absent, nanoTime::get))
                .isInstanceOf(UncheckedIOException.class)
                .hasMessageContaining("keys-file");
    }
}
