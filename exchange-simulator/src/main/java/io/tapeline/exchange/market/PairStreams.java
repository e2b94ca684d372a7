package io.tapeline.exchange.market;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Makes every event of a pair's streams out of the pair's state: at once where the stream is
 * real-time, at the borders of {@link MarketStreams}' clock where it is paced. Called by the
 * market's thread.
 */
public final class PairStreams {

    private static final long MILLIS_PER_DAY = 86_400_000L;

    private final Pair pair;
    private final String symbol;
    private final StreamSink sink;
    private final Predicate<String> derived;
    private final long graceMicros;
    private final String tradeStream;
    private final String aggregateStream;
    private final String bookTickerStream;
    private final List<KlineStream> klines = new ArrayList<>();
    private final Window day;
    private long bestBid;
    private long bestBidQuantity;
    private long bestAsk;
    private long bestAskQuantity;
    private boolean tradedSinceTicker;

    /** Of the border before; whoever has subscribed since may have been told so right after it. */
    private long borderMicros = Long.MAX_VALUE;

    /**
     * @param derived which streams are made here; the others are sent as they were recorded
     * @param graceMicros see {@link KlineStream}
     */
    public PairStreams(Pair pair, StreamSink sink, Predicate<String> derived, long graceMicros) {
        this.pair = pair;
        this.symbol = pair.spec().streamSymbol();
        this.sink = sink;
        this.derived = derived;
        this.graceMicros = graceMicros;
        this.tradeStream = symbol + "@trade";
        this.aggregateStream = symbol + "@aggTrade";
        this.bookTickerStream = symbol + "@bookTicker";
        this.day = new Window(pair, MILLIS_PER_DAY);
        pair.listen(day);
    }

    public Pair pair() {
        return pair;
    }

    /** The last 24 hours. */
    public Window day() {
        return day;
    }

    /** A trade happened: it enters the pair's sums and the real-time streams. */
    public void traded(Trade trade) {
        AggregateTrade ended = pair.aggregate(trade);
        if (ended != null) {
            publish(aggregateStream, ended);
        }
        reconcileKlines(trade.micros());
        pair.traded(trade);
        tradedSinceTicker = true;
        publish(tradeStream, Payload.written(out -> TradePayloads.trade(out, pair.spec(), trade)));
    }

    /** The order that made the last trades is done: its aggregate is final. */
    public void orderDone() {
        AggregateTrade ended = pair.endAggregate();
        if (ended != null) {
            publish(aggregateStream, ended);
        }
    }

    /** The book changed: tells of a new best bid or ask, price or quantity. */
    public void bookChanged() {
        BookSide bids = pair.book().bids();
        BookSide asks = pair.book().asks();
        if (bids.isEmpty() || asks.isEmpty()) {
            return;
        }
        if (bids.price(0) != bestBid
                || bids.quantity(0) != bestBidQuantity
                || asks.price(0) != bestAsk
                || asks.quantity(0) != bestAskQuantity) {
            bestBid = bids.price(0);
            bestBidQuantity = bids.quantity(0);
            bestAsk = asks.price(0);
            bestAskQuantity = asks.quantity(0);
            publish(bookTickerStream, Payload.written(this::writeBookTicker));
        }
    }

    /**
     * One border of the clock, every 100 ms.
     *
     * @param number how many borders the epoch is away
     * @param phase spreads the two-second streams of many pairs over their two seconds
     * @param huge whether the next event of a stream is to tell all that there is to tell
     */
    void border(long number, int phase, long micros, Predicate<String> huge) {
        List<StreamName> names = sink.subscribed(symbol);
        boolean second = number % 10 == 0;
        boolean twoSeconds = Math.floorMod(number + phase, 20) == 0;
        if (second && graceMicros > 0) {
            orderDone();
        }
        names.forEach(name -> enlarge(name, second, huge));
        DiffTracker.@Nullable Diff fast = take(DepthSpeed.MILLIS_100, true);
        DiffTracker.@Nullable Diff slow = take(DepthSpeed.MILLIS_1000, second);
        if (names.isEmpty() || !pair.speaks()) {
            names.forEach(name -> lastDiffs(name, fast, slow, micros));
            klines.forEach(pair::stopListening);
            klines.clear();
            borderMicros = micros;
            return;
        }
        reconcileKlines(names, Math.min(borderMicros, micros));
        borderMicros = micros;
        for (StreamName name : names) {
            switch (name.kind()) {
                case StreamName.Diffs(DepthSpeed speed) ->
                        publish(name, speed == DepthSpeed.MILLIS_100 ? fast : slow, micros);
                case StreamName.Partial(int levels, DepthSpeed speed) -> {
                    if ((speed == DepthSpeed.MILLIS_100 ? fast : slow) != null) {
                        publish(
                                name.text(),
                                Payload.written(out ->
                                        pair.book().writeSnapshot(out, pair.spec(), levels)));
                    }
                }
                case StreamName.Tickers() ->
                        onSecond(
                                second,
                                name,
                                out -> TickerPayloads.full(out, pair, day.at(micros), micros));
                case StreamName.MiniTickers() ->
                        onSecond(
                                second,
                                name,
                                out -> TickerPayloads.mini(out, pair, day.at(micros), micros));
                case StreamName.WindowTickers(String width, long millis) ->
                        onSecond(
                                second,
                                name,
                                out ->
                                        TickerPayloads.window(
                                                out,
                                                pair,
                                                new Window(pair, millis).at(micros),
                                                width,
                                                micros));
                case StreamName.AveragePrices() ->
                        onSecond(second, name, out -> AveragePrice.write(out, pair, micros));
                case StreamName.Trades(),
                        StreamName.AggregateTrades(),
                        StreamName.BookTickers(),
                        StreamName.Klines(Interval _, long _),
                        StreamName.Silent() -> {}
            }
        }
        for (KlineStream kline : klines) {
            if (second) {
                kline.closeUntil(micros);
            }
            if (kline.everySecond() ? second : twoSeconds) {
                kline.update(micros);
            }
        }
    }

