package io.tapeline.ingestor.feed;

import io.tapeline.schemas.market.Venue;

/**
 * How one way to a venue's data stands: a line of sockets, or a poll.
 *
 * @param line the line's name; {@code rest} for a poll
 * @param open connections that are open; for a poll 1 while its requests are answered, else 0
 * @param wanted streams, or instruments for a poll
 * @param arriving of those wanted, the ones that are subscribed, or that the newest answers held
 * @param newestNanos when the newest message or answer was received, nanoseconds since the epoch; 0
 *     if there was none
 */
public record SourceState(
        Venue venue, String line, int open, int wanted, int arriving, long newestNanos) {

    /** The name of what is not streamed but asked for. */
    public static final String REST = "rest";

    public boolean isPoll() {
        return line.equals(REST);
    }

    public Phase phase() {
        if (open == 0 && (wanted > 0 || arriving > 0)) {
            return Phase.DOWN;
        }
        return wanted > 0 && arriving == wanted ? Phase.STREAMING : Phase.CONNECTING;
    }

    /** What it comes to. */
    public enum Phase {
        /** All that is wanted arrives. */
        STREAMING,
        /** Some of it does not, or nothing is wanted. */
        CONNECTING,
        /** Nothing is open, or answered. */
        DOWN
    }
}
