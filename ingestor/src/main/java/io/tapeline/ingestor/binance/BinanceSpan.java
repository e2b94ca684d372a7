package io.tapeline.ingestor.binance;

import io.tapeline.ingestor.feed.EventKind;
import io.tapeline.ingestor.feed.EventSpan;
import io.tapeline.schemas.market.ExchangeTimeUnit;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Finds the number after a member's name near the beginning of a payload, where the exchange puts
 * ids and times (EXCHANGES.md A.4, A.6). No JSON is parsed: names that occur earlier within a
 * string are not expected there, and a wrong span is a wrong note in the ledger, nothing more: what
 * is too large to be an id or a time is 0, as if the payload did not say.
 */
public final class BinanceSpan implements EventSpan {

    /** A depth update names its ids, a candle its open time, before this. */
    private static final int WITHIN = 256;

    /** An answer of tickers names its close time before this. */
    private static final int WITHIN_TICKER = 1024;

    /** Of any unit; in microseconds, the year 2262. */
    private static final long LATEST_TIME = Long.MAX_VALUE / 1_000;

    private final byte[] firstName;
    private final byte[] lastName;
    private final int within;
    private final @Nullable ExchangeTimeUnit unit;

    private BinanceSpan(String firstName, String lastName, @Nullable ExchangeTimeUnit unit) {
        this(firstName, lastName, WITHIN, unit);
    }

    private BinanceSpan(
            String firstName, String lastName, int within, @Nullable ExchangeTimeUnit unit) {
        this.firstName = firstName.getBytes(StandardCharsets.US_ASCII);
        this.lastName = lastName.getBytes(StandardCharsets.US_ASCII);
        this.within = within;
        this.unit = unit;
    }

    /** Of a stream's events. */
    public static BinanceSpan ofStream(EventKind kind, ExchangeTimeUnit unit) {
        return switch (kind) {
            case DEPTH -> new BinanceSpan("\"U\":", "\"u\":", null);
            case KLINES -> new BinanceSpan("\"t\":", "\"t\":", unit);
            case TICKERS -> new BinanceSpan("\"E\":", "\"E\":", unit);
            // Nobody asks: a lost picture is in no ledger.
            case PICTURES -> ofSnapshot();
        };
    }

    /**
     * Of an event of candles or of full tickers: the id of the newest trade in it, 0 if it has none
     * (EXCHANGES.md A.4).
     */
    static BinanceSpan ofTrades() {
        return new BinanceSpan("\"L\":", "\"L\":", WITHIN_TICKER, null);
    }

    /** Of an element of a ticker/24hr answer: the id of the newest trade, 0 if it has none. */
    static BinanceSpan ofTickerTrades() {
        return new BinanceSpan("\"lastId\":", "\"lastId\":", WITHIN_TICKER, null);
    }

    /** Of a depth snapshot: its update id. */
    public static BinanceSpan ofSnapshot() {
        return new BinanceSpan("\"lastUpdateId\":", "\"lastUpdateId\":", null);
    }

    /** Of an element of a klines answer: {@code [openTime,...]}. */
    public static BinanceSpan ofKlineElement(ExchangeTimeUnit unit) {
        return new BinanceSpan("[", "[", unit);
    }

    /** Of an element of a ticker/24hr answer: its close time, which stands for an event time. */
    public static BinanceSpan ofTickerElement(ExchangeTimeUnit unit) {
        return new BinanceSpan("\"closeTime\":", "\"closeTime\":", WITHIN_TICKER, unit);
    }

    @Override
    public long first(byte[] payload) {
        return numberAfter(payload, firstName);
    }

    @Override
    public long last(byte[] payload) {
        return numberAfter(payload, lastName);
    }

    private long numberAfter(byte[] payload, byte[] name) {
        int end = Math.min(payload.length, within);
        // Every member begins with a quote: what tells them apart is the byte after it.
        int telling = name.length > 1 ? 1 : 0;
        for (int at = 0; at + name.length < end; at++) {
            if (payload[at + telling] == name[telling]
                    && Arrays.equals(payload, at, at + name.length, name, 0, name.length)) {
                long number = digits(payload, at + name.length, end);
                if (unit == null) {
                    return number;
                }
                return number > LATEST_TIME ? 0 : unit.toMicros(number).value();
            }
        }
        return 0;
    }

    private static long digits(byte[] payload, int from, int end) {
        long number = 0;
        for (int at = from; at < end && payload[at] >= '0' && payload[at] <= '9'; at++) {
            int digit = payload[at] - '0';
            if (number > (Long.MAX_VALUE - digit) / 10) {
                return 0;
            }
            number = number * 10 + digit;
        }
        return number;
    }
}
