package io.tapeline.ingestor.binance;

import io.tapeline.ingestor.share.Interruption;
import java.time.Duration;
import java.util.List;

/** What a slot wants done, or known. Sessions are numbers that no other attempt of it has. */
sealed interface SlotAction {

    record Connect(long session) implements SlotAction {}

    record Send(long session, String message) implements SlotAction {}

    record Close(long session) implements SlotAction {}

    /** To be called again then, in nanoseconds of {@link System#nanoTime}. */
    record WakeAt(long nanos) implements SlotAction {}

    /** The exchange has confirmed these on this session. */
    record Confirmed(long session, List<String> streams) implements SlotAction {}

    /** These are carried again, or for the first time. */
    record Carried(List<String> streams, Interruption after) implements SlotAction {}

    /** What there is to log and to count; nothing is to be done. */
    sealed interface Note extends SlotAction {

        record Opened(long session) implements Note {}

        record Lost(String reason, int failures, Duration retryAfter) implements Note {}

        record Postponed(Duration by) implements Note {}

        /** The exchange refused the attempt; nobody of this process asks before that time. */
        record ConnectRefused(int status, Duration pause) implements Note {}

        record Unanswered(long session, long id) implements Note {}

        /**
         * @param streams those that were refused by themselves and are asked for again later; empty
         *     if the message is to be split
         */
        record SubscriptionRefused(ControlAnswer.Refused answer, List<String> streams)
                implements Note {}

        record ReplacementBegun(String why) implements Note {}

        record Replaced(String why) implements Note {}

        record ReplacementFailed(String why, String reason) implements Note {}

        record Resubscribing(List<String> streams) implements Note {}

        /** The exchange accepted these and does not list them; they are asked for again. */
        record LeftOut(List<String> streams) implements Note {}
    }
}
