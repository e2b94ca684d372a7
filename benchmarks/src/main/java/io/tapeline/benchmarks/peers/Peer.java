package io.tapeline.benchmarks.peers;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * A program that is not ours.
 *
 * @param symbols how many it follows, so that it runs long enough
 * @param asksLate whether it asks for a book at its first diff and reads on only then; the others
 *     have theirs once they have seen a few
 * @param command without the arguments: addresses, symbols, updates
 * @param prepare what fetches or builds it
 * @param prepared what is there once that is done
 */
record Peer(
        String name,
        int symbols,
        boolean asksLate,
        Path directory,
        List<String> command,
        List<String> prepare,
        Path prepared) {

    private static final long PREPARE_MINUTES = 5;

    /** ccxt, tardis-dev and XChange. */
    static List<Peer> all(Path benchmarks) {
        Path peers = benchmarks.resolve("peers");
        Path xchange = peers.resolve("xchange");
        Path modules = peers.resolve("node_modules");
        List<String> npm = List.of("npm", "ci", "--no-audit", "--no-fund", "--ignore-scripts");
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        return List.of(
                new Peer("ccxt", 8, false, peers, List.of("node", "ccxt.js"), npm, modules),
                new Peer("tardis-dev", 8, false, peers, List.of("node", "tardis.js"), npm, modules),
                new Peer(
                        "xchange-stream-binance",
                        8,
                        true,
                        xchange,
                        List.of(
                                java,
                                "-Xmx1g",
                                "-cp",
                                "target/classes:target/lib/*",
                                "io.tapeline.peers.XchangeBooks"),
                        List.of("../../../mvnw", "-q", "-B", "-f", "pom.xml", "package"),
                        xchange.resolve("target").resolve("lib")));
    }

    /** Why it cannot be run; empty where it can. */
    Optional<String> prepareOnce() throws InterruptedException {
        if (Files.isDirectory(prepared)) {
            return Optional.empty();
        }
        try {
            Process process =
                    new ProcessBuilder(prepare).directory(directory.toFile()).inheritIO().start();
            if (!process.waitFor(PREPARE_MINUTES, TimeUnit.MINUTES)) {
                process.destroyForcibly();
                return Optional.of(String.join(" ", prepare) + " took too long");
            }
            return process.exitValue() == 0
                    ? Optional.empty()
                    : Optional.of(
                            String.join(" ", prepare)
                                    + " ended with status "
                                    + process.exitValue());
        } catch (IOException e) {
            return Optional.of(e.toString());
        }
    }
}
