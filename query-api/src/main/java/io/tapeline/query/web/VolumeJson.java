package io.tapeline.query.web;

import io.swagger.v3.oas.annotations.media.Schema;
import io.tapeline.schemas.proto.VolumeAnswer;
import java.time.Clock;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** What rests on one side of a book. */
@Schema(name = "Volume", description = "What rests at the prices asked about.")
public record VolumeJson(
        @Schema(example = "12.5", description = "Sum of the quantities.") String volume,
        @Schema(example = "773191.9", description = "Sum of price x quantity.") String total,
        @Schema(example = "31") int levels,
        @Schema(description = "false: some of the prices lie outside of what is known of the book")
                boolean complete,
        @Schema(example = "LIVE", description = Trusted.STATES) String state,
        long updateId,
        @Nullable Instant eventTime,
        @Nullable Long ageMs,
        Trusted.Source source) {

    static VolumeJson of(VolumeAnswer answer, Clock clock) {
        var trust = answer.getTrust();
        return new VolumeJson(
                answer.getVolume(),
                answer.getTotal(),
                answer.getLevels(),
                answer.getComplete(),
                Trusted.state(trust),
                trust.getUpdateId(),
                Trusted.time(trust.getEventTimeUs()),
                Trusted.ageMs(trust.getEventTimeUs(), clock),
                Trusted.source(trust));
    }
}
