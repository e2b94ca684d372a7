package io.tapeline.ingestor.binance;

import io.tapeline.schemas.market.ExchangeTimeUnit;
import java.net.URI;
import java.time.Duration;
import java.util.List;

/**
 * How a line connects and what it subscribes.
 *
 * @param base of the WebSocket address; {@code /stream} is appended
 * @param streamsPerConnection at most the exchange's 1024 (EXCHANGES.md A.2)
 * @param streamsPerMessage most streams in one control message
 * @param messageSpacing shortest time between two control messages; at least 250 ms, which leaves
 *     room for a pong within the exchange's five messages a second
 */
public record LineSettings(
        URI base,
        List<StreamType> types,
        ExchangeTimeUnit unit,
        int streamsPerConnection,
        int streamsPerMessage,
        Duration messageSpacing,
        Duration answerWithin) {

    private static final Duration SHORTEST_SPACING = Duration.ofMillis(250);

    public LineSettings {
        if (messageSpacing.compareTo(SHORTEST_SPACING) < 0) {
            throw new IllegalArgumentException(
                    "line settings: messageSpacing "
                            + messageSpacing
                            + " is below "
                            + SHORTEST_SPACING);
        }
        if (streamsPerMessage < 1) {
            throw new IllegalArgumentException(
                    "line settings: streamsPerMessage " + streamsPerMessage + " is below 1");
        }
        if (types.isEmpty()) {
            throw new IllegalArgumentException("line settings: types is empty");
        }
        types = List.copyOf(types);
    }

    /** Bare, since long addresses fail (EXCHANGES.md A.3); streams are subscribed. */
    URI address() {
        return switch (unit) {
            case MILLISECONDS -> URI.create(base + "/stream");
            case MICROSECONDS -> URI.create(base + "/stream?timeUnit=MICROSECOND");
        };
    }

    Subscriptions subscriptions() {
        return new Subscriptions(streamsPerMessage, messageSpacing, answerWithin);
    }
}
