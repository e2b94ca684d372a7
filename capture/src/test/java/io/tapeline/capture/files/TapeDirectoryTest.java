package io.tapeline.capture.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class TapeDirectoryTest {

    private static final long START = 1_780_000_000_000_000_000L;
    private static final TapeDirectory.Split WIDE =
            new TapeDirectory.Split(1L << 30, Duration.ofHours(1));

    @TempDir private Path temp;

    private TapeDirectory open(Compression compression, TapeDirectory.Split split)
            throws IOException {
        return TapeDirectory.open(temp, "all", compression, split);
    }

    private static byte[] line(long number) {
        return ("line " + number + " " + Long.toString(number * 7_919, 36))
                .getBytes(StandardCharsets.UTF_8);
    }

    private static List<String> lines(Path directory) throws IOException {
        List<String> lines = new ArrayList<>();
        for (Path tape : TapeFiles.finished(directory)) {
            try (TapeReader reader = new TapeReader(tape)) {
                for (byte[] line = reader.next(); line != null; line = reader.next()) {
                    lines.add(new String(line, StandardCharsets.UTF_8));
                }
            }
        }
        return lines;
    }

    /** What a reader of a topic whose records are numbered would do, dying at any moment. */
    @ParameterizedTest
    @EnumSource(Compression.class)
    void howeverOftenItDiesNoLineIsLostOrDoubled(Compression compression) throws IOException {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        int total = 2_000;
        long next = 0;
        while (next < total) {
            try (TapeDirectory tape =
                    open(compression, new TapeDirectory.Split(4_000, Duration.ofMillis(200)))) {
                Map<String, Long> offsets = new HashMap<>(tape.offsets().orElse(Map.of("t/0", 0L)));
                next = offsets.getOrDefault("t/0", 0L);
                int until = (int) Math.min(total, next + random.nextInt(400));
                while (next < until) {
                    tape.append(line(next), START + next * 1_000_000, offsets);
                    next++;
                    offsets.put("t/0", next);
                    if (random.nextInt(60) == 0) {
                        tape.checkpoint(offsets);
                    }
                }
                if (next == total) {
                    tape.finish(offsets);
                    assertThat(tape.totals().lines()).isEqualTo(total);
                    assertThat(tape.totals().files()).isEqualTo(TapeFiles.finished(temp).size());
                }
            }
            tearOpenPart(random);
        }
        List<String> expected = new ArrayList<>();
        for (long i = 0; i < total; i++) {
            expected.add(new String(line(i), StandardCharsets.UTF_8));
        }
        assertThat(lines(temp)).as("seed %d", seed).isEqualTo(expected);
        assertThat(TapeFiles.finished(temp).size()).isGreaterThan(5);
    }

    /** A write that was under way leaves any bytes behind what was durable. */
    private void tearOpenPart(Random random) throws IOException {
        try (var paths = Files.list(temp)) {
            for (Path part : paths.filter(p -> p.toString().endsWith(".part")).toList()) {
                byte[] torn = new byte[random.nextInt(50)];
                random.nextBytes(torn);
                Files.write(part, torn, StandardOpenOption.APPEND);
            }
        }
    }

    @Test
    void aDeathBetweenTheCheckpointAndTheNameLosesNothing() throws IOException {
        try (TapeDirectory tape = open(Compression.GZIP, WIDE)) {
            tape.append(line(1), START, Map.of());
            tape.finish(Map.of("t/0", 2L));
        }
        try (TapeDirectory tape = open(Compression.GZIP, WIDE)) {
            assertThat(tape.offsets()).contains(Map.of("t/0", 2L));
            assertThat(tape.totals().lines()).isEqualTo(1);
            assertThat(tape.totals().files()).isEqualTo(1);
            tape.append(line(2), START + 1, Map.of("t/0", 2L));
            tape.finish(Map.of("t/0", 3L));
            assertThat(tape.totals().files()).isEqualTo(2);
        }
        assertThat(lines(temp)).hasSize(2);
    }

    @Test
    void namesSortByTimeAlsoWhereALineIsLate() throws IOException {
        TapeDirectory.Split narrow = new TapeDirectory.Split(1, Duration.ofNanos(1));
        try (TapeDirectory tape = open(Compression.NONE, narrow)) {
            tape.append(line(1), START, Map.of());
            tape.append(line(2), START + 1_500_000_000L, Map.of());
            tape.append(line(3), START + 1_400_000_000L, Map.of());
            tape.append(line(4), START + 3_000_000_000L, Map.of());
            tape.finish(Map.of());
        }
        assertThat(lines(temp)).hasSize(4).isSorted();
        assertThat(TapeFiles.finished(temp).stream().map(p -> p.getFileName().toString()))
                .first()
                .isEqualTo("tape-20260528T202640.000000000Z-000001");
    }

    @Test
    void twoCapturesDoNotMeetInOneDirectory() throws IOException {
        try (TapeDirectory first = open(Compression.ZSTD, WIDE)) {
            first.checkpoint(Map.of());
            assertThatIOException()
                    .isThrownBy(() -> open(Compression.ZSTD, WIDE))
                    .withMessageContaining("another capture");
        }
        assertThatIOException()
                .isThrownBy(() -> TapeDirectory.open(temp, "other", Compression.ZSTD, WIDE))
                .withMessageContaining("is a capture of \"all\", not of \"other\"");
    }

    @Test
    void tapesWithoutACheckpointAreNotWrittenAmong() throws IOException {
        Files.writeString(temp.resolve("tape-20260528T202640.000000000Z-000001"), "precious\n");
        assertThatIOException()
                .isThrownBy(() -> open(Compression.NONE, WIDE))
                .withMessageContaining("name another directory");
    }

    @Test
    void aFileThatWasCutShortByOthersIsNotGoneOnWith() throws IOException {
        try (TapeDirectory tape = open(Compression.NONE, WIDE)) {
            tape.append(line(1), START, Map.of());
            tape.checkpoint(Map.of());
        }
        try (var paths = Files.list(temp)) {
            Files.write(
                    paths.filter(p -> p.toString().endsWith(".part")).findFirst().orElseThrow(),
                    new byte[1]);
        }
        assertThatIOException()
                .isThrownBy(() -> open(Compression.NONE, WIDE))
                .withMessageContaining("was it changed?");
    }
}
