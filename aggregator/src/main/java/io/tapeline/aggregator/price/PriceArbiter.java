package io.tapeline.aggregator.price;

import io.tapeline.schemas.market.Candle;
import io.tapeline.schemas.market.EpochMicros;
import io.tapeline.schemas.market.LatestPrice;
import io.tapeline.schemas.market.Origin;
import io.tapeline.schemas.market.Ticker;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * The newest price by the exchange's event time, whatever its source; but a source that tells less
 * (no bid and ask) speaks only where the richer one has been silent for a while, so that a candle's
 * close, which comes between two tickers, does not take the bid and ask away.
 */
public final class PriceArbiter {

    public static final String TICKER = "ticker";
    public static final String MINI_TICKER = "miniTicker";
    public static final String KLINE = "kline";

    private static final long NANOS_PER_MICRO = 1_000;

    private final long silenceMicros;

    /**
     * @param silence how much older than the candidate the richer source's newest word must be for
     *     a poorer source to be heard
     */
    public PriceArbiter(Duration silence) {
        if (silence.isNegative()) {
            throw new IllegalArgumentException("prices: silence " + silence + " is negative");
        }
        this.silenceMicros = silence.toNanos() / NANOS_PER_MICRO;
    }

    public boolean accepts(@Nullable LatestPrice held, LatestPrice candidate) {
        return held == null
                || isHeard(
                        held.eventTime(),
                        richness(held.source()),
                        candidate.eventTime(),
                        richness(candidate.source()));
    }

    /** Likewise for the 24 hour statistics, of which a miniTicker tells fewer. */
    public boolean accepts(@Nullable Ticker held, Ticker candidate) {
        return held == null
                || isHeard(
                        held.eventTime(),
                        held.details() == null ? 0 : 1,
                        candidate.eventTime(),
                        candidate.details() == null ? 0 : 1);
    }

    private boolean isHeard(EpochMicros held, int heldRichness, EpochMicros next, int richness) {
        if (!next.isAfter(held)) {
            return false;
        }
        return richness >= heldRichness || next.value() - held.value() >= silenceMicros;
    }

    private static int richness(String source) {
        return switch (source) {
            case TICKER -> 2;
            case MINI_TICKER -> 1;
            default -> 0;
        };
    }

    /** The price that a ticker tells. */
    public static LatestPrice of(Ticker ticker) {
        Ticker.Details details = ticker.details();
        return details == null
                ? new LatestPrice(
                        ticker.instrument(),
                        ticker.eventTime(),
                        ticker.last(),
                        null,
                        null,
                        MINI_TICKER)
                : new LatestPrice(
                        ticker.instrument(),
                        ticker.eventTime(),
                        ticker.last(),
                        details.bid(),
                        details.ask(),
                        TICKER);
    }

    /**
     * The price that a candle tells: its close so far. An answer of REST has the time of its
     * receipt for an event time; a price in it is no newer than the end of its candle.
     */
    public static LatestPrice of(Candle candle) {
        boolean olderThanItsWord =
                candle.origin() == Origin.REST && candle.eventTime().isAfter(candle.closeTime());
        return new LatestPrice(
                candle.instrument(),
                olderThanItsWord ? candle.closeTime() : candle.eventTime(),
                candle.close(),
                null,
                null,
                KLINE);
    }
}
