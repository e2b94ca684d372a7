package io.tapeline.query.web;

import io.swagger.v3.oas.annotations.media.Schema;
import io.tapeline.schemas.market.Decimal;
import io.tapeline.schemas.market.EpochMicros;
import io.tapeline.schemas.proto.Trust;
import java.time.Clock;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** How far an answer out of live state may be believed, in the words of the API. */
final class Trusted {

    /** What the word means, for the document. */
    static final String STATES =
            "LIVE; RESYNCING: something is missing and is being fetched, this is the last known"
                    + " data; STALE: a standby answered, no event has come yet since the state was"
                    + " restored, what came while it changed hands is not in yet, or the aggregator"
                    + " has not heard from Kafka for too long to know what is newer";

    private static final String LIVE = "LIVE";

    private Trusted() {}

    /** Where an answer's newest part lies in the raw topics, and whether a standby gave it. */
    @Schema(name = "Source", description = "The newest record in the answer.")
    public record Source(
            @Schema(example = "tapeline.raw.depth") String topic,
            int partition,
            long offset,
            @Schema(description = "Answered by a standby replica, which may be behind.")
                    boolean standby) {}

    static Source source(Trust trust) {
        return new Source(
                trust.getTopic(), trust.getPartition(), trust.getOffset(), trust.getStandby());
    }

    /** The aggregator's word, except that a standby's answer is never called live. */
    static String state(Trust trust) {
        return trust.getStandby() && trust.getState().equals(LIVE) ? "STALE" : trust.getState();
    }

    /** Null where there was no event yet. */
    static @Nullable Instant time(long eventTimeUs) {
        return eventTimeUs == 0 ? null : new EpochMicros(eventTimeUs).toInstant();
    }

    /** Never below 0, however the clocks differ; null where there was no event yet. */
    static @Nullable Long ageMs(long eventTimeUs, Clock clock) {
        return ageMs(eventTimeUs, clock.millis());
    }

    /** Likewise, at a time of the epoch. */
    static @Nullable Long ageMs(long eventTimeUs, long nowMs) {
        return eventTimeUs == 0
                ? null
                : Math.max(0, nowMs - new EpochMicros(eventTimeUs).toMillis());
    }

    /** Plain text without trailing zeros: one value is one text, wherever it was kept. */
    static String text(Decimal value) {
        return value.normalized().toString();
    }
}
