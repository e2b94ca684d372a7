package io.tapeline.benchmarks.ingest;

import io.tapeline.benchmarks.frames.FrameConnection;
import io.tapeline.benchmarks.tape.DepthTape;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Events of many symbols by turns: as frames one after the other, and as payloads alone. Played
 * over and over: the ingestor does not look at the ids.
 */
final class FrameBlock {

    final byte[] frames;

    /** Where each frame ends. */
    final int[] ends;

    final byte[][] payloads;

    /** Of each event, which symbol's it is. */
    final int[] symbolOf;

    /** One of the streams. */
    final String stream;

    private FrameBlock(
            String stream, byte[] frames, int[] ends, byte[][] payloads, int[] symbolOf) {
        this.stream = stream;
        this.frames = frames;
        this.ends = ends;
        this.payloads = payloads;
        this.symbolOf = symbolOf;
    }

    int size() {
        return ends.length;
    }

    static String stream(String symbol) {
        return symbol.toLowerCase(Locale.ROOT) + "@depth@100ms";
    }

    static FrameBlock of(DepthTape tape, List<String> symbols, int events) {
        byte[][] payloads = new byte[events][];
        int[] symbolOf = new int[events];
        List<byte[]> each = new ArrayList<>();
        int total = 0;
        for (int i = 0; i < events; i++) {
            symbolOf[i] = i % symbols.size();
            String symbol = symbols.get(symbolOf[i]);
            String payload =
                    DepthTape.renamed(
                            tape.diffs().get(i / symbols.size() % tape.diffs().size()),
                            tape.symbol(),
                            symbol);
            payloads[i] = payload.getBytes(StandardCharsets.UTF_8);
            byte[] frame =
                    FrameConnection.frame(
                            ("{\"stream\":\"" + stream(symbol) + "\",\"data\":" + payload + "}")
                                    .getBytes(StandardCharsets.UTF_8));
            each.add(frame);
            total = Math.addExact(total, frame.length);
        }
        byte[] frames = new byte[total];
        int[] ends = new int[events];
        int at = 0;
        for (int i = 0; i < events; i++) {
            System.arraycopy(each.get(i), 0, frames, at, each.get(i).length);
            at += each.get(i).length;
            ends[i] = at;
        }
        return new FrameBlock(stream(symbols.getFirst()), frames, ends, payloads, symbolOf);
    }
}
