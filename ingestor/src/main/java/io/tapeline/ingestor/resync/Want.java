package io.tapeline.ingestor.resync;

import io.tapeline.schemas.market.EpochMicros;
import io.tapeline.schemas.market.Instrument;
import io.tapeline.schemas.market.Interval;
import io.tapeline.schemas.proto.ResyncRequest;

/** Something that the aggregator lacks. */
sealed interface Want {

    Instrument instrument();

    /**
     * A snapshot of the book.
     *
     * @param afterUpdateId one that is older is of no use
     */
    record Snapshot(Instrument instrument, long afterUpdateId) implements Want {}

    /**
     * A look at the book, which is held against it: the best hundred levels a side, at the least of
     * weights.
     */
    record Look(Instrument instrument) implements Want {}

    /**
     * Candles.
     *
     * @param from open time of the first, inclusive
     * @param to open time of the last, inclusive
     */
    record Candles(Instrument instrument, Interval interval, EpochMicros from, EpochMicros to)
            implements Want {

        public Candles {
            if (from.isAfter(to)) {
                throw new IllegalArgumentException(
                        "candles of " + instrument + ": from " + from + " is after to " + to);
            }
        }
    }

    /**
     * @throws IllegalArgumentException naming what is wrong with it
     */
    static Want of(ResyncRequest request) {
        Instrument instrument = Instrument.parse(request.getInstrument());
        return switch (request.getKind()) {
            case RESYNC_KIND_DEPTH_SNAPSHOT -> new Snapshot(instrument, request.getAfterUpdateId());
            case RESYNC_KIND_DEPTH_AUDIT -> new Look(instrument);
            case RESYNC_KIND_KLINES ->
                    new Candles(
                            instrument,
                            Interval.of(request.getInterval()),
                            new EpochMicros(request.getFromUs()),
                            new EpochMicros(request.getToUs()));
            case RESYNC_KIND_TICKERS, RESYNC_KIND_UNSPECIFIED, UNRECOGNIZED ->
                    throw new IllegalArgumentException(
                            "resync request for "
                                    + request.getInstrument()
                                    + ": kind "
                                    + request.getKindValue()
                                    + " cannot be served");
        };
    }
}
