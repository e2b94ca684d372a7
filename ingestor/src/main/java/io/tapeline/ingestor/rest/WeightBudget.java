package io.tapeline.ingestor.rest;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * Decides when a request may go, so that the exchange never has to refuse one (EXCHANGES.md A.6,
 * A.7). Windows are the exchange's: they begin with each minute of its clock, as near as {@link
 * ExchangeClock} knows it. What has been used is the exchange's own count as its answers tell it,
 * which includes other processes behind the same address, plus what is under way. Pure but for its
 * state; not thread-safe.
 *
 * <pre>
 *   minute 12:00                          minute 12:01
 *   |---used---|under way|..|--reserve--| |0 again..
 *                           ^ ceiling of the most urgent: limit x share
 * </pre>
 *
 * <p>Why the reserve is enough for several processes that know nothing of each other. The count
 * that an answer tells lacks what others had under way. Let the true count cross the ceiling, and
 * take any process: its first request that is counted after the crossing brings back a count above
 * the ceiling, after which it sends nothing more in this window. What it can have counted after the
 * crossing is therefore what it has under way at one instant, just before that answer comes. That
 * is at most {@code (limit - limit x share) / 4}, or a single request. So four processes together
 * go beyond the ceiling by no more than the reserve, and stay within the limit, whatever the delays
 * of their answers. With a limit of 6,000 and a share of 0.8 the reserve is 1,200, and each has at
 * most 300 under way: one full snapshot (250), six of 1,000 levels, 150 requests for candles.
 */
final class WeightBudget {

    /** So many may share an address. */
    static final int PROCESSES = 4;

    /** A request that was given up may still reach the exchange this much later. */
    private static final Duration LINGERS = Duration.ofSeconds(5);

    /** May this request go? */
    sealed interface Decision {

        /** It counts as under way from now on. */
        record Go(Ticket ticket) implements Decision {}

        /** Not before this time; then ask again. */
        record Wait(Instant until) implements Decision {}

        /** Not before one of those under way has ended. */
        record Busy() implements Decision {}
    }

    /** A request under way. */
    record Ticket(int weight, Instant sent) {}

    private final double share;
    private final ExchangeClock clock = new ExchangeClock();
    private List<WindowUse> uses = List.of();
    private int weightUnderWay;
    private int requestsUnderWay;
    private Instant stillUntil = Instant.EPOCH;

    /**
     * @param share of each limit that is used at most, above 0, at most 1
     */
    WeightBudget(List<RateLimit> limits, double share) {
        if (!(share > 0 && share <= 1)) {
            throw new IllegalArgumentException(
                    "weight budget: share " + share + " is not above 0 and at most 1");
        }
        this.share = share;
        limits(limits);
    }

    /**
     * The exchange says other limits. What is known of the use of those that only change their
     * number stays known; limits that are not named any more are forgotten, unless none is named.
     */
    void limits(List<RateLimit> limits) {
        if (limits.isEmpty()) {
            return;
        }
        List<WindowUse> kept = new ArrayList<>();
        for (RateLimit limit : limits) {
            WindowUse use =
                    uses.stream()
                            .filter(known -> sameWindows(known.limit(), limit))
                            .findFirst()
                            .orElseGet(() -> new WindowUse(limit));
            use.limit(limit);
            kept.add(use);
        }
        uses = List.copyOf(kept);
    }

    private static boolean sameWindows(RateLimit one, RateLimit other) {
        return one.kind() == other.kind() && one.suffix().equals(other.suffix());
    }

    /**
     * A request heavier than its priority's ceiling may go when nothing else was used, since it
     * could never go otherwise.
     */
    Decision ask(int weight, Priority priority, Instant now) {
        if (now.isBefore(stillUntil)) {
            return new Decision.Wait(stillUntil);
        }
        if (requestsUnderWay > 0 && weightUnderWay + weight > mostUnderWay()) {
            return new Decision.Busy();
        }
        for (WindowUse use : uses) {
            RateLimit limit = use.limit();
            long from = limit.windowOf(clock.earliest(now));
            long to = limit.windowOf(clock.latest(now));
            use.keep(from - 1, to + 1);
            for (long window = from; window <= to; window++) {
                if (!hasRoom(use, window, weight, priority)) {
                    return new Decision.Wait(clock.certain((from + 1) * limit.windowMillis(), now));
                }
            }
        }
        weightUnderWay += weight;
        requestsUnderWay++;
        return new Decision.Go(new Ticket(weight, now));
    }

