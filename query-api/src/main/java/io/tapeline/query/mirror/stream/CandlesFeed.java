package io.tapeline.query.mirror.stream;

import io.tapeline.query.follow.LiveEvent;
import io.tapeline.query.history.CandlePart;
import io.tapeline.schemas.market.Candle;
import io.tapeline.schemas.market.EpochMicros;
import io.tapeline.schemas.market.Instrument;
import io.tapeline.schemas.market.Interval;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Candles: the open one as it grows with its minutes, and the closed one. Those longer than a
 * minute are summed up of all their minutes: nothing is told while one of them is missing. Never an
 * older one again.
 */
final class CandlesFeed extends Feed {

    /** Seconds between two questions for minutes that were missing. */
    private static final int ASK_AGAIN = 10;

    private static final EpochMicros NEVER = new EpochMicros(-1);

    private final Instrument instrument;
    private final Interval interval;
    private final EarlierMinutes earlier;
    private EpochMicros open = NEVER;
    private @Nullable Candle last;

    /** The minutes from {@code open} to the last one, without it; null where there are none. */
    private @Nullable CandlePart before;

    private boolean isWhole;
    private int secondsUntilAsking;

    CandlesFeed(String name, StreamName.Candles kind, EarlierMinutes earlier) {
        super(name);
        this.instrument = kind.instrument();
        this.interval = kind.interval();
        this.earlier = earlier;
    }

    @Override
    synchronized void on(LiveEvent event) {
        if (event instanceof LiveEvent.CandleChange(Candle candle)
                && candle.interval() == Interval.ONE_MINUTE) {
            take(candle);
        }
    }

    private void take(Candle minute) {
        Candle previous = last;
        if (previous != null && previous.openTime().isAfter(minute.openTime())) {
            if (minute.openTime().compareTo(open) >= 0 && interval != Interval.ONE_MINUTE) {
                askAnew(); // one that was missing has come
            }
            return;
        }
        last = minute;
        EpochMicros opens = interval.openTimeOf(minute.openTime());
        if (!opens.equals(open)) {
            open = opens;
            before = null;
            isWhole = minute.openTime().equals(opens);
            secondsUntilAsking = 0;
        } else if (previous != null && minute.openTime().isAfter(previous.openTime())) {
            isWhole &=
                    previous.closed()
                            && Interval.ONE_MINUTE
                                    .next(previous.openTime())
                                    .equals(minute.openTime());
            CandlePart part = CandlePart.of(previous, interval);
            before = !isWhole ? null : before == null ? part : before.plus(part);
        }
        if (isWhole) {
            tell(minute);
        } else if (secondsUntilAsking == 0) {
            askAnew();
        }
    }

    private void tell(Candle minute) {
        CandlePart part = CandlePart.of(minute, interval);
        CandlePart sum = before == null ? part : before.plus(part);
        EpochMicros eventTime = minute.eventTime();
        publish(out -> Payloads.candle(out, sum, eventTime));
    }

    private void askAnew() {
        Candle minute = last;
        isWhole = false;
        before = null;
        if (minute != null && secondsUntilAsking == 0) {
            secondsUntilAsking = ASK_AGAIN;
            EpochMicros from = open;
            EpochMicros to = minute.openTime();
            earlier.ask(instrument, interval, from, to, sum -> told(from, to, sum));
        }
    }

    private synchronized void told(EpochMicros from, EpochMicros to, Optional<CandlePart> sum) {
        Candle minute = last;
        if (minute == null || isWhole || !open.equals(from) || !minute.openTime().equals(to)) {
            secondsUntilAsking = 0;
        } else if (sum.isPresent()) {
            before = sum.get();
            isWhole = true;
            secondsUntilAsking = 0;
            tell(minute);
        }
    }

    @Override
    synchronized void tick() {
        if (secondsUntilAsking > 0) {
            secondsUntilAsking--;
        }
    }
}
