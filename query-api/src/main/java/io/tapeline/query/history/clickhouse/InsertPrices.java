package io.tapeline.query.history.clickhouse;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.tapeline.schemas.market.LatestPrice;
import java.util.List;
import java.util.Optional;

/** Prices; of equal instrument and event time the one that was written last stays. */
final class InsertPrices {

    private InsertPrices() {}

    static Optional<String> refusal(LatestPrice price) {
        if (CommonScale.of(price) == CommonScale.NONE) {
            return Optional.of(
                    "its decimals need more than "
                            + CommonScale.MOST_DIGITS
                            + " digits at one scale");
        }
        return HeldTimes.refusal(price.eventTime());
    }

    /**
     * @throws IllegalArgumentException if one of them is refused
     */
    static NativeBlock block(List<LatestPrice> prices) {
        NativeBlock block = new NativeBlock(prices.size());
        var instrument = block.text("instrument");
        var eventTime = block.time("event_time");
        var scaleColumn = block.uint8("scale");
        var value = block.int128("price");
        var bid = block.nullableInt128("bid");
        var ask = block.nullableInt128("ask");
        var source = block.text("source");
        for (LatestPrice price : prices) {
            Optional<String> refusal = refusal(price);
            if (refusal.isPresent()) {
                throw new IllegalArgumentException(
                        "history: price of " + price.instrument() + ": " + refusal.get());
            }
            int scale = CommonScale.of(price);
            var bidPrice = price.bid();
            var askPrice = price.ask();
            instrument.add(price.instrument().id().getBytes(UTF_8));
            eventTime.add(price.eventTime().value());
            scaleColumn.add((byte) scale);
            value.add(price.price().value(), scale);
            bid.add(bidPrice == null ? null : bidPrice.value(), scale);
            ask.add(askPrice == null ? null : askPrice.value(), scale);
            source.add(price.source().getBytes(UTF_8));
        }
        return block;
    }
}
