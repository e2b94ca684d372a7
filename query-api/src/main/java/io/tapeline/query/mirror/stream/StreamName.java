package io.tapeline.query.mirror.stream;

import io.tapeline.schemas.market.Instrument;
import io.tapeline.schemas.market.Interval;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The name of a stream that is served here, understood (A.4).
 *
 * @param text as it was asked for: {@code btcusdt@depth@100ms}
 */
record StreamName(String text, Kind kind) {

    /** What a stream carries. */
    sealed interface Kind {}

    /** Of one instrument. */
    sealed interface OfOne extends Kind {
        Instrument instrument();
    }

    record Changes(Instrument instrument, Speed speed) implements OfOne {}

    record Top(Instrument instrument, int levels, Speed speed) implements OfOne {}

    record Best(Instrument instrument) implements OfOne {}

    record Candles(Instrument instrument, Interval interval) implements OfOne {}

    record Day(Instrument instrument) implements OfOne {}

    record MiniDay(Instrument instrument) implements OfOne {}

    /** Of every pair that changed. */
    record AllMiniDays() implements Kind {}

    private static final int LONGEST = 100;

    /**
     * Empty for what is malformed, and for streams that the exchange has and Tapeline cannot have:
     * of trades, of windows other than 24 hours, of candles of a second or of other zones.
     */
    static Optional<StreamName> parse(String text) {
        if (text.equals("!miniTicker@arr")) {
            return Optional.of(new StreamName(text, new AllMiniDays()));
        }
        int at = text.indexOf('@');
        if (at <= 0 || text.length() > LONGEST) {
            return Optional.empty();
        }
        Instrument instrument;
        try {
            instrument = Instrument.binance(text.substring(0, at).toUpperCase(Locale.ROOT));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
        return kind(instrument, text.substring(at + 1)).map(kind -> new StreamName(text, kind));
    }

    private static Optional<Kind> kind(Instrument instrument, String type) {
        return Optional.ofNullable(
                switch (type) {
                    case "depth", "depth@1000ms" -> new Changes(instrument, Speed.EACH_SECOND);
                    case "depth@100ms" -> new Changes(instrument, Speed.AT_ONCE);
                    case "depth5", "depth5@1000ms" -> new Top(instrument, 5, Speed.EACH_SECOND);
                    case "depth10", "depth10@1000ms" -> new Top(instrument, 10, Speed.EACH_SECOND);
                    case "depth20", "depth20@1000ms" -> new Top(instrument, 20, Speed.EACH_SECOND);
                    case "depth5@100ms" -> new Top(instrument, 5, Speed.AT_ONCE);
                    case "depth10@100ms" -> new Top(instrument, 10, Speed.AT_ONCE);
                    case "depth20@100ms" -> new Top(instrument, 20, Speed.AT_ONCE);
                    case "bookTicker" -> new Best(instrument);
                    case "ticker" -> new Day(instrument);
                    case "miniTicker" -> new MiniDay(instrument);
                    default -> candles(instrument, type);
                });
    }

    private static @Nullable Kind candles(Instrument instrument, String type) {
        for (Interval interval : Interval.values()) {
            if (interval != Interval.ONE_SECOND && type.equals("kline_" + interval.id())) {
                return new Candles(instrument, interval);
            }
        }
        return null;
    }
}
