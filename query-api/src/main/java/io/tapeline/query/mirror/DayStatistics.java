package io.tapeline.query.mirror;

import io.tapeline.schemas.market.Decimal;
import io.tapeline.schemas.market.Ticker;
import java.math.BigDecimal;
import java.math.RoundingMode;
import org.jspecify.annotations.Nullable;

/**
 * What the exchange tells of 24 hours: as it told it, and where it told only a miniTicker, what
 * follows exactly from that. What does not follow is null, and of ids -1, as the exchange writes an
 * id that there is none of.
 */
public final class DayStatistics {

    /** Places of a percentage. */
    public static final int PERCENT_PLACES = 3;

    /** An id that is not there. */
    public static final long NO_ID = -1;

    private static final int PLACES = ExchangeNumbers.PLACES;
    private static final BigDecimal HUNDRED = BigDecimal.valueOf(100);

    private final Ticker ticker;
    private final Ticker.@Nullable Details details;

    public DayStatistics(Ticker ticker) {
        this.ticker = ticker;
        this.details = ticker.details();
    }

    public Ticker ticker() {
        return ticker;
    }

    /** Null of a miniTicker. */
    public Ticker.@Nullable Details details() {
        return details;
    }

    public Decimal change() {
        return details == null
                ? ticker.last().value().minus(ticker.open().value())
                : details.priceChange();
    }

    /** In percent of the opening price; zero where that is. */
    public Decimal changePercent() {
        if (details != null) {
            return details.priceChangePercent();
        }
        BigDecimal open = ticker.open().value().toBigDecimal();
        return open.signum() == 0
                ? Decimal.ZERO
                : Decimal.of(
                        change().toBigDecimal()
                                .multiply(HUNDRED)
                                .divide(open, PERCENT_PLACES, RoundingMode.HALF_UP));
    }

    /** Zero where nothing was traded. */
    public Decimal weightedAverage() {
        if (details != null) {
            return details.weightedAverage().value();
        }
        BigDecimal volume = ticker.volume().value().toBigDecimal();
        return volume.signum() == 0
                ? Decimal.ZERO
                : Decimal.of(
                        ticker.quoteVolume()
                                .value()
                                .toBigDecimal()
                                .divide(volume, PLACES, RoundingMode.HALF_UP));
    }
}
