package io.tapeline.exchange;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/** Where a simulated exchange has its market from. */
public sealed interface Source {

    /**
     * A made-up market. The same numbers and the same start give the same market.
     *
     * @param pairs how many pairs, 1 to 20,000
     * @param eventsPerSecond orders and cancellations a second, of all pairs together; each makes
     *     one to some ten frames
     * @param bookLevels how many levels a side the busiest pair's book holds; the others hold fewer
     * @param nonAsciiSymbol whether the last pair's name has letters beyond ASCII
     * @param history how long before the start the pairs were listed; candles begin there
     */
    record Synthetic(
            int pairs,
            long seed,
            int eventsPerSecond,
            int bookLevels,
            boolean nonAsciiSymbol,
            Duration history)
            implements Source {

        public Synthetic {
            require("pairs", pairs, 1, 20_000);
            require("eventsPerSecond", eventsPerSecond, 1, 1_000_000);
            require("bookLevels", bookLevels, 20, 20_000);
            if (history.isNegative()) {
                throw new IllegalArgumentException(
                        "Synthetic.history must not be negative, was " + history);
            }
        }

        private static void require(String field, int value, int least, int most) {
            if (value < least || value > most) {
                throw new IllegalArgumentException(
                        "Synthetic."
                                + field
                                + " must be "
                                + least
                                + " to "
                                + most
                                + ", was "
                                + value);
            }
        }

        /** A lively market of twenty pairs with a month behind it. */
        public static Synthetic demo() {
            return new Synthetic(20, 1, 600, 1_000, false, Duration.ofDays(30));
        }

        public Synthetic withPairs(int newPairs) {
            return new Synthetic(
                    newPairs, seed, eventsPerSecond, bookLevels, nonAsciiSymbol, history);
        }

        public Synthetic withSeed(long newSeed) {
            return new Synthetic(
                    pairs, newSeed, eventsPerSecond, bookLevels, nonAsciiSymbol, history);
        }

        public Synthetic withEventsPerSecond(int newEventsPerSecond) {
            return new Synthetic(
                    pairs, seed, newEventsPerSecond, bookLevels, nonAsciiSymbol, history);
        }

        public Synthetic withBookLevels(int newBookLevels) {
            return new Synthetic(
                    pairs, seed, eventsPerSecond, newBookLevels, nonAsciiSymbol, history);
        }

        public Synthetic withNonAsciiSymbol() {
            return new Synthetic(pairs, seed, eventsPerSecond, bookLevels, true, history);
        }

        public Synthetic withHistory(Duration newHistory) {
            return new Synthetic(
                    pairs, seed, eventsPerSecond, bookLevels, nonAsciiSymbol, newHistory);
        }
    }

    /**
     * Recordings of the real exchange: lines of {@code <receive ns> <raw text>}, plain or gzip, of
     * any number of symbols, merged by their times.
     *
     * @param speed how many times faster than they were recorded; positive infinity for as fast as
     *     the clients take it
     * @param waitForClient whether to begin only after somebody has subscribed
     * @param settle how long nobody must have subscribed before the beginning, once somebody has
     */
    record Replay(List<Path> files, double speed, boolean waitForClient, Duration settle)
            implements Source {

        public Replay {
            files = List.copyOf(files);
            if (files.isEmpty()) {
                throw new IllegalArgumentException("Replay.files must name at least one file");
            }
            if (!(speed > 0)) {
                throw new IllegalArgumentException("Replay.speed must be positive, was " + speed);
            }
            if (settle.isNegative()) {
                throw new IllegalArgumentException(
                        "Replay.settle must not be negative, was " + settle);
            }
        }

        /** The files at the speed at which they were recorded, once a client is there. */
        public static Replay of(Path... files) {
            return new Replay(List.of(files), 1, true, Duration.ofSeconds(1));
        }

        public Replay withSpeed(double newSpeed) {
            return new Replay(files, newSpeed, waitForClient, settle);
        }

        /** As fast as the clients take it. */
        public Replay atFullSpeed() {
            return withSpeed(Double.POSITIVE_INFINITY);
        }

        public Replay withSettle(Duration newSettle) {
            return new Replay(files, speed, waitForClient, newSettle);
        }

        public Replay withoutWaiting() {
            return new Replay(files, speed, false, settle);
        }
    }
}
