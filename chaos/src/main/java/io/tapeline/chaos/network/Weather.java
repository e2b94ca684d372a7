package io.tapeline.chaos.network;

import java.time.Duration;

/**
 * How a wire carries.
 *
 * @param latency of each direction
 * @param bytesPerSecond of each direction of each connection; 0: no bound
 * @param dark nothing arrives, and nobody is told
 */
public record Weather(Duration latency, int bytesPerSecond, boolean dark) {

    public static final Weather FAIR = new Weather(Duration.ZERO, 0, false);
    public static final Weather DARK = new Weather(Duration.ZERO, 0, true);

    public Weather {
        if (latency.isNegative()) {
            throw new IllegalArgumentException(
                    "Weather.latency must not be negative, was " + latency);
        }
        if (bytesPerSecond < 0) {
            throw new IllegalArgumentException(
                    "Weather.bytesPerSecond must not be negative, was " + bytesPerSecond);
        }
    }

    public static Weather slow(Duration latency, int bytesPerSecond) {
        return new Weather(latency, bytesPerSecond, false);
    }
}
