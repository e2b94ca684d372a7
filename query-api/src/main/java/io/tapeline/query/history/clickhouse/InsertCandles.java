package io.tapeline.query.history.clickhouse;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.tapeline.schemas.market.Candle;
import io.tapeline.schemas.market.Instrument;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Closed candles; of equal key the newest event time stays. */
final class InsertCandles {

    private InsertCandles() {}

    static Optional<String> refusal(Candle candle) {
        if (CommonScale.ofPrices(candle) == CommonScale.NONE
                || CommonScale.ofQuantities(candle) == CommonScale.NONE
                || CommonScale.ofQuotes(candle) == CommonScale.NONE) {
            return Optional.of(
                    "its decimals need more than "
                            + CommonScale.MOST_DIGITS
                            + " digits at one scale");
        }
        return HeldTimes.refusal(candle.openTime()).or(() -> HeldTimes.refusal(candle.eventTime()));
    }

    /**
     * @throws IllegalArgumentException if one of them is refused
     */
    static NativeBlock block(List<Candle> candles) {
        NativeBlock block = new NativeBlock(candles.size());
        var instrument = block.text("instrument");
        var span = block.text("span");
        var openTime = block.time("open_time");
        var eventTime = block.time("event_time");
        var priceScale = block.uint8("price_scale");
        var open = block.int128("open");
        var high = block.int128("high");
        var low = block.int128("low");
        var close = block.int128("close");
        var quantityScale = block.uint8("quantity_scale");
        var volume = block.int128("volume");
        var takerBuyVolume = block.int128("taker_buy_volume");
        var quoteScale = block.uint8("quote_scale");
        var quoteVolume = block.int128("quote_volume");
        var takerBuyQuoteVolume = block.int128("taker_buy_quote_volume");
        var trades = block.int64("trades");
        Map<Instrument, byte[]> ids = new HashMap<>();
        for (Candle candle : candles) {
            int prices = CommonScale.ofPrices(candle);
            int quantities = CommonScale.ofQuantities(candle);
            int quotes = CommonScale.ofQuotes(candle);
            if (prices < 0
                    || quantities < 0
                    || quotes < 0
                    || !HeldTimes.holds(candle.openTime())
                    || !HeldTimes.holds(candle.eventTime())) {
                throw new IllegalArgumentException(
                        "history: candle "
                                + candle.instrument()
                                + ": "
                                + refusal(candle).orElse("refused"));
            }
            instrument.add(
                    ids.computeIfAbsent(candle.instrument(), key -> key.id().getBytes(UTF_8)));
            span.add(candle.interval().id().getBytes(UTF_8));
            openTime.add(candle.openTime().value());
            eventTime.add(candle.eventTime().value());
            priceScale.add((byte) prices);
            open.add(candle.open().value(), prices);
            high.add(candle.high().value(), prices);
            low.add(candle.low().value(), prices);
            close.add(candle.close().value(), prices);
            quantityScale.add((byte) quantities);
            volume.add(candle.volume().value(), quantities);
            takerBuyVolume.add(candle.takerBuyVolume().value(), quantities);
            quoteScale.add((byte) quotes);
            quoteVolume.add(candle.quoteVolume().value(), quotes);
            takerBuyQuoteVolume.add(candle.takerBuyQuoteVolume().value(), quotes);
            trades.add(candle.trades());
        }
        return block;
    }
}
