package io.tapeline.schemas.binance;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.zip.GZIPInputStream;

/**
 * Recordings of the real exchange, kept beside the repository or where {@code TAPELINE_DATA} says.
 * They are not part of it: where they are absent there are none to read.
 */
final class Recordings {

    private Recordings() {}

    private static Path folder() {
        String told = System.getenv("TAPELINE_DATA");
        return told == null ? Path.of("..", "..", "shared", "data") : Path.of(told);
    }

    /** The lines of a file, plain or gzip; none if it is absent. */
    static List<String> lines(String file) {
        Path path = folder().resolve(file);
        if (!Files.exists(path)) {
            return List.of();
        }
        try (InputStream bytes = Files.newInputStream(path);
                InputStream plain = file.endsWith(".gz") ? new GZIPInputStream(bytes) : bytes;
                BufferedReader reader =
                        new BufferedReader(new InputStreamReader(plain, StandardCharsets.UTF_8))) {
            return reader.lines().toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The lines of several files, one after the other. */
    static List<String> lines(String... files) {
        return Arrays.stream(files).flatMap(file -> lines(file).stream()).toList();
    }

    /** A whole file, plain or gzip; empty if it is absent. */
    static String text(String file) {
        return String.join("\n", lines(file));
    }
}
