package io.tapeline.query.history.duckdb;

import io.tapeline.schemas.market.Candle;
import java.util.Optional;

/** The three groups of a candle's decimals. */
record CandleScales(MantissaGroup prices, MantissaGroup quantities, MantissaGroup quotes) {

    /** Empty if one of the groups cannot be held. */
    static Optional<CandleScales> of(Candle candle) {
        Optional<MantissaGroup> prices =
                MantissaGroup.of(
                        candle.open().value(),
                        candle.high().value(),
                        candle.low().value(),
                        candle.close().value());
        Optional<MantissaGroup> quantities =
                MantissaGroup.of(candle.volume().value(), candle.takerBuyVolume().value());
        Optional<MantissaGroup> quotes =
                MantissaGroup.of(
                        candle.quoteVolume().value(), candle.takerBuyQuoteVolume().value());
        return prices.isPresent() && quantities.isPresent() && quotes.isPresent()
                ? Optional.of(new CandleScales(prices.get(), quantities.get(), quotes.get()))
                : Optional.empty();
    }
}
