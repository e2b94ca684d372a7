package io.tapeline.ingestor.collect;

import io.tapeline.ingestor.binance.BinanceSpan;
import io.tapeline.ingestor.rest.RestRequest;
import io.tapeline.schemas.market.EpochMicros;
import io.tapeline.schemas.market.Instrument;
import io.tapeline.schemas.market.Interval;
import io.tapeline.schemas.raw.RawRecord;
import java.util.List;
import java.util.Optional;

/**
 * What is left to be fetched of one pair: one request's worth of the newest, or all from a time on.
 *
 * @param from open time of the next candle that is wanted, inclusive; empty for the newest
 * @param to open time of the last one, inclusive
 * @param failures in a row
 */
record Piece(
        Instrument pair,
        Interval interval,
        int limit,
        Optional<EpochMicros> from,
        Optional<EpochMicros> to,
        int failures) {

    RestRequest.Klines request() {
        return new RestRequest.Klines(pair.symbol(), interval, from, to, limit);
    }

    /** What is left after a page; empty if that was the last. A short page is the last. */
    Optional<Piece> after(List<RawRecord> page) {
        if (from.isEmpty() || to.isEmpty() || page.size() < limit) {
            return Optional.empty();
        }
        RawRecord newest = page.getLast();
        EpochMicros open =
                new EpochMicros(BinanceSpan.ofKlineElement(newest.unit()).first(newest.payload()));
        EpochMicros next = interval.next(open);
        return next.isAfter(to.get())
                ? Optional.empty()
                : Optional.of(new Piece(pair, interval, limit, Optional.of(next), to, 0));
    }

    Piece failed() {
        return new Piece(pair, interval, limit, from, to, failures + 1);
    }

    /** As if it had never failed. */
    Piece afresh() {
        return new Piece(pair, interval, limit, from, to, 0);
    }

    /** Requests that it takes if there is a candle for every interval. */
    long requests() {
        if (from.isEmpty() || to.isEmpty()) {
            return 1;
        }
        long length = interval.next(from.get()).value() - from.get().value();
        long candles = (to.get().value() - from.get().value()) / length + 1;
        return Math.ceilDiv(candles, limit);
    }

    long weight() {
        return requests() * request().weight();
    }
}
