package io.tapeline.ingestor.share;

import io.tapeline.ingestor.feed.EventKind;
import io.tapeline.schemas.market.Instrument;
import io.tapeline.schemas.market.Interval;
import java.util.Optional;

/**
 * What a stream brings of an instrument, whatever line carries it, and would be missed.
 *
 * @param interval of candles, and only of them
 */
public record StreamKey(Instrument instrument, EventKind kind, Optional<Interval> interval) {

    public StreamKey {
        if (interval.isPresent() != (kind == EventKind.KLINES)) {
            throw new IllegalArgumentException(
                    "stream of " + instrument + ": interval " + interval + " with " + kind);
        }
        if (kind == EventKind.PICTURES) {
            throw new IllegalArgumentException(
                    "stream of " + instrument + ": " + kind + " are not missed");
        }
    }
}
