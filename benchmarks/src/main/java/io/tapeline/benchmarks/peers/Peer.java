package io.tapeline.benchmarks.peers;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * A program that follows books, in a process of its own: the libraries', and Tapeline's.
 *
 * @param command without the {@link PeerArguments arguments}
 * @param prepare what fetches or builds it
 * @param prepared what is there once that is done
 */
record Peer(
        String name,
        Start start,
        Path directory,
        List<String> command,
        List<String> prepare,
        Path prepared) {

    private static final long PREPARE_MINUTES = 5;

    /** How it comes to its books, and so how the tape has to begin. */
    enum Start {
        /** It asks for them when it has subscribed, or once it has seen a few diffs of each. */
        SEES_A_FEW,
        /** It asks for a book at its first diff, and reads on only then. */
        READS_ON_LATER,
        /** It has them before the first diff, says so, and then how far it is. */
        TELLS_WHEN_READY
    }

    /**
     * Tapeline first, in both forms, then ccxt, tardis-dev and XChange.
     *
     * @param benchmarks this module's directory
     */
    static List<Peer> all(Path benchmarks) {
        Path peers = benchmarks.resolve("peers");
        Path xchange = peers.resolve("xchange");
        Path modules = peers.resolve("node_modules");
        List<String> npm = List.of("npm", "ci", "--no-audit", "--no-fund", "--ignore-scripts");
        return List.of(
                own("Tapeline's books alone", BooksAlone.class, "-Xmx1g"),
                own("Tapeline, whole", OwnBooks.class, "-Xmx2g"),
                new Peer("ccxt", Start.SEES_A_FEW, peers, List.of("node", "ccxt.js"), npm, modules),
                new Peer(
                        "tardis-dev",
                        Start.SEES_A_FEW,
                        peers,
                        List.of("node", "tardis.js"),
                        npm,
                        modules),
                new Peer(
                        "xchange-stream-binance",
                        Start.READS_ON_LATER,
                        xchange,
                        List.of(
                                java(),
                                "-Xmx1g",
                                "-cp",
                                "target/classes:target/lib/*",
                                "io.tapeline.peers.XchangeBooks"),
                        List.of("../../../mvnw", "-q", "-B", "-f", "pom.xml", "package"),
                        xchange.resolve("target").resolve("lib")));
    }

    /** A program of this one's class path. */
    static Peer own(String name, Class<?> main, String heap) {
        Path here = Path.of("").toAbsolutePath();
        return new Peer(
                name,
                Start.TELLS_WHEN_READY,
                here,
                List.of(
                        java(),
                        "--enable-native-access=ALL-UNNAMED",
                        "--sun-misc-unsafe-memory-access=allow",
                        heap,
                        "-cp",
                        System.getProperty("java.class.path"),
                        main.getName()),
                List.of(),
                here);
    }

    private static String java() {
        return Path.of(System.getProperty("java.home"), "bin", "java").toString();
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
