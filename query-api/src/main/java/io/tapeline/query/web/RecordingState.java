package io.tapeline.query.web;

import io.tapeline.query.consume.Readers;
import io.tapeline.query.record.RecordingCounts;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * How recording does, in one word.
 *
 * @param state {@code RECORDING}, {@code WAITING} for the broker, {@code FAILING} to write and
 *     trying again, {@code FAILED} until an operator helps
 */
public record RecordingState(String state, @Nullable String why, @Nullable Instant since) {

    public static RecordingState of(Readers readers, RecordingCounts counts) {
        RecordingCounts.Trouble trouble = counts.trouble();
        if (trouble != null) {
            return new RecordingState("FAILING", trouble.why(), trouble.since());
        }
        return switch (readers.state()) {
            case Readers.State.Reading _ -> new RecordingState("RECORDING", null, null);
            case Readers.State.Waiting(String why) -> new RecordingState("WAITING", why, null);
            case Readers.State.Failed(String why) -> new RecordingState("FAILED", why, null);
            case Readers.State.Closed _ -> new RecordingState("FAILED", "closed", null);
        };
    }

    public boolean isWell() {
        return state.equals("RECORDING");
    }
}
