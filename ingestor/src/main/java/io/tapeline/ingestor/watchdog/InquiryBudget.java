package io.tapeline.ingestor.watchdog;

import java.time.Duration;

/**
 * The weight that questions may use, filled evenly over the minute. Trades of twenty instruments
 * weigh no more than of one (EXCHANGES.md A.6); they are counted as if they were asked together.
 */
final class InquiryBudget {

    private static final double MINUTE_NANOS = Duration.ofMinutes(1).toNanos();
    private static final double BOOK = 5;
    private static final double TRADES = 2;

    /** What one answer of the cheapest kind holds. */
    static final int TRADES_TOGETHER = 20;

    private final double perMinute;
    private double left;
    private long filledNanos;
    private boolean started;
    private int room;

    InquiryBudget(int weightPerMinute) {
        this.perMinute = weightPerMinute;
        this.left = Math.max(BOOK, perMinute / 4);
    }

    /** Another look begins: what is asked for in one look is asked together. */
    void at(long now) {
        if (started) {
            left =
                    Math.min(
                            Math.max(BOOK, perMinute / 4),
                            left + perMinute * (now - filledNanos) / MINUTE_NANOS);
        }
        started = true;
        filledNanos = now;
        room = 0;
    }

    boolean take(Question question) {
        return switch (question) {
            case Question.Book _ -> take(BOOK);
            case Question.Trades(var instruments) -> {
                if (instruments.size() > room) {
                    if (!take(TRADES)) {
                        yield false;
                    }
                    room += TRADES_TOGETHER;
                }
                room -= Math.min(room, instruments.size());
                yield true;
            }
        };
    }

    private boolean take(double weight) {
        if (left < weight) {
            return false;
        }
        left -= weight;
        return true;
    }
}
