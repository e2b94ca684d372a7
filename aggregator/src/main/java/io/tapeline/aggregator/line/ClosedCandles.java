package io.tapeline.aggregator.line;

import io.tapeline.schemas.market.EpochMicros;
import io.tapeline.schemas.market.Instrument;
import io.tapeline.schemas.market.Interval;
import java.util.HashMap;
import java.util.Iterator;
import java.util.Map;

/**
 * Which closed candles each line has not brought. When the first line brings the one that closes
 * next, all before it are due on every line that streams the series; a line that has brought none
 * for a day is taken to stream it no more.
 *
 * <p>For one thread. Holds a number for each line, instrument and interval.
 */
public final class ClosedCandles {

    private static final int RETIRED_AFTER = 1_440;

    private final Map<Series, Map<LineTally, Account>> accounts = new HashMap<>();

    private record Series(Instrument instrument, Interval interval) {}

    /** Up to where a line's candles are settled, brought or counted as missed. */
    private static final class Account {
        EpochMicros settled;
        int missedInARow;

        Account(EpochMicros settled) {
            this.settled = settled;
        }
    }

    /** A line brought the closed candle of an open time, the first time or again. */
    public void brought(
            LineTally line, Instrument instrument, Interval interval, EpochMicros openTime) {
        Map<LineTally, Account> ofSeries =
                accounts.computeIfAbsent(new Series(instrument, interval), each -> new HashMap<>());
        Account account = ofSeries.get(line);
        if (account == null) {
            ofSeries.put(line, new Account(openTime));
        } else {
            settle(line, account, interval, openTime);
            account.settled = openTime.isAfter(account.settled) ? openTime : account.settled;
            account.missedInARow = 0;
        }
        for (Iterator<Map.Entry<LineTally, Account>> others = ofSeries.entrySet().iterator();
                others.hasNext(); ) {
            Map.Entry<LineTally, Account> other = others.next();
            settle(other.getKey(), other.getValue(), interval, openTime);
            if (other.getValue().missedInARow >= RETIRED_AFTER) {
                others.remove();
            }
        }
    }

    /** Counts the candles before the given one that are not settled, a bounded number of them. */
    private static void settle(
            LineTally line, Account account, Interval interval, EpochMicros before) {
        EpochMicros next = interval.next(account.settled);
        while (before.isAfter(next) && account.missedInARow < RETIRED_AFTER) {
            line.count(LineFlow.MISSED);
            account.missedInARow++;
            account.settled = next;
            next = interval.next(next);
        }
    }
}
