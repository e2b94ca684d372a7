package io.tapeline.ingestor.collect;

import io.tapeline.ingestor.rest.RestRequest;
import io.tapeline.schemas.market.EpochMicros;
import io.tapeline.schemas.market.Instrument;
import io.tapeline.schemas.market.Interval;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** What a bulk job is to fetch. */
public sealed interface Order {

    /** More are no mistake that an exchange's list can explain. */
    int MOST_PAIRS = 10_000;

    /** Ten years of minutes and some. */
    long MOST_CANDLES = 6_000_000;

    Interval interval();

    /** The pieces, each to be fetched page by page. */
    List<Piece> pieces();

    /**
     * The newest candles of pairs, the open ones included.
     *
     * @param limit candles a pair, 1 to 1000
     */
    record Newest(Interval interval, int limit, Set<Instrument> pairs) implements Order {

        public Newest {
            if (limit < 1 || limit > RestRequest.Klines.MOST) {
                throw new IllegalArgumentException(
                        "limit: " + limit + " is not 1 to " + RestRequest.Klines.MOST);
            }
            if (pairs.isEmpty() || pairs.size() > MOST_PAIRS) {
                throw new IllegalArgumentException(
                        "symbols: " + pairs.size() + " are not 1 to " + MOST_PAIRS);
            }
            pairs = Collections.unmodifiableSet(new LinkedHashSet<>(pairs));
        }

        @Override
        public List<Piece> pieces() {
            return pairs.stream()
                    .map(pair ->
                            new Piece(pair, interval, limit, Optional.empty(), Optional.empty(), 0))
                    .toList();
        }
    }

    /**
     * All candles of one pair between two times.
     *
     * @param from open time of the first, inclusive
     * @param to open time of the last, inclusive
     */
    record Range(Instrument pair, Interval interval, EpochMicros from, EpochMicros to)
            implements Order {

        public Range {
            if (from.isAfter(to)) {
                throw new IllegalArgumentException("from: " + from + " is after to " + to);
            }
            from = interval.openTimeOf(from);
            to = interval.openTimeOf(to);
            long candles = candles(interval, from, to);
            if (candles > MOST_CANDLES) {
                throw new IllegalArgumentException(
                        "from, to: " + candles + " candles are more than " + MOST_CANDLES);
            }
        }

        @Override
        public List<Piece> pieces() {
            return List.of(
                    new Piece(
                            pair,
                            interval,
                            RestRequest.Klines.MOST,
                            Optional.of(from),
                            Optional.of(to),
                            0));
        }

        /** A month has no fixed length: some more than there are. */
        private static long candles(Interval interval, EpochMicros from, EpochMicros to) {
            long length = interval.next(from).value() - from.value();
            return (to.value() - from.value()) / length + 1;
        }
    }
}
