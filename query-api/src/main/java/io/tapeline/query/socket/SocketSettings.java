package io.tapeline.query.socket;

import java.time.Duration;

/**
 * How connections are bounded.
 *
 * @param mostConnections at a time
 * @param mostMessageBytes that a client may send at once
 * @param messagesPerSecond that a client may send, pings included; twice as many at once
 * @param takesWithin a client that takes nothing for so long is let go
 * @param pingEvery a client that says nothing for so long, or by chance for up to a quarter less,
 *     is asked for a sign of life, and let go if it gives none within as long again
 */
public record SocketSettings(
        int mostConnections,
        int mostMessageBytes,
        int messagesPerSecond,
        Duration takesWithin,
        Duration pingEvery) {}
