package io.tapeline.query.mirror.stream;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * {@code tapeline.mirror.}: the exchange's WebSocket streams as they are served here.
 *
 * @param connections most that are open at the same time
 * @param queued most events that wait for one connection; one that reads slower is let go
 * @param drain longest that connections are told what waits for them when the server shuts down
 */
@ConfigurationProperties("tapeline.mirror")
record StreamSettings(
        @DefaultValue("1000") int connections,
        @DefaultValue("2000") int queued,
        @DefaultValue("2s") Duration drain) {

    StreamSettings {
        within("connections", connections, 1, 100_000);
        within("queued", queued, 10, 1_000_000);
        if (drain.isNegative()) {
            throw new IllegalArgumentException("tapeline.mirror.drain: " + drain + " is negative");
        }
    }

    private static void within(String name, long value, long least, long most) {
        if (value < least || value > most) {
            throw new IllegalArgumentException(
                    "tapeline.mirror." + name + ": " + value + " is not " + least + " to " + most);
        }
    }
}
