package io.tapeline.exchange.fault;

import java.time.Duration;
import java.util.List;

/** A fault of the REST side (A.7; A.8 points 9 to 11). Counts requests. */
public sealed interface RestFault extends Fault {

    /** What becomes of a request that takes too long. */
    enum Outcome {
        /** The answer, late. */
        ANSWER,
        /** 504 with code -1007. */
        ERROR,
        /** Nothing, until the client goes. */
        NEVER
    }

    /**
     * Every request is answered 429 with {@code Retry-After}, as if another process behind the
     * address had used the weight up. Not the client's breach; asking before the time is.
     */
    record WeightLimit(Lasting lasting) implements RestFault {
        @Override
        public String name() {
            return "weight-limit";
        }
    }

    /**
     * Another process behind the address uses weight: the header tells, and the limit is nearer.
     *
     * @param weight taken from every address in the clock-aligned minute in which it begins
     */
    record WeightBurn(int weight) implements RestFault {
        public WeightBurn {
            Requirement.within("WeightBurn.weight", weight, 1, 10_000_000);
        }

        @Override
        public String name() {
            return "weight-burn";
        }
    }

    /** Every request is answered 418 with {@code Retry-After}. */
    record Ban(Lasting lasting) implements RestFault {
        @Override
        public String name() {
            return "ban";
        }
    }

    /**
     * 403 with a page of HTML, as a firewall answers.
     *
     * @param paths what follows {@code /api/v3/}
     */
    record Html403(NamePattern paths, Lasting lasting) implements RestFault {
        @Override
        public String name() {
            return "html-403";
        }
    }

    /**
     * A server's error.
     *
     * @param status 500 to 599
     * @param paths what follows {@code /api/v3/}
     */
    record ServerError(int status, NamePattern paths, Lasting lasting) implements RestFault {
        public ServerError {
            Requirement.within("ServerError.status", status, 500, 599);
        }

        @Override
        public String name() {
            return "server-error";
        }
    }

    /**
     * The answer takes too long.
     *
     * @param after how long it takes, where it comes at all
     * @param paths what follows {@code /api/v3/}
     */
    record Timeout(Duration after, Outcome outcome, NamePattern paths, Lasting lasting)
            implements RestFault {
        public Timeout {
            Requirement.positive("Timeout.after", after);
        }

        @Override
        public String name() {
            return "timeout";
        }
    }

    /**
     * {@code depth} answers with the book as it was when the fault began: older than the first
     * event of whoever subscribes after that (A.5 step 3). Counts answers for each symbol.
     */
    record StaleSnapshot(NamePattern symbols, Lasting lasting) implements RestFault {
        @Override
        public String name() {
            return "stale-snapshot";
        }
    }

    /** Those that scripts can ask for, in the order of the documentation. */
    static List<FaultKind> kinds() {
        return List.of(
                FaultKind.of(
                        "weight-limit",
                        "for count",
                        w -> new WeightLimit(w.lasting(Lasting.during(Duration.ofSeconds(10))))),
                FaultKind.of("weight-burn", "weight", w -> new WeightBurn(w.number("weight"))),
                FaultKind.of(
                        "ban",
                        "for",
                        w -> new Ban(w.lasting(Lasting.during(Duration.ofMinutes(2))))),
                FaultKind.of(
                        "html-403",
                        "path for count",
                        w -> new Html403(w.pattern("path"), w.lasting(Lasting.once()))),
                FaultKind.of(
                        "server-error",
                        "status path for count",
                        w ->
                                new ServerError(
                                        w.number("status", 503),
                                        w.pattern("path"),
                                        w.lasting(Lasting.once()))),
                FaultKind.of(
                        "timeout",
                        "after then path for count",
                        w ->
                                new Timeout(
                                        w.span("after", Duration.ofSeconds(10)),
                                        w.word(
                                                "then",
                                                RestFault.Outcome.class,
                                                RestFault.Outcome.ERROR),
                                        w.pattern("path"),
                                        w.lasting(Lasting.once()))),
                FaultKind.of(
                        "stale-snapshot",
                        "symbol for count",
                        w -> new StaleSnapshot(w.pattern("symbol"), w.lasting(Lasting.once()))));
    }
}
