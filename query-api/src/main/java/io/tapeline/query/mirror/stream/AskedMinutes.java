package io.tapeline.query.mirror.stream;

import io.tapeline.query.candles.AnsweredCandle;
import io.tapeline.query.candles.CandleAnswers;
import io.tapeline.query.candles.CandlePage;
import io.tapeline.query.candles.CandleRange;
import io.tapeline.query.guard.Caller;
import io.tapeline.query.history.CandlePart;
import io.tapeline.query.routing.Answer;
import io.tapeline.schemas.market.EpochMicros;
import io.tapeline.schemas.market.Instrument;
import io.tapeline.schemas.market.Interval;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * As the candles of REST come: from state, history and exchange. Whole hours as such and the rest
 * by the minute, so that a month is two questions.
 */
final class AskedMinutes implements EarlierMinutes {

    private static final Logger LOG = LoggerFactory.getLogger(AskedMinutes.class);
    private static final int MOST = 1_000;

    private final CandleAnswers candles;
    private final Supplier<Caller> anybody;

    /**
     * @param anybody on whose behalf is asked: a stream is made for all who listen
     */
    AskedMinutes(CandleAnswers candles, Supplier<Caller> anybody) {
        this.candles = candles;
        this.anybody = anybody;
    }

    @Override
    public void ask(
            Instrument instrument,
            Interval interval,
            EpochMicros from,
            EpochMicros to,
            Consumer<Optional<CandlePart>> told) {
        var _ =
                Thread.ofVirtual()
                        .name("mirror-minutes")
                        .start(() ->
                                anybody.get()
                                        .run(() ->
                                                told.accept(
                                                        asked(instrument, interval, from, to))));
    }

    private Optional<CandlePart> asked(
            Instrument instrument, Interval interval, EpochMicros from, EpochMicros to) {
        try {
            return sum(instrument, interval, from, to);
        } catch (RuntimeException e) {
            LOG.atWarn()
                    .setCause(e)
                    .addKeyValue("instrument", instrument)
                    .log("mirror: a candle's minutes cannot be asked for");
            return Optional.empty();
        }
    }

    private Optional<CandlePart> sum(
            Instrument instrument, Interval interval, EpochMicros from, EpochMicros to) {
        EpochMicros hour = Interval.ONE_HOUR.openTimeOf(to);
        EpochMicros minutesFrom = hour.isAfter(from) ? hour : from;
        Optional<CandlePart> hours =
                add(instrument, interval, Interval.ONE_HOUR, null, from, minutesFrom);
        if (hours.isEmpty() && minutesFrom.isAfter(from)) {
            return Optional.empty();
        }
        return add(instrument, interval, Interval.ONE_MINUTE, hours.orElse(null), minutesFrom, to);
    }

    /** Empty if one is missing; what was there before where there are none to add. */
    private Optional<CandlePart> add(
            Instrument instrument,
            Interval whole,
            Interval step,
            @Nullable CandlePart before,
            EpochMicros from,
            EpochMicros to) {
        CandlePart sum = before;
        EpochMicros next = from;
        while (to.isAfter(next)) {
            if (!(candles.ask(instrument, CandleRange.of(step, next, to, MOST))
                            instanceof Answer.Found<CandlePage>(CandlePage page))
                    || page.items().isEmpty()) {
                return Optional.empty();
            }
            for (AnsweredCandle item : page.items()) {
                if (!item.part().openTime().equals(next) || !item.complete() || !item.closed()) {
                    return Optional.empty();
                }
                CandlePart part = item.part().within(whole);
                sum = sum == null ? part : sum.plus(part);
                next = step.next(next);
            }
        }
        return Optional.ofNullable(sum);
    }
}
