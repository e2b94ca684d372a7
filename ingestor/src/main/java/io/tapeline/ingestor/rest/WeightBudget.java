package io.tapeline.ingestor.rest;

import java.time.Duration;
import java.time.Instant;

/**
 * Decides when a request may go, so that the exchange never has to refuse one (EXCHANGES.md A.6,
 * A.7). Its windows are fixed and begin with each minute of the exchange's clock. What has been
 * used is the exchange's own count as its answers tell it, which includes other processes behind
 * the same address, plus the requests that are under way. Pure but for its state; not thread-safe.
 *
 * <pre>
 *   minute 12:00            minute 12:01
 *   |---used---|under way|..|0 again..
 *                         ^ ceiling of the priority
 * </pre>
 */
final class WeightBudget {

    private static final long WINDOW_MILLIS = 60_000;

    /** The exchange's clock is told in seconds: differences below this mean nothing. */
    private static final long SKEW_IGNORED_MILLIS = 1_500;

    /** The rest of the old minute may still be counted this long after the new one has begun. */
    private static final long WINDOW_GUARD_MILLIS = 50;

    /** How long to keep still after a 429 without a Retry-After, beyond the minute's end. */
    private static final Duration REFUSED_DEFAULT = Duration.ofSeconds(60);

    /** The shortest ban there is (EXCHANGES.md A.7). */
    private static final Duration BANNED_DEFAULT = Duration.ofMinutes(2);

    /** May this request go? */
    sealed interface Decision {

        /** It counts as under way from now on. */
        record Go(Ticket ticket) implements Decision {}

        /** Not before this time; then ask again. */
        record Wait(Instant until) implements Decision {}
    }

    /** A request under way. */
    record Ticket(int weight, long window, long number) {}

    private final double share;
    private int limit;
    private long window = Long.MIN_VALUE;
    private int told;
    private int untold;
    private long untoldBefore;
    private int underWay;
    private long tickets;
    private long skewMillis;
    private Instant stillUntil = Instant.EPOCH;

    /**
     * @param limit weight a minute that the exchange allows an address
     * @param share of it that is used at most, above 0, at most 1
     */
    WeightBudget(int limit, double share) {
        if (!(share > 0 && share <= 1)) {
            throw new IllegalArgumentException(
                    "weight budget: share " + share + " is not above 0 and at most 1");
        }
        this.share = share;
        limit(limit);
    }

    /** The exchange says another limit (EXCHANGES.md A.6: read it, never hard-code it). */
    void limit(int weightPerMinute) {
        if (weightPerMinute < 1) {
            throw new IllegalArgumentException(
                    "weight budget: limit " + weightPerMinute + " is below 1");
        }
        limit = weightPerMinute;
    }

    /**
     * A request heavier than its priority's ceiling may go when nothing else was used, since it
     * could never go otherwise.
     */
    Decision ask(int weight, Priority priority, Instant now) {
        if (now.isBefore(stillUntil)) {
            return new Decision.Wait(stillUntil);
        }
        roll(now);
        int used = told + untold + underWay;
        int ceiling = (int) (limit * share * priority.ceiling());
        if (used + weight > ceiling && used > 0) {
            return new Decision.Wait(nextWindow());
        }
        underWay += weight;
        return new Decision.Go(new Ticket(weight, window, tickets++));
    }

    /**
     * An answer came.
     *
     * @param usedWeight the exchange's count after the request, or a negative number if the answer
     *     did not say
     * @param exchangeTime the answer's date; whole seconds
     */
    void answered(Ticket ticket, int usedWeight, Instant exchangeTime, Instant now) {
        long skew = exchangeTime.toEpochMilli() + 500 - now.toEpochMilli();
        skewMillis = Math.abs(skew) < SKEW_IGNORED_MILLIS ? 0 : skew;
        returned(ticket, usedWeight, windowOf(exchangeTime.toEpochMilli()), now);
    }

    /**
     * An answer without a date came: its count is of the window that it was sent and received in.
     */
    void answered(Ticket ticket, int usedWeight, Instant now) {
        roll(now);
        returned(ticket, usedWeight, ticket.window, now);
    }

    /**
     * Corrects the count, up or down. Within a window the exchange's count only grows, so that the
     * highest seen is the newest, in whatever order answers arrive. A count of a window that is
     * over says nothing of this one. What ended without a count is taken as counted until a request
     * that went later tells.
     */
    private void returned(Ticket ticket, int usedWeight, long countedWindow, Instant now) {
        roll(now);
        if (countedWindow > window) {
            // The exchange's minute began before ours did.
            startWindow(countedWindow);
        }
        underWay = Math.max(0, underWay - ticket.weight);
        if (usedWeight >= 0) {
            if (countedWindow == window) {
                told = Math.max(told, usedWeight);
                if (ticket.number >= untoldBefore) {
                    untold = 0;
                }
            }
        } else if (ticket.window == window) {
            withoutCount(ticket);
        }
    }

    private void withoutCount(Ticket ticket) {
        untold += ticket.weight;
        untoldBefore = tickets;
    }

    /** No answer came: the exchange may have counted it or not; it is taken as counted. */
    void unanswered(Ticket ticket, Instant now) {
        roll(now);
        underWay = Math.max(0, underWay - ticket.weight);
        if (ticket.window == window) {
            withoutCount(ticket);
        }
    }

    /** 429: nothing may go until its time is over (EXCHANGES.md A.7). */
    void refused(Duration retryAfter, Instant now) {
        still(retryAfter.isZero() ? REFUSED_DEFAULT : retryAfter, now);
    }

    /** 418: the address is banned (EXCHANGES.md A.7). */
    void banned(Duration retryAfter, Instant now) {
        still(retryAfter.isZero() ? BANNED_DEFAULT : retryAfter, now);
    }

    private void still(Duration wait, Instant now) {
        Instant until = now.plus(wait);
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
        roll(now);
        return told + untold + underWay;
    }

    private void roll(Instant now) {
        long current = windowOf(exchangeMillis(now) - WINDOW_GUARD_MILLIS);
        if (current > window) {
            startWindow(current);
        }
    }

    private void startWindow(long started) {
        window = started;
        told = 0;
        untold = 0;
    }

    private Instant nextWindow() {
        return Instant.ofEpochMilli(
                (window + 1) * WINDOW_MILLIS + WINDOW_GUARD_MILLIS - skewMillis);
    }

    private long exchangeMillis(Instant now) {
        return now.toEpochMilli() + skewMillis;
    }

    private static long windowOf(long exchangeMillis) {
        return Math.floorDiv(exchangeMillis, WINDOW_MILLIS);
    }
}
