package io.tapeline.clickhouse;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * Where the engine's library is: {@value #VARIABLE}, else the npm package that this module's {@code
 * engine/package-lock.json} pins, which is fetched the first time.
 */
final class EnginePackage {

    static final String VARIABLE = "TAPELINE_CLICKHOUSE_LIBRARY";

    private static final String FOLDER = "embedded-clickhouse/engine";
    private static final String LIBRARY = "node_modules/@chdb/lib-linux-x64-gnu/libchdb.so";
    private static final List<String> FETCH =
            List.of("npm", "ci", "--no-audit", "--no-fund", "--ignore-scripts");
    private static final long FETCH_MINUTES = 8;
    private static final String HELP =
            "set TAPELINE_CLICKHOUSE_URL to a ClickHouse server, or start Docker, or install npm"
                    + " and run `npm ci --ignore-scripts --prefix "
                    + FOLDER
                    + "` (Linux x64 with glibc), or name a libchdb.so in "
                    + VARIABLE;

    private EnginePackage() {}

    /**
     * @throws IOException if there is none, saying what to install
     */
    static Path library() throws IOException {
        String given = System.getenv(VARIABLE);
        if (given != null && !given.isBlank()) {
            return Path.of(given);
        }
        Path folder =
                folder().orElseThrow(() ->
                        new IOException("engine: " + FOLDER + " is not there; " + HELP));
        Path library = folder.resolve(LIBRARY);
        if (!Files.exists(library)) {
            fetch(folder, library);
        }
        return library;
    }

    /** Above the code, or above where the process runs. */
    private static Optional<Path> folder() {
        try {
            Path code =
                    Path.of(
                            EnginePackage.class
                                    .getProtectionDomain()
                                    .getCodeSource()
                                    .getLocation()
                                    .toURI());
            return Stream.of(code, Path.of("").toAbsolutePath())
                    .flatMap(EnginePackage::withParents)
                    .map(parent -> parent.resolve(FOLDER))
                    .filter(each -> Files.exists(each.resolve("package-lock.json")))
                    .findFirst();
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Stream<Path> withParents(Path path) {
        return Stream.iterate(path, each -> each != null, Path::getParent);
    }

    private static void fetch(Path folder, Path library) throws IOException {
        // Several modules' tests may come here at once.
        try (FileChannel lock =
                        FileChannel.open(
                                folder.resolve(".lock"),
                                StandardOpenOption.CREATE,
                                StandardOpenOption.WRITE);
                FileLock _ = lock.lock()) {
            if (Files.exists(library)) {
                return;
            }
            Process npm = npm(folder);
            if (!npm.waitFor(FETCH_MINUTES, TimeUnit.MINUTES)) {
                npm.destroyForcibly();
                throw new IOException("engine: npm took too long; " + HELP);
            }
            if (npm.exitValue() != 0 || !Files.exists(library)) {
                throw new IOException(
                        "engine: npm ended with status " + npm.exitValue() + "; " + HELP);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("engine: interrupted while it was fetched", e);
        }
    }

    private static Process npm(Path folder) throws IOException {
        try {
            return new ProcessBuilder(FETCH)
                    .directory(folder.toFile())
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
        } catch (IOException e) {
            throw new IOException("engine: no npm on the path; " + HELP, e);
        }
    }
}
