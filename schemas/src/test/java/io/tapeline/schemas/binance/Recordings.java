package io.tapeline.schemas.binance;

import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.DynamicTest;

/**
 * Recordings of the real exchange, kept beside the repository or where {@code TAPELINE_DATA} says.
 * They are not part of it: where they are absent, there are no tests of them.
 */
final class Recordings {

    /** What a test makes of the lines of a recording. */
    interface Check {
        void of(List<String> lines) throws Exception;
    }

    private Recordings() {}

    /** One test over the lines of all the files, plain or gzip, if they are all there. */
    static Stream<DynamicTest> test(String name, Check check, String... files) {
        String told = System.getenv("TAPELINE_DATA");
        Path folder = told == null ? Path.of("..", "..", "shared", "data") : Path.of(told);
        List<Path> paths = Stream.of(files).map(folder::resolve).toList();
        return paths.stream().allMatch(Files::exists)
                ? Stream.of(dynamicTest(name, () -> check.of(lines(paths))))
                : Stream.empty();
    }

    private static List<String> lines(List<Path> paths) {
        return paths.stream().flatMap(path -> lines(path).stream()).toList();
    }

    private static List<String> lines(Path path) {
        try (InputStream bytes = Files.newInputStream(path);
                InputStream plain =
                        path.toString().endsWith(".gz") ? new GZIPInputStream(bytes) : bytes;
                BufferedReader reader =
                        new BufferedReader(new InputStreamReader(plain, StandardCharsets.UTF_8))) {
            return reader.lines().toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
