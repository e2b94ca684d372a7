package io.tapeline.query.through;

import io.tapeline.schemas.market.EpochMicros;
import io.tapeline.schemas.market.Instrument;

/** One request's worth of the exchange's minutes; what is asked for twice is fetched once. */
public sealed interface Ask {

    /** Candles of one request: it weighs the same whether it brings one or all. */
    int MINUTES = 1_000;

    /** What a request costs of the exchange's weight. */
    int WEIGHT = 2;

    Instrument instrument();

    /**
     * The first {@value #MINUTES} that there are from a minute on. It is the beginning of a block,
     * a multiple of {@value #MINUTES} minutes since the epoch, so that questions for overlapping
     * ranges ask for the same.
     */
    record From(Instrument instrument, EpochMicros minute) implements Ask {

        public From {
            if (minute.value() % (MINUTES * MinuteSpan.MINUTE_US) != 0) {
                throw new IllegalArgumentException(
                        "ask: " + minute + " is not the beginning of a block");
            }
        }

        /** For the block that contains the minute. */
        public static From blockOf(Instrument instrument, EpochMicros minute) {
            long block = MINUTES * MinuteSpan.MINUTE_US;
            return new From(
                    instrument, new EpochMicros(Math.floorDiv(minute.value(), block) * block));
        }
    }

    /**
     * The last {@value #MINUTES} that there are before a minute.
     *
     * @param end exclusive
     */
    record Before(Instrument instrument, EpochMicros end) implements Ask {}
}
