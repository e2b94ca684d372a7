package io.tapeline.query.mirror.rest;

import io.tapeline.query.candles.AnsweredCandle;
import io.tapeline.query.candles.CandleAnswers;
import io.tapeline.query.candles.CandlePage;
import io.tapeline.query.candles.CandleRange;
import io.tapeline.query.history.CandlePart;
import io.tapeline.query.history.Order;
import io.tapeline.query.mirror.ExchangeJson;
import io.tapeline.query.routing.Answer;
import io.tapeline.query.through.Shortfall;
import io.tapeline.schemas.market.EpochMicros;
import io.tapeline.schemas.market.Interval;
import io.tapeline.schemas.proto.InstrumentInfo;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * {@code klines} and {@code uiKlines}: state, then history, then the exchange, by open time. The
 * exchange's clients take a page that is not full for the last one, so that a page is whole or is
 * refused: what was fetched for it is kept, and the next try gets further.
 */
final class Klines {

    private static final int USUAL = 500;
    private static final int MOST = 1_000;
    private static final Duration LONGEST = Duration.ofSeconds(10);
    private static final Duration SOON = Duration.ofSeconds(1);
    private static final long MICROS_OF_MINUTE = 60_000_000;

    /** Borders of these lie on midnights and the like, which depend on the zone. */
    private static final EpochMicros EPOCH = new EpochMicros(0);

    private static final Set<String> PARAMETERS =
            Set.of("symbol", "interval", "startTime", "endTime", "timeZone", "limit");

    private final Pairs pairs;
    private final CandleAnswers candles;
    private final LongSupplier nanoTime;

    Klines(Pairs pairs, CandleAnswers candles, LongSupplier nanoTime) {
        this.pairs = pairs;
        this.candles = candles;
        this.nanoTime = nanoTime;
    }

    List<Operation> operations() {
        return List.of(
                new Operation("klines", PARAMETERS, this::answer),
                new Operation("uiKlines", PARAMETERS, this::answer));
    }

    private void answer(Query query, ExchangeJson out, Reply reply) {
        String symbol = query.symbol();
        Interval interval = interval(query.required("interval"));
        EpochMicros start = query.time("startTime", CandleRange.NO_END);
        EpochMicros end = query.time("endTime", CandleRange.NO_END);
        requireSameBorders(interval, query.zoneMinutes());
        int limit = query.limit(USUAL, MOST);
        InstrumentInfo info = pairs.one(symbol);
        List<AnsweredCandle> rows =
                start != null && end != null && start.isAfter(end)
                        ? List.of()
                        : rows(info, range(interval, start, end, limit));
        reply.incomplete(rows.stream().filter(row -> !row.complete()).count());
        out.open('[');
        rows.forEach(row -> write(out, row.part()));
        out.close(']');
    }

    /** Tapeline keeps minutes: seconds cannot be had of them. */
    private static Interval interval(String text) {
        for (Interval interval : Interval.values()) {
            if (interval != Interval.ONE_SECOND && interval.id().equals(text)) {
                return interval;
            }
        }
        throw Refusal.interval();
    }

    /** Candles are rolled up at borders of UTC; other zones' are refused where they differ. */
    private static void requireSameBorders(Interval interval, int zoneMinutes) {
        EpochMicros shifted = new EpochMicros(Math.abs(zoneMinutes) * MICROS_OF_MINUTE);
        boolean same =
                switch (interval) {
                    case ONE_SECOND,
                            ONE_MINUTE,
                            THREE_MINUTES,
                            FIVE_MINUTES,
                            FIFTEEN_MINUTES,
                            THIRTY_MINUTES,
                            ONE_HOUR,
                            TWO_HOURS,
                            FOUR_HOURS,
                            SIX_HOURS,
                            EIGHT_HOURS,
                            TWELVE_HOURS,
                            ONE_DAY ->
                            interval.openTimeOf(shifted).equals(shifted);
                    case THREE_DAYS, ONE_WEEK, ONE_MONTH -> shifted.equals(EPOCH);
                };
        if (!same) {
            throw Refusal.data("timeZone");
        }
    }

    /** Both times are open times, both inclusive (A.6). */
    private static CandleRange range(
            Interval interval, @Nullable EpochMicros start, @Nullable EpochMicros end, int limit) {
        EpochMicros after = end == null ? null : new EpochMicros(end.value() + 1);
        return CandleRange.of(interval, start, after, limit);
    }

    private List<AnsweredCandle> rows(InstrumentInfo info, CandleRange range) {
        long begun = nanoTime.getAsLong();
        List<AnsweredCandle> rows = new ArrayList<>();
        CandleRange left = range;
        while (true) {
            CandlePage page = page(info, left);
            rows.addAll(left.order() == Order.OLDEST_FIRST ? rows.size() : 0, page.items());
            EpochMicros next = page.continueAt();
            Shortfall shortfall = page.shortfall();
            if (shortfall != null) {
                throw Refusal.unavailable(shortfall.why(), shortfall.retryAfter());
            }
            if (next == null || rows.size() >= range.limit()) {
                return rows;
            }
            if (nanoTime.getAsLong() - begun > LONGEST.toNanos()) {
                throw Refusal.unavailable("candles are being fetched from the exchange", SOON);
            }
            left =
                    new CandleRange(
                                    left.interval(),
                                    left.from(),
                                    left.to(),
                                    left.order(),
                                    range.limit() - rows.size())
                            .continuedAt(next);
        }
    }

    private CandlePage page(InstrumentInfo info, CandleRange range) {
        Answer<CandlePage> answer = candles.ask(Pairs.instrumentOf(info), range);
        return answer instanceof Answer.Unknown
                ? new CandlePage(List.of(), null, null)
                : State.found(answer);
    }

    /** Of twelve elements, the last one unused (A.6). */
    private static void write(ExchangeJson out, CandlePart part) {
        out.open('[').time(part.openTime());
        out.decimal(part.open().value()).decimal(part.high().value());
        out.decimal(part.low().value()).decimal(part.close().value());
        out.decimal(part.volume().value());
        out.time(lastMicro(part));
        out.decimal(part.quoteVolume().value()).number(part.trades());
        out.decimal(part.takerBuyVolume().value()).decimal(part.takerBuyQuoteVolume().value());
        out.text("0").close(']');
    }

    private static EpochMicros lastMicro(CandlePart part) {
        return new EpochMicros(part.interval().next(part.openTime()).value() - 1);
    }
}
