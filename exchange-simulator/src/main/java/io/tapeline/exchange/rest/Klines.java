package io.tapeline.exchange.rest;

import io.tapeline.exchange.market.Candle;
import io.tapeline.exchange.market.Interval;
import io.tapeline.exchange.market.JsonWriter;
import io.tapeline.exchange.market.Market;
import io.tapeline.exchange.market.Pair;
import io.tapeline.exchange.market.PairSpec;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;

/**
 * {@code klines} and {@code uiKlines}: candles by their open time, chronological; the last one may
 * still be open (EXCHANGES A.6).
 */
final class Klines {

    private static final int WEIGHT = 2;
    private static final Set<String> PARAMETERS =
            Set.of("symbol", "interval", "startTime", "endTime", "timeZone", "limit");

    private final Market market;

    Klines(Market market) {
        this.market = market;
    }

    List<Endpoint> endpoints() {
        return List.of(
                new Endpoint("klines", PARAMETERS, p -> WEIGHT, this::write),
                new Endpoint("uiKlines", PARAMETERS, p -> WEIGHT, this::write));
    }

    private void write(Parameters parameters, JsonWriter out) {
        String symbol = parameters.symbol();
        Interval interval =
                Interval.of(parameters.mandatory("interval")).orElseThrow(ApiError::badInterval);
        OptionalLong start = parameters.epochMillis("startTime");
        OptionalLong end = parameters.epochMillis("endTime");
        long zone = parameters.timeZoneMillis();
        int limit = parameters.limit(500, 1_000);
        Pair pair = MarketData.pair(market, symbol).pair();
        long now = Math.floorDiv(market.nowMicros(), 1_000L);
        long listed = pair.firstMillis();
        out.character('[');
        if (listed <= now) {
            long oldest = interval.openTime(listed, zone);
            long lastOpen = interval.openTime(Math.min(now, end.orElse(now)), zone);
            long open =
                    start.isPresent()
                            ? firstFrom(interval, Math.max(start.getAsLong(), oldest), zone)
                            : lastOpen;
            for (int i = 1; start.isEmpty() && i < limit && open > oldest; i++) {
                open = interval.previous(open, zone);
            }
            for (int i = 0; i < limit && open <= lastOpen && open >= oldest; i++) {
                long next = interval.next(open, zone);
                row(out, pair.spec(), pair.candle(open, next), open, next);
                open = next;
            }
        }
        out.dropComma().character(']');
    }

    private static long firstFrom(Interval interval, long millis, long zone) {
        long open = interval.openTime(millis, zone);
        return open < millis ? interval.next(open, zone) : open;
    }

    private static void row(JsonWriter out, PairSpec spec, Candle candle, long open, long next) {
        if (!candle.priced()) {
            return;
        }
        out.character('[').time(open * 1_000L);
        out.character(',').decimal(candle.open(), spec.priceScale());
        out.character(',').decimal(candle.high(), spec.priceScale());
        out.character(',').decimal(candle.low(), spec.priceScale());
        out.character(',').decimal(candle.close(), spec.priceScale());
        out.character(',').decimal(candle.volume(), spec.quantityScale());
        out.character(',').time(next * 1_000L - 1);
        out.character(',').decimal(candle.quoteVolume(), spec.quoteScale());
        out.character(',').number(candle.count());
        out.character(',').decimal(candle.takerVolume(), spec.quantityScale());
        out.character(',').decimal(candle.takerQuoteVolume(), spec.quoteScale()).raw(",\"0\"],");
    }
}
