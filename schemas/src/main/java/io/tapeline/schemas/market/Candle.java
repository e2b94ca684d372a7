package io.tapeline.schemas.market;

/**
 * A candle as of an event: what traded from {@code openTime} to {@code closeTime}.
 *
 * @param closeTime the candle's last millisecond, inclusive, as the exchange names it
 * @param eventTime when the exchange said so; for an answer of REST, when it was received
 * @param volume in the base asset
 * @param quoteVolume in the quote asset
 * @param trades how many
 * @param takerBuyVolume the part of {@code volume} in which the buyer took
 * @param closed no trade can change it any more
 */
public record Candle(
        Instrument instrument,
        Interval interval,
        EpochMicros openTime,
        EpochMicros closeTime,
        EpochMicros eventTime,
        Price open,
        Price high,
        Price low,
        Price close,
        Quantity volume,
        Quantity quoteVolume,
        long trades,
        Quantity takerBuyVolume,
        Quantity takerBuyQuoteVolume,
        boolean closed,
        Origin origin) {

    public Candle {
        if (!interval.openTimeOf(openTime).equals(openTime)) {
            throw new IllegalArgumentException(
                    "candle "
                            + instrument
                            + ": open time "
                            + openTime
                            + " is not the beginning of an interval of "
                            + interval.id());
        }
        if (trades < 0) {
            throw new IllegalArgumentException(
                    "candle " + instrument + ": trades " + trades + " is negative");
        }
        if (low.compareTo(high) > 0) {
            throw new IllegalArgumentException(
                    "candle " + instrument + ": low " + low + " is above high " + high);
        }
    }
}
