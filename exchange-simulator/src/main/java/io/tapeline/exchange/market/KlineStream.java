package io.tapeline.exchange.market;

/**
 * One {@code kline} stream of one pair while somebody is subscribed to it: the candle that is open
 * now, carried on trade by trade, and exactly one final event for each candle that ends, also for
 * those without trades.
 */
final class KlineStream implements Pair.TradeListener {

    private final Pair pair;
    private final StreamName name;
    private final Interval interval;
    private final long offsetMillis;
    private final StreamSink sink;
    private final long graceMicros;
    private final Candle candle = new Candle();
    private long openMillis;
    private long endMillis;
    private boolean changed;

    /**
     * @param nowMicros where the market stands
     * @param graceMicros how much later than its end a candle is closed when no later trade has
     *     ended it: trades of a recording may come after other events of the same time
     */
    KlineStream(
            Pair pair,
            StreamName name,
            StreamName.Klines kind,
            StreamSink sink,
            long nowMicros,
            long graceMicros) {
        this.pair = pair;
        this.name = name;
        this.interval = kind.interval();
        this.offsetMillis = kind.offsetMillis();
        this.sink = sink;
        this.graceMicros = graceMicros;
        Trade last = pair.lastTrade();
        long from = graceMicros > 0 && last != null ? last.micros() : nowMicros;
        openMillis = interval.openTime(Math.floorDiv(from, 1_000L), offsetMillis);
        endMillis = interval.next(openMillis, offsetMillis);
        pair.sum(candle, openMillis, endMillis);
        flatten();
        changed = candle.priced();
    }

    StreamName name() {
        return name;
    }

    /**
     * Whether events of this interval come every second rather than every other one (EXCHANGES
     * A.4).
     */
    boolean everySecond() {
        return interval == Interval.SECOND_1;
    }

    @Override
    public void before(Trade trade) {
        while (trade.micros() >= endMillis * 1_000L) {
            close(trade.micros());
        }
    }

    @Override
    public void after(Trade trade) {
        if (trade.micros() >= openMillis * 1_000L) {
            candle.add(trade);
            changed = true;
        }
    }

    /** Closes the candles that have ended by the given time. */
    void closeUntil(long micros) {
        while (micros >= endMillis * 1_000L + graceMicros) {
            close(micros);
        }
    }

    /** Sends the open candle, if it changed since it was last sent. */
    void update(long micros) {
        if (changed) {
            send(micros, false);
        }
    }

    private void close(long micros) {
        if (candle.priced()) {
            send(micros, true);
        }
        openMillis = endMillis;
        endMillis = interval.next(openMillis, offsetMillis);
        candle.clear();
        flatten();
        changed = false;
    }

    private void flatten() {
        long before = pair.priceBefore(openMillis);
        if (before >= 0) {
            candle.flat(before);
        }
    }

    private void send(long micros, boolean closed) {
        changed = false;
        sink.publish(name.text(), Payload.written(out -> write(out, micros, closed)));
    }

    private void write(JsonWriter out, long eventMicros, boolean closed) {
        PairSpec spec = pair.spec();
        out.raw("{\"e\":\"kline\",\"E\":").time(eventMicros).raw(",\"s\":").quoted(spec.symbol());
        out.raw(",\"k\":{\"t\":")
                .time(openMillis * 1_000L)
                .raw(",\"T\":")
                .time(endMillis * 1_000L - 1);
        out.raw(",\"s\":").quoted(spec.symbol()).raw(",\"i\":").quoted(interval.text());
        out.raw(",\"f\":").number(candle.firstId()).raw(",\"L\":").number(candle.lastId());
        out.raw(",\"o\":").decimal(candle.open(), spec.priceScale());
        out.raw(",\"c\":").decimal(candle.close(), spec.priceScale());
        out.raw(",\"h\":").decimal(candle.high(), spec.priceScale());
        out.raw(",\"l\":").decimal(candle.low(), spec.priceScale());
        out.raw(",\"v\":").decimal(candle.volume(), spec.quantityScale());
        out.raw(",\"n\":").number(candle.count()).raw(",\"x\":").raw(Boolean.toString(closed));
        out.raw(",\"q\":").decimal(candle.quoteVolume(), spec.quoteScale());
        out.raw(",\"V\":").decimal(candle.takerVolume(), spec.quantityScale());
        out.raw(",\"Q\":")
                .decimal(candle.takerQuoteVolume(), spec.quoteScale())
                .raw(",\"B\":\"0\"}}");
    }
}
