package io.tapeline.ingestor.watchdog;

import java.time.Duration;

/**
 * When silence is suspicious.
 *
 * @param lookEvery how often the streams are looked at; no silence is measured finer
 * @param multiple of a stream's longest usual silence: longer puts it in doubt
 * @param floor shortest silence that puts a stream in doubt
 * @param ceiling longest time that a silent stream is left without being asked about
 * @param firstWithin how long a newly subscribed stream may be without its first event
 * @param grace how long an event that is known to exist may still be on its way
 * @param share of a connection's lively streams, above 0, at most 1: so many silent at the same
 *     time are the connection's fault
 * @param weightPerMinute most of the exchange's weight that questions may use
 */
public record WatchdogSettings(
        Duration lookEvery,
        int multiple,
        Duration floor,
        Duration ceiling,
        Duration firstWithin,
        Duration grace,
        double share,
        int weightPerMinute) {

    /** A book's weight: with less, none could ever be asked for. */
    static final int LEAST_WEIGHT = 5;

    public WatchdogSettings {
        positive("lookEvery", lookEvery);
        positive("floor", floor);
        positive("firstWithin", firstWithin);
        positive("grace", grace);
        if (ceiling.compareTo(floor) < 0 || ceiling.compareTo(firstWithin) < 0) {
            throw new IllegalArgumentException(
                    "watchdog settings: ceiling "
                            + ceiling
                            + " is below floor "
                            + floor
                            + " or firstWithin "
                            + firstWithin);
        }
        if (multiple < 1) {
            throw new IllegalArgumentException(
                    "watchdog settings: multiple " + multiple + " is below 1");
        }
        if (!(share > 0 && share <= 1)) {
            throw new IllegalArgumentException(
                    "watchdog settings: share " + share + " is not above 0 and at most 1");
        }
        if (weightPerMinute < LEAST_WEIGHT) {
            throw new IllegalArgumentException(
                    "watchdog settings: weightPerMinute "
                            + weightPerMinute
                            + " is below "
                            + LEAST_WEIGHT);
        }
    }

    /** For the real exchange. */
    public static WatchdogSettings ofDefaults() {
        return new WatchdogSettings(
                Duration.ofSeconds(1),
                4,
                Duration.ofSeconds(10),
                Duration.ofMinutes(10),
                Duration.ofSeconds(30),
                Duration.ofSeconds(3),
                0.5,
                120);
    }

    private static void positive(String field, Duration value) {
        if (!value.isPositive()) {
            throw new IllegalArgumentException(
                    "watchdog settings: " + field + " " + value + " is not positive");
        }
    }
}
