package io.tapeline.exchange.market;

/** The average price of the last five minutes, which both a stream and a REST answer tell. */
public final class AveragePrice {

    public static final int MINUTES = 5;

    private static final long MILLIS = MINUTES * 60_000L;

    private AveragePrice() {}

    /**
     * The volume-weighted average with eight decimals; the last price where nothing was traded in
     * that time.
     */
    public static long of(Pair pair, long nowMicros) {
        Window.Stats stats = new Window(pair, MILLIS).at(nowMicros);
        PairSpec spec = pair.spec();
        if (stats.candle().count() > 0) {
            return stats.weightedAverage(spec);
        }
        int shift = Math.max(8, spec.priceScale()) - spec.priceScale();
        return Math.max(0, pair.lastPrice()) * JsonWriter.powerOfTen(shift);
    }

    static void write(JsonWriter out, Pair pair, long eventMicros) {
        Trade last = pair.lastTrade();
        out.raw("{\"e\":\"avgPrice\",\"E\":")
                .time(eventMicros)
                .raw(",\"s\":")
                .quoted(pair.spec().symbol());
        out.raw(",\"i\":\"").number(MINUTES).raw("m\",\"w\":");
        out.decimal(of(pair, eventMicros), Math.max(8, pair.spec().priceScale()));
        out.raw(",\"T\":").time(last == null ? eventMicros : last.micros()).character('}');
    }
}
