package io.tapeline.schemas.market;

import org.jspecify.annotations.Nullable;

/**
 * Statistics of the last 24 hours. What {@code miniTicker} does not tell is in {@link Details},
 * absent there.
 *
 * @param volume in the base asset
 * @param quoteVolume in the quote asset
 */
public record Ticker(
        Instrument instrument,
        EpochMicros eventTime,
        Price last,
        Price open,
        Price high,
        Price low,
        Quantity volume,
        Quantity quoteVolume,
        @Nullable Details details,
        Origin origin) {

    /**
     * What only the full ticker tells.
     *
     * @param previousClose the last trade before the window
     * @param priceChangePercent in percent, may be negative
     * @param firstTradeId -1 where there was no trade
     */
    public record Details(
            Decimal priceChange,
            Decimal priceChangePercent,
            Price weightedAverage,
            Price previousClose,
            Quantity lastQuantity,
            Price bid,
            Quantity bidQuantity,
            Price ask,
            Quantity askQuantity,
            EpochMicros openTime,
            EpochMicros closeTime,
            long firstTradeId,
            long lastTradeId,
            long trades) {}
}
