package io.tapeline.benchmarks.api;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A process of its own that asks as fast as it is answered. */
final class Wrk {

    private static final Pattern RATE = Pattern.compile("Requests/sec:\\s+([0-9.]+)");
    private static final Pattern P99 = Pattern.compile("\\s99%\\s+([0-9.]+)(us|ms|s|m)\\b");
    private static final Pattern WRONG =
            Pattern.compile("(Non-2xx or 3xx responses: .*|Socket errors: .*)");

    private Wrk() {}

    /**
     * What came of a run.
     *
     * @param perSecond answers
     * @param p99Ms as wrk measures it: from when it asked, not from when it had wanted to
     */
    record Load(double perSecond, double p99Ms) {}

    /**
     * @throws IOException telling how to get it, where it is not there
     */
    static void require() throws IOException {
        try {
            Process process = new ProcessBuilder("wrk", "-v").redirectErrorStream(true).start();
            process.getInputStream().readAllBytes();
        } catch (IOException e) {
            throw new IOException(
                    "bench api asks with wrk, which is not here (Debian, Ubuntu: apt-get install"
                            + " wrk)",
                    e);
        }
    }

    /**
     * @throws IOException if an answer is not 2xx or a connection fails: then the rate means
     *     nothing
     */
    static Load run(String url, int connections, int seconds)
            throws IOException, InterruptedException {
        Process process =
                new ProcessBuilder(
                                List.of(
                                        "wrk",
                                        "-t1",
                                        "-c" + connections,
                                        "-d" + seconds + "s",
                                        "--latency",
                                        "--timeout",
                                        "10s",
                                        url))
                        .redirectErrorStream(true)
                        .start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (!process.waitFor(10, TimeUnit.SECONDS) || process.exitValue() != 0) {
            process.destroyForcibly();
            throw new IOException("wrk failed: " + said);
        }
        return parse(said);
    }

    static Load parse(String said) throws IOException {
        Matcher wrong = WRONG.matcher(said);
        if (wrong.find()) {
            throw new IOException("wrk: " + wrong.group(1));
        }
        Matcher rate = RATE.matcher(said);
        Matcher p99 = P99.matcher(said);
        if (!rate.find() || !p99.find()) {
            throw new IOException("wrk is not understood: " + said);
        }
        double unit =
                switch (p99.group(2)) {
                    case "us" -> 1e-3;
                    case "ms" -> 1;
                    case "s" -> 1e3;
                    default -> 6e4;
                };
        return new Load(Double.parseDouble(rate.group(1)), Double.parseDouble(p99.group(1)) * unit);
    }
}
