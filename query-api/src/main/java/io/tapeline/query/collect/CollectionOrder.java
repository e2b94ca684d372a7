package io.tapeline.query.collect;

import io.tapeline.query.through.Ask;
import io.tapeline.query.through.MinuteSpan;
import io.tapeline.schemas.market.EpochMicros;
import io.tapeline.schemas.market.Instrument;
import io.tapeline.schemas.market.Interval;
import io.tapeline.schemas.market.Venue;
import io.tapeline.schemas.proto.CollectionRecord;
import java.util.List;

/**
 * What is to be collected: the newest candles of pairs, up to a time that is set when the order is
 * given, so that it means the same after a restart.
 *
 * @param limit candles a pair
 * @param symbols each once
 * @param span the minutes of those candles: the history keeps minutes, and rolls them up
 */
public record CollectionOrder(
        Venue venue, Interval interval, int limit, List<String> symbols, MinuteSpan span) {

    public static final int MOST_CANDLES = 1_000;
    public static final int MOST_SYMBOLS = 10_000;

    public CollectionOrder {
        if (limit < 1 || limit > MOST_CANDLES) {
            throw new IllegalArgumentException(
                    "collection order: limit " + limit + " is not 1 to " + MOST_CANDLES);
        }
        if (symbols.isEmpty() || symbols.size() > MOST_SYMBOLS) {
            throw new IllegalArgumentException(
                    "collection order: symbols "
                            + symbols.size()
                            + " are not 1 to "
                            + MOST_SYMBOLS);
        }
        symbols = List.copyOf(symbols);
    }

    /**
     * @param until the end of the minutes that are closed, exclusive
     */
    public static CollectionOrder newest(
            Venue venue, Interval interval, int limit, List<String> symbols, EpochMicros until) {
        EpochMicros from = interval.openTimeOf(new EpochMicros(until.value() - 1));
        for (int i = 1; i < limit && from.value() > 0; i++) {
            from = interval.openTimeOf(new EpochMicros(from.value() - 1));
        }
        EpochMicros first = from.value() < 0 ? new EpochMicros(0) : from;
        return new CollectionOrder(venue, interval, limit, symbols, new MinuteSpan(first, until));
    }

    static CollectionOrder of(CollectionRecord record) {
        return new CollectionOrder(
                Venue.of(record.getVenue()),
                Interval.of(record.getInterval()),
                record.getLimit(),
                record.getSymbolsList(),
                new MinuteSpan(
                        new EpochMicros(record.getFromUs()), new EpochMicros(record.getToUs())));
    }

    /** As the runner's first word on it. */
    CollectionRecord begun(String id, String runner, EpochMicros now) {
        return CollectionRecord.newBuilder()
                .setId(id)
                .setState(Progress.RUNNING)
                .setVenue(venue.id())
                .setInterval(interval.id())
                .setLimit(limit)
                .addAllSymbols(symbols)
                .setFromUs(span.from().value())
                .setToUs(span.to().value())
                .setStartedUs(now.value())
                .setRunner(runner)
                .setBeatUs(now.value())
                .build();
    }

    Instrument pair(int index) {
        return new Instrument(venue, symbols.get(index));
    }

    /** Requests that it takes where the history holds nothing of it. */
    public long requests() {
        return requests(span, symbols.size());
    }

    private static long requests(MinuteSpan span, int pairs) {
        return Math.ceilDiv(span.minutes(), (long) Ask.MINUTES) * pairs;
    }

    /** Of the exchange, likewise. */
    public long weight() {
        return requests() * Ask.WEIGHT;
    }
}
