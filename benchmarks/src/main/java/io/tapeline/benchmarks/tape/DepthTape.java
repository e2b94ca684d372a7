package io.tapeline.benchmarks.tape;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * A snapshot of one symbol's depth and the diffs that follow it without a gap, as the exchange
 * writes them.
 *
 * @param origin in words, for the report: recorded, or made up by which seed
 * @param symbol as it stands in the payloads
 * @param snapshot the answer of the REST endpoint
 * @param diffs payloads without an envelope; the first one joins the snapshot
 */
public record DepthTape(String origin, String symbol, String snapshot, List<String> diffs) {

    public DepthTape {
        diffs = List.copyOf(diffs);
        if (diffs.isEmpty()) {
            throw new IllegalArgumentException("depth tape: " + origin + " has no diffs");
        }
    }

    /** The recorded one where it is there, unless a made-up one is asked for. */
    public static DepthTape busy(boolean synthetic) throws IOException {
        return !synthetic && hasRecording()
                ? Recording.read(recordings())
                : SyntheticDepth.busy().tape();
    }

    public static boolean hasRecording() {
        return Files.isDirectory(recordings());
    }

    /** Beside the repository, or where {@code TAPELINE_DATA} says. */
    private static Path recordings() {
        String told = System.getenv("TAPELINE_DATA");
        return (told == null ? Path.of("..", "shared", "data") : Path.of(told))
                .resolve("binance-spot-btcusdt");
    }

    /** The same market under another name. */
    public static String renamed(String payload, String from, String to) {
        return payload.replace('"' + from + '"', '"' + to + '"');
    }
}
