package io.tapeline.benchmarks.peers;

import io.tapeline.benchmarks.frames.FrameConnection;
import io.tapeline.benchmarks.frames.FrameServer;
import io.tapeline.benchmarks.tape.DepthTape;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongSupplier;

/** Plays a tape under several symbols, which take turns, as fast as the client takes it. */
final class TapePlayer {

    private static final int BEGINNING = 5;
    private static final int WRITE_BYTES = 64 << 10;
    private static final long PAUSE_NANOS = 200_000;

    private final DepthTape tape;
    private final List<String> symbols;

    TapePlayer(DepthTape tape, List<String> symbols) {
        this.tape = tape;
        this.symbols = symbols;
    }

    static String stream(String symbol) {
        return symbol.toLowerCase(Locale.ROOT) + "@depth@100ms";
    }

    long events() {
        return (long) symbols.size() * tape.diffs().size();
    }

    /** As much of the tape as makes every client ask for its snapshots. */
    void playBeginning(FrameServer server) throws IOException {
        play(server, tape.diffs().subList(0, BEGINNING), () -> 0, Long.MAX_VALUE);
    }

    /** All of it. The socket alone makes it wait. */
    void playAll(FrameServer server) throws IOException {
        play(server, () -> 0, Long.MAX_VALUE);
    }

    /** What follows the beginning. The socket alone makes it wait. */
    void playRest(FrameServer server) throws IOException {
        play(server, tape.diffs().subList(BEGINNING, tape.diffs().size()), () -> 0, Long.MAX_VALUE);
    }

    /**
     * @param applied how many events the client has applied
     * @param window how many it may be behind
     */
    void play(FrameServer server, LongSupplier applied, long window) throws IOException {
        play(server, tape.diffs(), applied, window);
    }

    private void play(FrameServer server, List<String> diffs, LongSupplier applied, long window)
            throws IOException {
        Map<FrameConnection, ByteArrayOutputStream> outgoing = new HashMap<>();
        long sent = 0;
        for (String diff : diffs) {
            for (String symbol : symbols) {
                FrameConnection client = server.carrier(stream(symbol));
                String payload = DepthTape.renamed(diff, tape.symbol(), symbol);
                String text =
                        client.combined()
                                ? "{\"stream\":\"" + stream(symbol) + "\",\"data\":" + payload + "}"
                                : payload;
                ByteArrayOutputStream frames =
                        outgoing.computeIfAbsent(client, fresh -> new ByteArrayOutputStream());
                frames.writeBytes(FrameConnection.frame(text.getBytes(StandardCharsets.UTF_8)));
                sent++;
                if (frames.size() >= WRITE_BYTES) {
                    write(client, frames);
                    while (sent - applied.getAsLong() > window) {
                        LockSupport.parkNanos(PAUSE_NANOS);
                    }
                }
            }
        }
        for (Map.Entry<FrameConnection, ByteArrayOutputStream> rest : outgoing.entrySet()) {
            write(rest.getKey(), rest.getValue());
        }
    }

    private static void write(FrameConnection client, ByteArrayOutputStream frames)
            throws IOException {
        byte[] bytes = frames.toByteArray();
        frames.reset();
        client.write(bytes, 0, bytes.length);
    }
}
