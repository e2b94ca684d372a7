package io.tapeline.schemas.market;

import org.jspecify.annotations.Nullable;

/**
 * The newest price of an instrument.
 *
 * @param bid best bid at that time, null where the source tells none; likewise {@code ask}
 * @param source the kind of stream that told it: {@code ticker}, {@code miniTicker}, {@code kline},
 *     {@code index}, ...
 */
public record LatestPrice(
        Instrument instrument,
        EpochMicros eventTime,
        Price price,
        @Nullable Price bid,
        @Nullable Price ask,
        String source) {}
