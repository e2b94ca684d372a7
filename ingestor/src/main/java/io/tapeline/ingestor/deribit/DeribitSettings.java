package io.tapeline.ingestor.deribit;

import io.tapeline.schemas.market.Instrument;
import io.tapeline.schemas.market.Venue;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * What is taken from Deribit, and how.
 *
 * @param wsUrl whole address of the socket
 * @param restUrl base to which {@code /public/get_index_price} is appended; empty: no poll
 * @param indices names of price indices, such as {@code btc_usd}
 * @param lines names of the independent lines, a connection each
 * @param heartbeat how often the venue is told to send one; in whole seconds, at least ten. Three
 *     that stay away end the connection
 * @param answerWithin how long the venue may take to answer a request
 * @param stalledAfter how long an index may bring nothing before it is subscribed anew, and after
 *     that before the connection is given up
 * @param askAgainEvery how often channels are asked for that the venue left out or refused
 * @param maxMessageBytes of a WebSocket message
 */
public record DeribitSettings(
        URI wsUrl,
        Optional<URI> restUrl,
        List<String> indices,
        List<String> lines,
        Duration heartbeat,
        Duration answerWithin,
        Duration stalledAfter,
        Duration askAgainEvery,
        int maxMessageBytes) {

    /** The venue allows an address 32 (EXCHANGES.md B); half is left to others there. */
    private static final int MOST_LINES = 16;

    /** A poll of all takes half of the credits that come back in that time. */
    private static final int MOST_INDICES = 200;

    private static final Duration SHORTEST_HEARTBEAT = Duration.ofSeconds(10);

    public DeribitSettings {
        indices = List.copyOf(indices);
        lines = List.copyOf(lines);
        if (indices.isEmpty()
                || indices.size() > MOST_INDICES
                || indices.stream().distinct().count() != indices.size()) {
            throw new IllegalArgumentException(
                    "tapeline.deribit.indices: "
                            + indices
                            + " is empty, names one twice, or more than "
                            + MOST_INDICES);
        }
        for (String index : indices) {
            // Goes into a request's text and an address as it is.
            if (!index.matches("[A-Za-z0-9_.-]{1,64}")) {
                throw new IllegalArgumentException(
                        "tapeline.deribit.indices: \""
                                + index
                                + "\" is not an index's name, such as btc_usd");
            }
        }
        if (lines.isEmpty()
                || lines.size() > MOST_LINES
                || lines.stream().anyMatch(String::isBlank)
                || lines.stream().distinct().count() != lines.size()) {
            throw new IllegalArgumentException(
                    "tapeline.ingestor.lines: "
                            + lines
                            + " is empty, names one twice, or more than "
                            + MOST_LINES
                            + ", which is what Deribit is asked for");
        }
        if (heartbeat.compareTo(SHORTEST_HEARTBEAT) < 0 || heartbeat.toNanosPart() != 0) {
            throw new IllegalArgumentException(
                    "tapeline.deribit.heartbeat: "
                            + heartbeat
                            + " is below "
                            + SHORTEST_HEARTBEAT
                            + " or not in whole seconds");
        }
        positive("answer-within", answerWithin);
        positive("stalled-after", stalledAfter);
        positive("ask-again-every", askAgainEvery);
    }

    /** As it is meant to run. */
    public static DeribitSettings ofDefaults(
            URI wsUrl, Optional<URI> restUrl, List<String> indices, List<String> lines) {
        return new DeribitSettings(
                wsUrl,
                restUrl,
                indices,
                lines,
                SHORTEST_HEARTBEAT,
                Duration.ofSeconds(10),
                Duration.ofSeconds(30),
                Duration.ofMinutes(5),
                1 << 20);
    }

    public DeribitSettings withStalledAfter(Duration other) {
        return new DeribitSettings(
                wsUrl,
                restUrl,
                indices,
                lines,
                heartbeat,
                answerWithin,
                other,
                askAgainEvery,
                maxMessageBytes);
    }

    public List<Instrument> instruments() {
        return indices.stream().map(index -> new Instrument(Venue.DERIBIT, index)).toList();
    }

    /** Three heartbeats that stay away: the connection is dead. */
    public Duration silence() {
        return heartbeat.multipliedBy(3);
    }

    private static void positive(String setting, Duration value) {
        if (!value.isPositive()) {
            throw new IllegalArgumentException(
                    "tapeline.deribit." + setting + ": " + value + " is not positive");
        }
    }
}
