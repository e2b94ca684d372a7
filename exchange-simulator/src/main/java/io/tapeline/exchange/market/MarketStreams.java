package io.tapeline.exchange.market;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/**
 * The paced streams of all pairs, driven by the market's own time: a border every 100 ms at which
 * each pair's streams speak, and on whole seconds the streams of all symbols.
 */
public final class MarketStreams {

    private static final long BORDER_MICROS = 100_000L;
    private static final int BORDERS_PER_SECOND = 10;

    private final List<PairStreams> pairs;
    private volatile Predicate<String> huge = stream -> false;
    private final StreamSink sink;
    private long nextBorder;

    /**
     * @param startMicros where the market's time begins
     */
    public MarketStreams(List<PairStreams> pairs, StreamSink sink, long startMicros) {
        this.pairs = new ArrayList<>(pairs);
        this.sink = sink;
        this.nextBorder = Math.floorDiv(startMicros, BORDER_MICROS) + 1;
    }

    /** Tells which streams' next events are to tell all that there is to tell. */
    public void huge(Predicate<String> test) {
        huge = test;
    }

    /** A pair is listed. To be called inside {@link Market#move}. */
    public void list(PairStreams pair) {
        pairs.add(pair);
    }

    /** A pair is silent from now on. To be called inside {@link Market#move}. */
    public void delist(PairStreams pair) {
        pairs.remove(pair);
    }

    /** The time of the next border, microseconds since the epoch. */
    public long nextBorderMicros() {
        return nextBorder * BORDER_MICROS;
    }

    /** Crosses every border up to the given time, inclusive. */
    public void advanceTo(long micros) {
        while (nextBorderMicros() <= micros) {
            long at = nextBorderMicros();
            for (int i = 0; i < pairs.size(); i++) {
                pairs.get(i).border(nextBorder, i % 20, at, huge);
            }
            if (nextBorder % BORDERS_PER_SECOND == 0) {
                allSymbols(at);
            }
            nextBorder++;
        }
    }

    /**
     * Arrays hold the symbols that changed since the second before; nothing changed, nothing sent.
     */
    private void allSymbols(long micros) {
        List<PairStreams> changed = new ArrayList<>();
        for (PairStreams pair : pairs) {
            if (pair.tickerChanged()) {
                changed.add(pair);
            }
        }
        if (changed.isEmpty()) {
            return;
        }
        for (StreamName name : sink.subscribed("")) {
            List<PairStreams> told = huge.test(name.text()) ? priced() : changed;
            switch (name.kind()) {
                case StreamName.MiniTickers() ->
                        publish(
                                name,
                                told,
                                (out, p) ->
                                        TickerPayloads.mini(
                                                out, p.pair(), p.day().at(micros), micros));
                case StreamName.WindowTickers(String width, long millis) ->
                        publish(
                                name,
                                told,
                                (out, p) ->
                                        TickerPayloads.window(
                                                out,
                                                p.pair(),
                                                new Window(p.pair(), millis).at(micros),
                                                width,
                                                micros));
                case StreamName.Trades(),
                        StreamName.AggregateTrades(),
                        StreamName.BookTickers(),
                        StreamName.Diffs(DepthSpeed _),
                        StreamName.Partial(int _, DepthSpeed _),
                        StreamName.Klines(Interval _, long _),
                        StreamName.Tickers(),
                        StreamName.AveragePrices(),
                        StreamName.Silent() -> {}
            }
        }
    }

    private List<PairStreams> priced() {
        return pairs.stream().filter(pair -> pair.pair().lastPrice() >= 0).toList();
    }

    private void publish(StreamName name, List<PairStreams> changed, ElementWriter element) {
        sink.publish(
                name.text(),
                Payload.written(out -> {
                    out.character('[');
                    for (PairStreams pair : changed) {
                        element.write(out, pair);
                        out.character(',');
                    }
                    out.dropComma().character(']');
                }));
    }

    private interface ElementWriter {
        void write(JsonWriter out, PairStreams pair);
    }
}