    /** With nothing under way a doubtful count is tried out by a single request. */
    private boolean hasRoom(WindowUse use, long window, int weight, Priority priority) {
        RateLimit limit = use.limit();
        int used =
                requestsUnderWay == 0
                        ? use.certainlyUsed(window)
                        : use.used(window) + underWay(limit);
        int ceiling = (int) (limit.limit() * share * priority.ceiling());
        return used == 0 || used + limit.kind().cost(weight) <= ceiling;
    }

    private int underWay(RateLimit limit) {
        return switch (limit.kind()) {
            case REQUEST_WEIGHT -> weightUnderWay;
            case RAW_REQUESTS -> requestsUnderWay;
        };
    }

    private int mostUnderWay() {
        int limit = weightLimit();
        return (limit - (int) (limit * share)) / PROCESSES;
    }

    /** The lowest limit of weight. */
    int weightLimit() {
        return uses.stream()
                .map(WindowUse::limit)
                .filter(limit -> limit.kind() == RateLimit.Kind.REQUEST_WEIGHT)
                .mapToInt(RateLimit::limit)
                .min()
                .orElse(Integer.MAX_VALUE);
    }

    /** An answer came, whatever it says. */
    void answered(Ticket ticket, AnswerHeaders headers, Instant now) {
        ended(ticket);
        headers.date().ifPresent(date -> set(date, ticket, now));
        for (WindowUse use : uses) {
            RateLimit limit = use.limit();
            long to =
                    limit.windowOf(
                            headers.date().map(Instant::toEpochMilli).orElse(clock.latest(now)));
            long from = Math.min(to, limit.windowOf(clock.earliest(ticket.sent)));
            int told = headers.used(limit);
            if (told >= 0) {
                use.counted(told, from, to, ticket.sent, now);
            } else {
                use.uncounted(limit.kind().cost(ticket.weight), from, to);
            }
        }
    }

    private void set(Instant date, Ticket ticket, Instant now) {
        if (!clock.dated(date, ticket.sent, now)) {
            for (WindowUse use : uses) {
                RateLimit limit = use.limit();
                use.restart(limit.windowOf(clock.earliest(now)), limit.windowOf(clock.latest(now)));
            }
        }
    }

    /** No answer came: the exchange may have counted it or not; it is taken as counted. */
    void unanswered(Ticket ticket, Instant now) {
        ended(ticket);
        for (WindowUse use : uses) {
            RateLimit limit = use.limit();
            use.uncounted(
                    limit.kind().cost(ticket.weight),
                    limit.windowOf(clock.earliest(ticket.sent)),
                    limit.windowOf(clock.latest(now.plus(LINGERS))));
        }
    }

    /** It never reached the exchange. */
    void unsent(Ticket ticket) {
        ended(ticket);
    }

    private void ended(Ticket ticket) {
        weightUnderWay -= ticket.weight;
        requestsUnderWay--;
    }

    /** Nothing may go before this time (EXCHANGES.md A.7); an earlier one changes nothing. */
    void keepStill(Instant until) {
        if (until.isAfter(stillUntil)) {
            stillUntil = until;
        }
    }

    /** Nothing may go before; in the past if nothing forbids it. */
    Instant stillUntil() {
        return stillUntil;
    }

    /** What the exchange is taken to have counted in the current minute, and what is under way. */
    int used(Instant now) {
        return uses.stream()
                .filter(use -> use.limit().kind() == RateLimit.Kind.REQUEST_WEIGHT)
                .mapToInt(
                        use -> use.used(use.limit().windowOf(clock.earliest(now))) + weightUnderWay)
                .max()
                .orElse(0);
    }

    /** How far the exchange's clock is ahead of ours, in milliseconds. */
    long clockAheadMillis() {
        return clock.aheadMillis();
    }

    /** The exchange's time, as near as it is known. */
    Instant exchangeTime(Instant now) {
        return clock.estimate(now);
    }
}
