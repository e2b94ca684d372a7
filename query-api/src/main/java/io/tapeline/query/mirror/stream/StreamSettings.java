package io.tapeline.query.mirror.stream;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * {@code tapeline.mirror.}: the exchange's WebSocket streams as they are served here. How many
 * connections there may be is {@code tapeline.socket.connections}.
 *
 * @param queued most events that wait for one connection; one that reads slower is let go
 * @param drain longest that connections are told what waits for them when the server shuts down
 */
@ConfigurationProperties("tapeline.mirror")
record StreamSettings(@DefaultValue("2000") int queued, @DefaultValue("2s") Duration drain) {

    StreamSettings {
        if (queued < 10 || queued > 1_000_000) {
            throw new IllegalArgumentException(
                    "tapeline.mirror.queued: " + queued + " is not 10 to 1000000");
        }
        if (drain.isNegative()) {
            throw new IllegalArgumentException("tapeline.mirror.drain: " + drain + " is negative");
        }
    }
}
