package io.tapeline.schemas.raw;

import io.tapeline.schemas.market.EpochMicros;
import io.tapeline.schemas.market.EpochNanos;
import io.tapeline.schemas.market.ExchangeTimeUnit;
import io.tapeline.schemas.market.Instrument;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * One event of an exchange, verbatim, with what the exchange's bytes do not say.
 *
 * @param payload the exchange's bytes; not copied, not to be changed
 * @param stream what it came by: the stream's name ({@code btcusdt@depth@100ms}), or for an answer
 *     of REST the request ({@code rest/depth?limit=5000}, {@code rest/klines?interval=1m}, {@code
 *     rest/ticker/24hr})
 * @param line which independent connection: {@code a}, {@code b}, ...
 * @param received when the last byte of the frame was read
 * @param unit of the payload's times
 */
public record RawRecord(
        Instrument instrument,
        byte[] payload,
        String stream,
        String line,
        EpochNanos received,
        ExchangeTimeUnit unit) {

    private static final String REST = "rest/";

    /** Furthest that an exchange's clock is believed to go before ours. */
    private static final Duration MOST_AHEAD = Duration.ofDays(1);

    public boolean isRest() {
        return stream.startsWith(REST);
    }

    /**
     * Whether it answers a request of that path.
     *
     * @param path for example {@code rest/depth}, without parameters
     */
    public boolean answers(String path) {
        return stream.startsWith(path)
                && (stream.length() == path.length() || stream.charAt(path.length()) == '?');
    }

    /** The value of a parameter of the request that it answers; null where it had none. */
    public @Nullable String parameter(String name) {
        int from = stream.indexOf('?') + 1;
        while (from > 0 && from < stream.length()) {
            int end = stream.indexOf('&', from);
            int to = end < 0 ? stream.length() : end;
            if (stream.startsWith(name, from)
                    && from + name.length() < to
                    && stream.charAt(from + name.length()) == '=') {
                return stream.substring(from + name.length() + 1, to);
            }
            from = to + 1;
        }
        return null;
    }

    /**
     * Whether it is an answer that is to be held against what is known, and never to replace it:
     * {@code rest/depth?limit=100&purpose=audit}.
     */
    public boolean isForAudit() {
        return isRest() && "audit".equals(parameter("purpose"));
    }

    /**
     * Whether it was asked for to complete the past, by a reader or a collection, and not because
     * the tape lacked it: {@code rest/klines?interval=1m&purpose=history}.
     */
    public boolean isForHistory() {
        return isRest() && "history".equals(parameter("purpose"));
    }

    /**
     * Whether the exchange may have told this time: it is no more than a day after the receipt. A
     * time in a unit other than the one it was read in is; believed, it would be the newest for
     * years.
     */
    public boolean mayTell(EpochMicros time) {
        // Receipts end in 2262: a day more is no overflow, a difference of any two times may be.
        return time.value() <= received.toMicros().value() + MOST_AHEAD.toNanos() / 1_000;
    }
}
