package io.tapeline.ingestor.watchdog;

import java.util.OptionalLong;

/**
 * What can be seen of one stream on one connection.
 *
 * @param subject the instrument, or whatever else falls silent as a whole
 * @param confirmedNanos when it was subscribed, of {@link System#nanoTime}; another time is another
 *     subscription
 * @param count of its events on this connection, growing
 */
public record Sight(
        String line,
        String connection,
        String stream,
        String subject,
        Question question,
        long confirmedNanos,
        long count,
        Newest newest) {

    /** The newest id that the stream itself has brought, in the terms of its question. */
    @FunctionalInterface
    public interface Newest {

        /** Empty if no event says it. Read only where it is needed. */
        OptionalLong id();
    }
}
