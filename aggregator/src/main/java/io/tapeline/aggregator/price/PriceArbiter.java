package io.tapeline.aggregator.price;

import io.tapeline.schemas.coingecko.CoinGeckoPrices;
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
 *
 * <p>CoinGecko is polled, and mostly has nothing new: of it only changes are taken, by its {@code
 * last_updated_at} and value. A newer time with the same value confirms the price, which is then
 * known to hold until that time; the same time with another value is a correction, and is taken.
 *
 * <p>Deribit's stream and its poll tell the same index: each is taken, changed or not, so that
 * there is a record every minute even while the index stands still. An answer that a newer
 * notification overtook is late; that minute has the notification's record.
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

    public PriceVerdict decide(@Nullable KnownPrice held, LatestPrice candidate) {
        if (held == null) {
            return PriceVerdict.ACCEPTED;
        }
        EpochMicros known = held.confirmed();
        EpochMicros next = candidate.eventTime();
        boolean same = candidate.price().equals(held.price().price());
        boolean polled = isPolled(candidate.source());
        if (known.isAfter(next)) {
            return PriceVerdict.LATE;
        }
        if (known.equals(next)) {
            return same
                    ? PriceVerdict.DUPLICATE
                    : polled ? PriceVerdict.ACCEPTED : PriceVerdict.LATE;
        }
        if (polled && same && isPolled(held.price().source())) {
            return PriceVerdict.CONFIRMED;
        }
        return isHeard(known, richness(held.price().source()), next, richness(candidate.source()))
                ? PriceVerdict.ACCEPTED
                : PriceVerdict.POORER;
    }

    /** What is known after a price was decided upon. */
    public static KnownPrice after(
            PriceVerdict verdict, @Nullable KnownPrice held, LatestPrice candidate) {
        return verdict == PriceVerdict.ACCEPTED || held == null
                ? KnownPrice.of(candidate)
                : verdict == PriceVerdict.CONFIRMED
                        ? held.confirmedAt(candidate.eventTime())
                        : held;
    }

    /** Whether the source gives its present value whenever asked, changed or not. */
    private static boolean isPolled(String source) {
        return source.equals(CoinGeckoPrices.SIMPLE_PRICE);
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
