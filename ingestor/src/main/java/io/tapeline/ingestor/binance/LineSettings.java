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
 * @param replaceAfter longest life of a connection, shorter than the exchange's 24 h (EXCHANGES.md
 *     A.2); each is replaced up to a tenth sooner
 * @param overlap how long two connections carry the same streams when one replaces the other,
 *     unless each stream that is active has come on the new one sooner
 */
public record LineSettings(
        URI base,
        List<StreamType> types,
        ExchangeTimeUnit unit,
        int streamsPerConnection,
        int streamsPerMessage,
        Duration messageSpacing,
        Duration answerWithin,
        Duration replaceAfter,
        Duration overlap) {

    private static final Duration SHORTEST_SPACING = Duration.ofMillis(250);

    private static final Duration LONGEST_LIFE = Duration.ofHours(24);

    public LineSettings {
        if (!replaceAfter.isPositive() || replaceAfter.compareTo(LONGEST_LIFE) >= 0) {
            throw new IllegalArgumentException(
                    "line settings: replaceAfter "
                            + replaceAfter
                            + " is not above 0 and below "
                            + LONGEST_LIFE);
        }
        if (overlap.isNegative()) {
            throw new IllegalArgumentException(
                    "line settings: overlap " + overlap + " is negative");
        }
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