    private void enlarge(StreamName name, boolean second, Predicate<String> huge) {
        if (name.kind() instanceof StreamName.Diffs(DepthSpeed speed)
                && (second || speed == DepthSpeed.MILLIS_100)
                && pair.book().tracker(speed).pending()
                && huge.test(name.text())) {
            pair.book().tracker(speed).tellAll(pair.book());
        }
    }

    /** What changed before a pair was silenced. */
    private void lastDiffs(
            StreamName name,
            DiffTracker.@Nullable Diff fast,
            DiffTracker.@Nullable Diff slow,
            long micros) {
        if (name.kind() instanceof StreamName.Diffs(DepthSpeed speed)) {
            publish(name, speed == DepthSpeed.MILLIS_100 ? fast : slow, micros);
        }
    }

    /** Whether there were trades since this was last asked. */
    boolean tickerChanged() {
        boolean changed = tradedSinceTicker;
        tradedSinceTicker = false;
        return changed;
    }

    private DiffTracker.@Nullable Diff take(DepthSpeed speed, boolean due) {
        DiffTracker tracker = pair.book().tracker(speed);
        return due && tracker.pending() ? tracker.take(pair.book()) : null;
    }

    private void onSecond(boolean second, StreamName name, Payload.Writing writing) {
        if (second && !pair.quiet() && pair.lastPrice() >= 0) {
            publish(name.text(), Payload.written(writing));
        }
    }

    private void publish(StreamName name, DiffTracker.@Nullable Diff diff, long micros) {
        if (diff != null) {
            publish(name.text(), Payload.written(out -> diff.write(out, pair.spec(), micros)));
        }
    }

    private void publish(String stream, AggregateTrade trade) {
        publish(stream, Payload.written(out -> TradePayloads.aggregate(out, pair.spec(), trade)));
    }

    private void publish(String stream, Payload payload) {
        if (sink.isSubscribed(stream) && derived.test(stream)) {
            sink.publish(stream, payload);
        }
    }

    private void reconcileKlines(long micros) {
        List<StreamName> names = sink.subscribed(symbol);
        if (!names.isEmpty() || !klines.isEmpty()) {
            reconcileKlines(names, micros);
        }
    }

    /**
     * Begins the candles that are newly subscribed, and forgets those that no longer are.
     *
     * @param micros the candles that were open then, or have begun since, are told to their ends
     */
    private void reconcileKlines(List<StreamName> names, long micros) {
        for (int i = klines.size() - 1; i >= 0; i--) {
            if (!names.contains(klines.get(i).name())) {
                pair.stopListening(klines.remove(i));
            }
        }
        for (int i = 0; i < names.size(); i++) {
            StreamName name = names.get(i);
            if (name.kind() instanceof StreamName.Klines kind
                    && derived.test(name.text())
                    && !follows(name)) {
                KlineStream kline = new KlineStream(pair, name, kind, sink, micros, graceMicros);
                klines.add(kline);
                pair.listen(kline);
            }
        }
    }

    private boolean follows(StreamName name) {
        for (int i = 0; i < klines.size(); i++) {
            if (klines.get(i).name().equals(name)) {
                return true;
            }
        }
        return false;
    }

    private void writeBookTicker(JsonWriter out) {
        PairSpec spec = pair.spec();
        out.raw("{\"u\":").number(pair.book().updateId()).raw(",\"s\":").quoted(spec.symbol());
        out.raw(",\"b\":").decimal(bestBid, spec.priceScale());
        out.raw(",\"B\":").decimal(bestBidQuantity, spec.quantityScale());
        out.raw(",\"a\":").decimal(bestAsk, spec.priceScale());
        out.raw(",\"A\":").decimal(bestAskQuantity, spec.quantityScale()).character('}');
    }
}
