package io.tapeline.exchange.market;

import org.jspecify.annotations.Nullable;

/** The payloads of the ticker streams, field by field in the exchange's order (EXCHANGES A.4). */
final class TickerPayloads {

    private TickerPayloads() {}

    static void full(JsonWriter out, Pair pair, Window.Stats stats, long eventMicros) {
        PairSpec spec = pair.spec();
        head(out, "24hrTicker", spec, eventMicros);
        change(out, spec, stats);
        out.raw(",\"w\":").decimal(stats.weightedAverage(spec), Math.max(8, spec.priceScale()));
        price(out, "x", stats.previousClose(), spec);
        price(out, "c", stats.candle().close(), spec);
        @Nullable Trade last = pair.lastTrade();
        out.raw(",\"Q\":").decimal(last == null ? 0 : last.quantity(), spec.quantityScale());
        best(out, "b", "B", pair.book().bids(), spec);
        best(out, "a", "A", pair.book().asks(), spec);
        price(out, "o", stats.candle().open(), spec);
        price(out, "h", stats.candle().high(), spec);
        price(out, "l", stats.candle().low(), spec);
        volumes(out, spec, stats);
        tail(out, stats);
    }

    static void mini(JsonWriter out, Pair pair, Window.Stats stats, long eventMicros) {
        PairSpec spec = pair.spec();
        head(out, "24hrMiniTicker", spec, eventMicros);
        price(out, "c", stats.candle().close(), spec);
        price(out, "o", stats.candle().open(), spec);
        price(out, "h", stats.candle().high(), spec);
        price(out, "l", stats.candle().low(), spec);
        volumes(out, spec, stats);
        out.character('}');
    }

    static void window(
            JsonWriter out, Pair pair, Window.Stats stats, String width, long eventMicros) {
        PairSpec spec = pair.spec();
        head(out, width + "Ticker", spec, eventMicros);
        change(out, spec, stats);
        price(out, "o", stats.candle().open(), spec);
        price(out, "h", stats.candle().high(), spec);
        price(out, "l", stats.candle().low(), spec);
        price(out, "c", stats.candle().close(), spec);
        out.raw(",\"w\":").decimal(stats.weightedAverage(spec), Math.max(8, spec.priceScale()));
        volumes(out, spec, stats);
        tail(out, stats);
    }

    private static void head(JsonWriter out, String event, PairSpec spec, long eventMicros) {
        out.raw("{\"e\":")
                .quoted(event)
                .raw(",\"E\":")
                .time(eventMicros)
                .raw(",\"s\":")
                .quoted(spec.symbol());
    }

    private static void change(JsonWriter out, PairSpec spec, Window.Stats stats) {
        price(out, "p", stats.change(), spec);
        out.raw(",\"P\":").decimal(stats.changePermille100(), 3, 3);
    }

    private static void price(JsonWriter out, String field, long price, PairSpec spec) {
        out.character(',').quoted(field).character(':').decimal(price, spec.priceScale());
    }

    private static void best(
            JsonWriter out, String price, String quantity, BookSide side, PairSpec spec) {
        price(out, price, side.isEmpty() ? 0 : side.price(0), spec);
        out.character(',').quoted(quantity).character(':');
        out.decimal(side.isEmpty() ? 0 : side.quantity(0), spec.quantityScale());
    }

    private static void volumes(JsonWriter out, PairSpec spec, Window.Stats stats) {
        out.raw(",\"v\":").decimal(stats.candle().volume(), spec.quantityScale());
        out.raw(",\"q\":").decimal(stats.candle().quoteVolume(), spec.quoteScale());
    }

    private static void tail(JsonWriter out, Window.Stats stats) {
        out.raw(",\"O\":").time(stats.openMicros()).raw(",\"C\":").time(stats.closeMicros());
        out.raw(",\"F\":")
                .number(stats.candle().firstId())
                .raw(",\"L\":")
                .number(stats.candle().lastId());
        out.raw(",\"n\":").number(stats.candle().count()).character('}');
    }
}
