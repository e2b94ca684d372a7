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
     * @param trading how many of them trade, at most all; the others are in {@code BREAK}
     * @param nonAsciiSymbols how many, the last of those that trade, have names with letters beyond
     *     ASCII; 0 to 3
     * @param eventsPerSecond orders and cancellations a second, of all pairs together; each makes
     *     one to some ten frames
     * @param bookLevels how many levels a side the busiest pair's book holds; the others hold fewer
     * @param history how long before the start the pairs were listed; candles begin there
     */
    record Synthetic(
            int pairs,
            int trading,
            int nonAsciiSymbols,
            long seed,
            int eventsPerSecond,
            int bookLevels,
            Duration history)
            implements Source {

        private static final int MOST_NON_ASCII = 3;

        public Synthetic {
            require("pairs", pairs, 1, 20_000);
            require("trading", trading, 1, pairs);
            require("nonAsciiSymbols", nonAsciiSymbols, 0, Math.min(trading, MOST_NON_ASCII));
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
            return new Synthetic(20, 20, 0, 1, 600, 1_000, Duration.ofDays(30));
        }

        /**
         * As many pairs as the real exchange has: 2,200, of which 1,500 trade, a few with names
         * beyond ASCII, and a month behind it.
         */
        public static Synthetic wholeMarket(int eventsPerSecond) {
            return new Synthetic(2_200, 1_500, 3, 1, eventsPerSecond, 1_000, Duration.ofDays(30));
        }

        /** So many pairs, all of which trade. */
        public Synthetic withPairs(int newPairs) {
            return new Synthetic(
                    newPairs,
                    newPairs,
                    nonAsciiSymbols,
                    seed,
                    eventsPerSecond,
                    bookLevels,
                    history);
        }

        /** So many of the pairs trade; the others are in {@code BREAK}. */
        public Synthetic withTrading(int newTrading) {
            return new Synthetic(
                    pairs, newTrading, nonAsciiSymbols, seed, eventsPerSecond, bookLevels, history);
        }

        public Synthetic withSeed(long newSeed) {
            return new Synthetic(
                    pairs, trading, nonAsciiSymbols, newSeed, eventsPerSecond, bookLevels, history);
        }

        public Synthetic withEventsPerSecond(int newEventsPerSecond) {
            return new Synthetic(
                    pairs, trading, nonAsciiSymbols, seed, newEventsPerSecond, bookLevels, history);
        }

        public Synthetic withBookLevels(int newBookLevels) {
            return new Synthetic(
                    pairs, trading, nonAsciiSymbols, seed, eventsPerSecond, newBookLevels, history);
        }

        /** The last pair's name has letters beyond ASCII. */
        public Synthetic withNonAsciiSymbol() {
            return new Synthetic(pairs, trading, 1, seed, eventsPerSecond, bookLevels, history);
        }

        public Synthetic withHistory(Duration newHistory) {
            return new Synthetic(
                    pairs, trading, nonAsciiSymbols, seed, eventsPerSecond, bookLevels, newHistory);
        }
    }

    /**
     * Recordings of the real exchange: lines of {@code <receive ns> <raw text>}, plain, gzip or
     * zstd, of any number of symbols, merged by their times.
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
