package io.tapeline.exchange.replay;

import io.tapeline.exchange.market.Book;
import io.tapeline.exchange.market.History;
import io.tapeline.exchange.market.Market;
import io.tapeline.exchange.market.MarketStreams;
import io.tapeline.exchange.market.Pair;
import io.tapeline.exchange.market.PairStreams;
import io.tapeline.exchange.market.StreamSink;
import io.tapeline.exchange.market.Trade;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A recording as a market: what was recorded is sent as it was, what was not is derived from it,
 * and books and candles stand where the recording stands. The market's time is the events' own.
 */
public final class ReplayFlow implements AutoCloseable {

    /**
     * Trades may come later than other events of the same time; after this no more are expected.
     */
    private static final long GRACE_MICROS = 2_000_000L;

    private final Recording recording;
    private final StreamSink sink;
    private final Market market;
    private final MarketStreams streams;
    private final Map<String, ReplayedPair> pairs = new HashMap<>();
    private final MergedLines lines;

    private ReplayFlow(Recording recording, StreamSink sink) throws IOException {
        this.recording = recording;
        this.sink = sink;
        List<PairStreams> made = new ArrayList<>();
        for (String symbol : recording.symbols().keySet()) {
            Pair pair = new Pair(recording.spec(symbol), History.NONE);
            String fills = pair.spec().streamSymbol() + "@trade";
            boolean trades = recording.streams().contains(fills);
            PairStreams pairStreams =
                    new PairStreams(
                            pair,
                            sink,
                            // Single trades cannot be told from aggregates.
                            stream ->
                                    !recording.streams().contains(stream)
                                            && (trades || !stream.equals(fills)),
                            GRACE_MICROS);
            made.add(pairStreams);
            pairs.put(symbol, new ReplayedPair(recording, symbol, pairStreams));
        }
        long startMicros = recording.firstEventMillis() * 1_000L;
        this.market = new Market(made, startMicros);
        this.streams = new MarketStreams(made, sink, startMicros);
        this.lines = new MergedLines(recording.files());
    }

    /** Reads the files once, and stands before their first line. */
    public static ReplayFlow open(List<Path> files, StreamSink sink) throws IOException {
        return new ReplayFlow(Recording.read(files), sink);
    }

    public Market market() {
        return market;
    }

    public MarketStreams streams() {
        return streams;
    }

    /** How many lines there are. */
    public long lines() {
        return recording.lines();
    }

    /** That a line changes a book. */
    public record BookChange(String stream, String symbol) {}

    /**
     * A line that is yet to happen.
     *
     * @param receiveNanos when it was received, nanoseconds since the epoch
     */
    public static final class Step {
        private final long receiveNanos;
        private final Recorded recorded;

        private Step(long receiveNanos, Recorded recorded) {
            this.receiveNanos = receiveNanos;
            this.recorded = recorded;
        }

        public long receiveNanos() {
            return receiveNanos;
        }

        /** The stream and the symbol of a diff; null for any other line. */
        public @Nullable BookChange bookChange() {
            return recorded instanceof Recorded.Event event
                            && event.content() instanceof Recorded.Diff
                    ? new BookChange(event.stream(), event.symbol())
                    : null;
        }
    }

    /** The next line, understood; null at the end. Needs no lock. */
    public @Nullable Step next() throws IOException {
        MergedLines.FileLine line = lines.next();
        return line == null
                ? null
                : new Step(line.line().receiveNanos(), Recorded.parse(line.line().raw()));
    }

    /** Lets the line happen. To be called inside {@link Market#move}. */
    public void apply(Step step) {
        if (!(step.recorded instanceof Recorded.Event event)) {
            // Depth answers went into the books when the recording was read.
            return;
        }
        if (!recording.plays(event)) {
            return;
        }
        if (event.eventMillis() >= 0) {
            long micros = event.eventMillis() * 1_000L;
            streams.advanceTo(micros);
            market.nowMicros(micros);
        }
        ReplayedPair pair = pairs.get(event.symbol());
        if (pair != null) {
            pair.apply(event);
        }
        sink.publish(
                event.stream(), new RecordedPayload(event.payload(), event.origin().precision()));
    }

