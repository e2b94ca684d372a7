package io.tapeline.chaos.fault;

import io.tapeline.chaos.network.Link;
import io.tapeline.chaos.part.Member;
import java.time.Duration;
import java.util.List;

/** Something that goes wrong for a while, and ends. */
public sealed interface Fault {

    Kind kind();

    /** Two faults of one target do not go on at the same time. */
    String target();

    /** From its beginning to the moment in which its cause is gone. */
    Duration lasts();

    /**
     * By how much times of the exchange and times of receipt may be further apart while it goes on
     * than without it.
     */
    default Duration apart() {
        return Duration.ZERO;
    }

    record Kill(Member member, Duration lasts) implements Fault {
        @Override
        public Kind kind() {
            return Kind.KILL;
        }

        @Override
        public String target() {
            return member.words();
        }
    }

    record Freeze(Member member, Duration lasts) implements Fault {
        @Override
        public Kind kind() {
            return Kind.FREEZE;
        }

        @Override
        public String target() {
            return member.words();
        }

        @Override
        public Duration apart() {
            return lasts;
        }
    }

    record Restart(Member member, Duration lasts) implements Fault {
        @Override
        public Kind kind() {
            return Kind.RESTART;
        }

        @Override
        public String target() {
            return member.words();
        }
    }

    record FullDisk(Member member, Duration lasts) implements Fault {
        @Override
        public Kind kind() {
            return Kind.FULL_DISK;
        }

        @Override
        public String target() {
            return member.words();
        }
    }

    /**
     * @param latency of each direction
     * @param bytesPerSecond of each direction of each connection
     */
    record SlowLink(Link link, Duration lasts, Duration latency, int bytesPerSecond)
            implements Fault {
        @Override
        public Kind kind() {
            return Kind.SLOW_LINK;
        }

        @Override
        public String target() {
            return link.words();
        }

        @Override
        public Duration apart() {
            return lasts.plus(latency);
        }
    }

    record DarkLink(Link link, Duration lasts) implements Fault {
        @Override
        public Kind kind() {
            return Kind.DARK_LINK;
        }

        @Override
        public String target() {
            return link.words();
        }

        @Override
        public Duration apart() {
            return lasts;
        }
    }

    record CutLink(Link link) implements Fault {
        @Override
        public Kind kind() {
            return Kind.CUT_LINK;
        }

        @Override
        public String target() {
            return link.words();
        }

        @Override
        public Duration lasts() {
            return Duration.ZERO;
        }
    }

    /**
     * @param by negative: it falls behind
     */
    record ClockJump(Duration by, Duration lasts) implements Fault {
        @Override
        public Kind kind() {
            return Kind.CLOCK_JUMP;
        }

        @Override
        public String target() {
            return "exchange's clock " + (by.isNegative() ? "" : "+") + by.toMillis() + " ms";
        }

        @Override
        public Duration apart() {
            return by.abs();
        }
    }

    /**
     * @param script in the simulator's language
     */
    record ExchangeErrs(String name, List<String> script, Duration lasts) implements Fault {
        public ExchangeErrs {
            script = List.copyOf(script);
        }

        @Override
        public Kind kind() {
            return Kind.EXCHANGE;
        }

        @Override
        public String target() {
            return "exchange: " + name;
        }
    }
}
