package io.tapeline.capture.files;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/**
 * Takes the figures of {@code docs/decisions/tapes.md}: run it with an empty directory and
 * recordings, which are rewritten with each compression, a checkpoint every thousand lines.
 */
final class TapeFigures {

    private static final int LINES_A_CHECKPOINT = 1_000;
    private static final int ROUNDS = 3;

    private TapeFigures() {}

    public static void main(String[] arguments) throws IOException {
        List<byte[]> lines = new ArrayList<>();
        for (String file : Arrays.asList(arguments).subList(1, arguments.length)) {
            try (TapeReader reader = new TapeReader(Path.of(file))) {
                for (byte[] line = reader.next(); line != null; line = reader.next()) {
                    lines.add(line);
                }
            }
        }
        long text = lines.stream().mapToLong(line -> line.length + 1L).sum();
        System.out.printf("%d lines, %d bytes%n", lines.size(), text);
        for (int round = 0; round < ROUNDS; round++) {
            for (Compression compression : Compression.values()) {
                Path directory = Path.of(arguments[0], compression.id() + round);
                long begun = System.nanoTime();
                TapeTotals totals = write(directory, compression, lines);
                long written = System.nanoTime() - begun;
                begun = System.nanoTime();
                long read = read(directory);
                System.out.printf(
                        "%s: %d bytes, written in %d ms, %d lines read in %d ms%n",
                        compression.id(),
                        totals.fileBytes(),
                        written / 1_000_000,
                        read,
                        (System.nanoTime() - begun) / 1_000_000);
            }
        }
    }

    private static TapeTotals write(Path directory, Compression compression, List<byte[]> lines)
            throws IOException {
        try (TapeDirectory tape =
                TapeDirectory.open(
                        Files.createDirectories(directory),
                        "figures",
                        compression,
                        new TapeDirectory.Split(Long.MAX_VALUE, Duration.ofDays(1)))) {
            int count = 0;
            for (byte[] line : lines) {
                tape.append(line, 1, Map.of());
                if (++count % LINES_A_CHECKPOINT == 0) {
                    tape.checkpoint(Map.of());
                }
            }
            tape.finish(Map.of());
            return tape.totals();
        }
    }

    private static long read(Path directory) throws IOException {
        long lines = 0;
        for (Path tape : TapeFiles.finished(directory)) {
            try (TapeReader reader = new TapeReader(tape)) {
                while (reader.next() != null) {
                    lines++;
                }
            }
        }
        return lines;
    }
}
