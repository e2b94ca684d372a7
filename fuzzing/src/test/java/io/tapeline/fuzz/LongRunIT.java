package io.tapeline.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Jazzer itself, for a moment. */
class LongRunIT {

    @TempDir Path directory;

    /** Right whatever comes. */
    static final class SoundFuzz implements Target {

        @Override
        public List<byte[]> seeds() {
            return List.of(new byte[] {'a'});
        }

        @Override
        public void read(byte[] input) {}
    }

    /** Wrong as soon as something comes that is no seed. */
    static final class UnsoundFuzz implements Target {

        @Override
        public List<byte[]> seeds() {
            return List.of(new byte[] {'a'});
        }

        @Override
        public void read(byte[] input) {
            if (input.length > 1) {
                throw new IllegalStateException("broken by design");
            }
        }
    }

    private Outcome run(Target target) throws IOException, InterruptedException {
        FuzzOptions options = new FuzzOptions(List.of(target), Duration.ofSeconds(1), directory);
        PrintStream nowhere = new PrintStream(OutputStream.nullOutputStream());
        return new LongRun(target, options, nowhere).run();
    }

    @Test
    void whatBearsEveryInputIsClean() throws Exception {
        assertThat(run(new SoundFuzz()))
                .isInstanceOfSatisfying(
                        Outcome.Clean.class, clean -> assertThat(clean.inputs()).isPositive());
    }

    @Test
    void whatDoesNotIsFoundAndItsInputIsKept() throws Exception {
        Path of = directory.resolve("Unsound");
        assertThat(run(new UnsoundFuzz())).isEqualTo(new Outcome.Found(of.resolve("log")));
        assertThat(of.resolve("log")).content().contains("broken by design");
        try (Stream<Path> kept = Files.list(of)) {
            assertThat(kept.map(file -> file.getFileName().toString()))
                    .anyMatch(name -> name.startsWith("crash-"));
        }
    }
}
