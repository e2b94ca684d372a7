package io.tapeline.schemas.raw;

import io.tapeline.schemas.market.EpochNanos;
import io.tapeline.schemas.market.ExchangeTimeUnit;
import io.tapeline.schemas.market.Instrument;

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

    public boolean isRest() {
        return stream.startsWith(REST);
    }
}
