package io.tapeline.benchmarks.latency;

import io.tapeline.benchmarks.frames.FrameConnection;
import io.tapeline.benchmarks.frames.FrameServer;
import io.tapeline.benchmarks.tape.DepthTape;
import java.io.IOException;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

/**
 * The market: events that are due at even times, whatever became of those before. Each carries the
 * time at which it was due, not the one at which it was written, so that whoever is late, this one
 * included, is seen to be late. Four of five are diffs, the others tickers; the first symbols have
 * most of them, the last ones few.
 */
final class DueEvents {

    /** What is due before this is not of the market. */
    static final AtomicLong FIRST_DUE = new AtomicLong(Long.MAX_VALUE);

    static final long SEED = 20_261_123;

    private static final int TEMPLATES = 200;
    private static final int PICKS = 1 << 16;
    private static final int TICKER_EVERY = 5;
    private static final long PAUSE_NANOS = 200_000;
    private static final String TICKER =
            "{\"e\":\"24hrMiniTicker\",\"E\":%d,\"s\":\"%s\",\"c\":\"61837.63000000\","
                    + "\"o\":\"61902.01000000\",\"h\":\"62738.00000000\",\"l\":\"57590.10000000\","
                    + "\"v\":\"48745.93720000\",\"q\":\"2990186401.77126390\"}";

    private final DepthTape tape;
    private final List<String> symbols;
    private final FrameServer server;
    private final int[] picks = new int[PICKS];
    private final long[] nextIds;
    private final int[] nextDiffs;
    private final EventTemplate[][] diffs;
    private final EventTemplate[] tickers;
    private final Map<FrameConnection, Outgoing> outgoing = new HashMap<>();
    private final Outgoing[] outgoingOf;
    private final AtomicLong sent = new AtomicLong();
    private int turn;

    private static final class Outgoing {
        byte[] bytes = new byte[1 << 16];
        int length;

        void add(byte[] frame) {
            if (length + frame.length > bytes.length) {
                bytes = Arrays.copyOf(bytes, 2 * bytes.length + frame.length);
            }
            System.arraycopy(frame, 0, bytes, length, frame.length);
            length += frame.length;
        }
    }

    DueEvents(DepthTape tape, List<String> symbols, FrameServer server) {
        this.tape = tape;
        this.symbols = symbols;
        this.server = server;
        this.nextIds = new long[symbols.size()];
        this.nextDiffs = new int[symbols.size()];
        this.diffs = new EventTemplate[symbols.size()][];
        this.tickers = new EventTemplate[symbols.size()];
        this.outgoingOf = new Outgoing[2 * symbols.size()];
        pickSymbols();
    }

    static String depthStream(String symbol) {
        return symbol.toLowerCase(Locale.ROOT) + "@depth@100ms";
    }

    static String tickerStream(String symbol) {
        return symbol.toLowerCase(Locale.ROOT) + "@miniTicker";
    }

    /** To be called once all streams are subscribed. */
    void prepare() {
        for (int symbol = 0; symbol < symbols.size(); symbol++) {
            String name = symbols.get(symbol);
            tickers[symbol] =
                    new EventTemplate(
                            tickerStream(name), TICKER.formatted(1_000_000_000_000_000L, name));
            outgoingOf[2 * symbol] = of(depthStream(name));
            outgoingOf[2 * symbol + 1] = of(tickerStream(name));
            // Those that are seldom picked need few.
            EventTemplate[] own =
                    new EventTemplate[symbol < symbols.size() / 10 ? TEMPLATES : TEMPLATES / 10];
            for (int i = 0; i < own.length; i++) {
                String diff = DepthTape.renamed(tape.diffs().get(i), tape.symbol(), name);
                own[i] = new EventTemplate(depthStream(name), diff);
            }
            diffs[symbol] = own;
            nextIds[symbol] = own[0].firstId();
        }
    }

    private Outgoing of(String stream) {
        return outgoing.computeIfAbsent(server.carrier(stream), connection -> new Outgoing());
    }

    private void pickSymbols() {
        Random random = new Random(SEED);
        double[] shares = new double[symbols.size()];
        double sum = 0;
        for (int i = 0; i < shares.length; i++) {
            sum += 1.0 / (i + 3);
            shares[i] = sum;
        }
        for (int i = 0; i < PICKS; i++) {
            int at = Arrays.binarySearch(shares, random.nextDouble() * sum);
            picks[i] = Math.min(shares.length - 1, at < 0 ? -at - 1 : at);
        }
    }

    /** Events written so far. */
    long sent() {
        return sent.get();
    }

    /**
     * Writes what is due at the rate for the time; returns after it.
     *
     * @param perSecond events
     */
    void play(int perSecond, long nanos) throws IOException {
        long begunNanos = System.nanoTime();
        long begunMicros = QueryableTimes.nowMicros();
        FIRST_DUE.compareAndSet(Long.MAX_VALUE, begunMicros);
        long total = Math.round(nanos / 1e9 * perSecond);
        long written = 0;
        while (written < total) {
            long due = Math.min(total, (long) ((System.nanoTime() - begunNanos) / 1e9 * perSecond));
            // In parts, so that a hold-up does not end in one write of megabytes.
            long until = Math.min(due, written + 2_000);
            for (; written < until; written++) {
                add(begunMicros + (long) (written * 1e6 / perSecond));
            }
            write();
            if (written == due) {
                LockSupport.parkNanos(PAUSE_NANOS);
            }
        }
    }

    private void add(long dueMicros) {
        int symbol = picks[turn & (PICKS - 1)];
        boolean ticker = turn % TICKER_EVERY == 0;
        turn++;
        EventTemplate event;
        if (ticker) {
            event = tickers[symbol];
            event.stamp(dueMicros, 0);
        } else {
            event = diffs[symbol][nextDiffs[symbol]];
            nextDiffs[symbol] = (nextDiffs[symbol] + 1) % diffs[symbol].length;
            event.stamp(dueMicros, nextIds[symbol]);
            nextIds[symbol] += event.span;
        }
        outgoingOf[2 * symbol + (ticker ? 1 : 0)].add(event.frame);
        sent.incrementAndGet();
    }

    private void write() throws IOException {
        for (Map.Entry<FrameConnection, Outgoing> each : outgoing.entrySet()) {
            Outgoing frames = each.getValue();
            if (frames.length > 0) {
                each.getKey().write(frames.bytes, 0, frames.length);
                frames.length = 0;
            }
        }
    }
}
