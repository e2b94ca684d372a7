package io.tapeline.ingestor.resync;

import io.tapeline.ingestor.rest.RestRequest;
import java.time.Duration;

/**
 * What is asked for when streams have become subscribed.
 *
 * @param candles the newest so many are asked for, the open one included; 0 for none
 * @param delay how long snapshots and tickers wait: for the request of who needs the snapshot
 *     himself, and for further streams that one answer of tickers serves as well
 */
public record CatchUpSettings(int candles, Duration delay) {

    public CatchUpSettings {
        if (candles < 0 || candles > RestRequest.Klines.MOST) {
            throw new IllegalArgumentException(
                    "catch-up settings: candles " + candles + " is not 0 to 1000");
        }
        if (delay.isNegative()) {
            throw new IllegalArgumentException(
                    "catch-up settings: delay " + delay + " is negative");
        }
    }

    public static CatchUpSettings ofDefaults() {
        return new CatchUpSettings(500, Duration.ofSeconds(5));
    }
}