    /** The recording is over: what was waiting for a later event is final now. */
    public void finish() {
        pairs.values().forEach(ReplayedPair::finish);
    }

    @Override
    public void close() throws IOException {
        lines.close();
    }

    /** One symbol of the recording. */
    private static final class ReplayedPair {

        private final Recording.Symbol seen;
        private final PairStreams streams;
        private final Book book;
        private final int priceScale;
        private final int quantityScale;
        private final String bookStream;
        private final String fillStream;

        ReplayedPair(Recording recording, String symbol, PairStreams streams) {
            Recording.Symbol known = recording.symbols().get(symbol);
            if (known == null) {
                throw new IllegalArgumentException("not in the recording: " + symbol);
            }
            this.seen = known;
            this.streams = streams;
            this.book = streams.pair().book();
            this.priceScale = streams.pair().spec().priceScale();
            this.quantityScale = streams.pair().spec().quantityScale();
            String name = streams.pair().spec().streamSymbol();
            // Of two speeds, or of trades and aggregates, one is enough to know everything.
            boolean fast = recording.streams().contains(name + "@depth@100ms");
            this.bookStream = name + (fast ? "@depth@100ms" : "@depth");
            this.fillStream =
                    name + (recording.streams().contains(name + "@trade") ? "@trade" : "@aggTrade");
            restart(seen.startId());
        }

        void apply(Recorded.Event event) {
            switch (event.content()) {
                case Recorded.Diff diff -> {
                    if (event.stream().equals(bookStream)) {
                        diff(diff);
                    }
                }
                case Recorded.Fill fill -> {
                    if (event.stream().equals(fillStream)) {
                        fill(fill);
                    }
                }
                case Recorded.Opaque() -> {}
            }
        }

        private void diff(Recorded.Diff diff) {
            if (diff.lastId() <= book.updateId()) {
                return;
            }
            if (diff.firstId() > book.updateId() + 1) {
                restart(diff.firstId() - 1);
            }
            for (Recorded.Level level : diff.bids()) {
                book.changeRecorded(true, price(level), quantity(level));
            }
            for (Recorded.Level level : diff.asks()) {
                book.changeRecorded(false, price(level), quantity(level));
            }
            book.recorded(Math.max(diff.firstId(), book.updateId() + 1), diff.lastId());
            streams.bookChanged();
        }

        /**
         * The book at the given id, at the beginning and after a hole in the recording, is known
         * only from the next depth answer. That answer's levels are taken at once: each that was
         * different before is announced by one of the diffs between, so that whoever applies these
         * has the exchange's book when the answer's id is reached.
         */
        private void restart(long id) {
            book.reset(id);
            seen.snapshotFrom(id)
                    .ifPresent(chosen -> {
                        book.knownDepth(Math.max(chosen.bids().size(), chosen.asks().size()));
                        chosen.bids()
                                .forEach(level -> book.seed(true, price(level), quantity(level)));
                        chosen.asks()
                                .forEach(level -> book.seed(false, price(level), quantity(level)));
                    });
        }

        /**
         * An aggregate stands for all of its trades: the first carries the quantity, the others
         * only count.
         */
        private void fill(Recorded.Fill fill) {
            long price = Decimals.units(fill.price(), priceScale);
            long quantity = Decimals.units(fill.quantity(), quantityScale);
            for (long id = fill.firstId(); id <= fill.lastId(); id++) {
                streams.traded(
                        new Trade(
                                id,
                                price,
                                id == fill.firstId() ? quantity : 0,
                                fill.millis() * 1_000L,
                                fill.buyerIsMaker()));
            }
        }

        void finish() {
            streams.orderDone();
        }

        private long price(Recorded.Level level) {
            return Decimals.units(level.price(), priceScale);
        }

        private long quantity(Recorded.Level level) {
            return Decimals.units(level.quantity(), quantityScale);
        }
    }
}
