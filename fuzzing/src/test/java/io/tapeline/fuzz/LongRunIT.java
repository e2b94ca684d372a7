package io.tapeline.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import io.tapeline.fuzzed.UnsoundFuzz;
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

    @Test
    void whatIsWrongIsFoundAndTheInputThatShowsItIsKept() throws Exception {
        Target target = new UnsoundFuzz();
        FuzzOptions options = new FuzzOptions(List.of(target), Duration.ofMinutes(1), directory);
        PrintStream nowhere = new PrintStream(OutputStream.nullOutputStream());
        Path kept = directory.resolve("Unsound");
        assertThat(new LongRun(target, options, nowhere).run())
                .isEqualTo(new Outcome.Found(kept.resolve("log")));
        assertThat(kept.resolve("log")).content().contains("broken by design");
        try (Stream<Path> files = Files.list(kept)) {
            Path crash =
                    files.filter(file -> file.getFileName().toString().startsWith("crash-"))
                            .findFirst()
                            .orElseThrow();
            assertThat(Files.readAllBytes(crash)).startsWith('b');
        }
    }
}
