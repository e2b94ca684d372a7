package io.tapeline.exchange.market;

/**
 * What a pair did before the market's first event, as far as there is such a past. The same range
 * always gives the same answer.
 */
public interface History {

    /** The past of a market that has none but its events. */
    History NONE =
            new History() {
                @Override
                public long firstMillis() {
                    return Long.MAX_VALUE;
                }

                @Override
                public void addTo(Candle into, long fromMillis, long toMillis) {}

                @Override
                public long priceBefore(long millis) {
                    return -1;
                }
            };

    /**
     * When the past begins, milliseconds since the epoch, at a whole minute; {@link Long#MAX_VALUE}
     * where there is none.
     */
    long firstMillis();

    /**
     * Adds the trades of the range, end exclusive, in order of time. What is not in the past adds
     * nothing.
     */
    void addTo(Candle into, long fromMillis, long toMillis);

    /** The last price before the time given; -1 where there is none. */
    long priceBefore(long millis);
}
