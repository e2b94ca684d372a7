package io.tapeline.query.candles;

import static io.tapeline.query.history.Minutes.BTC;
import static io.tapeline.query.history.Minutes.at;
import static io.tapeline.query.history.Minutes.plusMinutes;
import static org.assertj.core.api.Assertions.assertThat;

import io.tapeline.query.history.CandlePart;
import io.tapeline.query.history.Minutes;
import io.tapeline.query.history.Order;
import io.tapeline.query.routing.Answer;
import io.tapeline.query.through.ExchangeCandles.Reply;
import io.tapeline.query.through.ListedExchange;
import io.tapeline.query.through.ReadThrough;
import io.tapeline.query.through.SetClock;
import io.tapeline.query.through.Shortfall;
import io.tapeline.query.through.ThroughLimits;
import io.tapeline.schemas.market.Candle;
import io.tapeline.schemas.market.EpochMicros;
import io.tapeline.schemas.market.Interval;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** Pages out of state, history and exchange, beside all minutes rolled up at once. */
final class WholePagesTest {

    private static final ThroughLimits LIMITS =
            new ThroughLimits(Duration.ofSeconds(20), ThroughLimits.LEAST_MINUTES, 4);
    private static final EpochMicros LISTED = at("2024-06-03T11:17:00Z");
    private static final int ALL = 9_000;

    /** The pair is not traded any more. */
    private static final EpochMicros NOW = plusMinutes(LISTED, ALL + 60_000);

    private final SetClock clock = new SetClock(NOW.toInstant());

    private record Walk(List<AnsweredCandle> items, int pages) {
        List<CandlePart> parts() {
            return items.stream().map(AnsweredCandle::part).toList();
        }
    }

    /** All pages of a question, oldest first. */
    private static Walk walk(CandleAnswers answers, CandleRange first) {
        List<AnsweredCandle> items = new ArrayList<>();
        int pages = 0;
        for (CandleRange next = first; next != null; pages++) {
            CandlePage page = ((Answer.Found<CandlePage>) answers.ask(BTC, next)).value();
            assertThat(page.shortfall()).isNull();
            assertThat(page.items().size()).isLessThanOrEqualTo(first.limit());
            items.addAll(first.order() == Order.OLDEST_FIRST ? items.size() : 0, page.items());
            EpochMicros at = page.continueAt();
            next = at == null ? null : next.continuedAt(at);
        }
        return new Walk(items, pages);
    }

    private CandleAnswers answers(
            List<Candle> recorded, List<Candle> held, ListedExchange exchange) {
        return new CandleAnswers(
                _ -> held.isEmpty() ? new Answer.Unknown<>() : new Answer.Found<>(held),
                new ListedHistory(recorded),
                new ReadThrough(_ -> true, exchange, LIMITS, clock));
    }

    private static List<Candle> withHoles(List<Candle> minutes, Random random) {
        List<Candle> left = new ArrayList<>(minutes);
        for (int hole = random.nextInt(4); hole > 0; hole--) {
            int from = random.nextInt(left.size());
            left.subList(from, Math.min(left.size(), from + 1 + random.nextInt(300))).clear();
        }
        return left;
    }

    @Test
    void whateverIsHeldThePagesAreThoseOfAllMinutesAndTheSecondTimeNobodyIsAsked() {
        long seed = System.nanoTime();
        System.out.println("seed " + seed);
        Random random = new Random(seed);
        for (int round = 0; round < 60; round++) {
            List<Candle> real = withHoles(Minutes.random(random, BTC, LISTED, ALL), random);
            boolean live = random.nextBoolean();
            List<Candle> held =
                    live
                            ? real.subList(real.size() - 1 - random.nextInt(500), real.size())
                            : List.of();
            List<Candle> recorded = new ArrayList<>();
            int part = random.nextInt(4);
            for (Candle minute : real) {
                if (random.nextInt(4) < part) {
                    recorded.add(minute);
                }
            }
            ListedExchange exchange = new ListedExchange(real);
            List<Interval> intervals =
                    List.of(
                            Interval.ONE_MINUTE,
                            Interval.FIFTEEN_MINUTES,
                            Interval.ONE_HOUR,
                            Interval.ONE_DAY,
                            Interval.ONE_WEEK,
                            Interval.ONE_MONTH);
            Interval interval = intervals.get(random.nextInt(intervals.size()));
            EpochMicros from =
                    random.nextInt(3) == 0
                            ? null
                            : random.nextInt(3) == 0
                                    ? new EpochMicros(0)
                                    : plusMinutes(LISTED, random.nextInt(ALL));
            EpochMicros to =
                    random.nextInt(3) == 0 && !(from == null && !live)
                            ? null
                            : plusMinutes(LISTED, 8_000 + random.nextInt(900));
            if (!live && to == null) {
                to = plusMinutes(LISTED, ALL);
            }
            if (from != null && to != null && !to.isAfter(from)) {
                continue;
            }
            int limit = 40 + random.nextInt(961);
            CandleRange range = CandleRange.of(interval, from, to, limit);
            if (range.from().compareTo(range.to()) >= 0) {
                continue;
            }
            List<CandlePart> expected = expected(real, range);
            List<Candle> history = new ArrayList<>(recorded);
            CandleAnswers answers = answers(history, held, exchange);

            assertThat(walk(answers, range).parts())
                    .as("seed %d, round %d, %s, live %s", seed, round, range, live)
                    .isEqualTo(expected);

            TreeMap<EpochMicros, Candle> kept = new TreeMap<>();
            history.forEach(minute -> kept.put(minute.openTime(), minute));
            exchange.told().forEach(minute -> kept.putIfAbsent(minute.openTime(), minute));
            history.clear();
            history.addAll(kept.values());
            history.sort(Comparator.comparing(Candle::openTime));
            clock.advance(Duration.ofMinutes(2));
            int asked = exchange.asked().size();
            Walk again = walk(answers, range);
            assertThat(again.parts()).isEqualTo(expected);
            assertThat(again.items()).allMatch(item -> item.complete());
            assertThat(again.items()).noneMatch(item -> item.origin() == CandleOrigin.EXCHANGE);
            assertThat(exchange.asked().subList(asked, exchange.asked().size()))
                    .as("seed %d, round %d, %s, live %s", seed, round, range, live)
                    .isEmpty();
        }
    }

    private static List<CandlePart> expected(List<Candle> real, CandleRange range) {
        return Minutes.rollUp(real, range.interval()).stream()
                .filter(part -> range.contains(part.openTime()))
                .toList();
    }

    @Test
    void theNewestCandlesOfAPairThatNobodyStreamsCostOneRequest() {
        List<Candle> real = Minutes.random(new Random(1), BTC, LISTED, ALL);
        ListedExchange exchange = new ListedExchange(real);
        CandleAnswers answers = answers(List.of(), List.of(), exchange);
        CandleRange range = CandleRange.of(Interval.ONE_MINUTE, null, null, 500);
        CandlePage page = ((Answer.Found<CandlePage>) answers.ask(BTC, range)).value();
        assertThat(page.items())
                .extracting(AnsweredCandle::part)
                .isEqualTo(Minutes.rollUp(real.subList(ALL - 500, ALL), Interval.ONE_MINUTE));
        assertThat(page.items())
                .extracting(AnsweredCandle::origin)
                .containsOnly(CandleOrigin.EXCHANGE);
        assertThat(exchange.asked()).hasSize(1);
    }

    @Test
    void allSinceTheBeginningBeginsAtTheListing() {
        List<Candle> real = Minutes.random(new Random(1), BTC, LISTED, ALL);
        ListedExchange exchange = new ListedExchange(real);
        CandleAnswers answers = answers(List.of(), List.of(), exchange);
        CandleRange range = CandleRange.of(Interval.ONE_MINUTE, new EpochMicros(0), null, 500);
        CandlePage page = ((Answer.Found<CandlePage>) answers.ask(BTC, range)).value();
        assertThat(page.items())
                .extracting(AnsweredCandle::part)
                .isEqualTo(Minutes.rollUp(real.subList(0, 500), Interval.ONE_MINUTE));
        assertThat(exchange.asked()).hasSize(1);
    }

    @Test
    void whatThePageNeedsBeyondTheBoundIsLeftToTheNextPage() {
        EpochMicros begin = at("2024-01-01T00:00:00Z");
        List<Candle> real = new ArrayList<>();
        for (int day = 0; day < 70; day++) {
            real.addAll(Minutes.random(new Random(day), BTC, plusMinutes(begin, day * 1_440L), 60));
        }
        SetClock later = new SetClock(plusMinutes(begin, 80 * 1_440).toInstant());
        ListedExchange exchange = new ListedExchange(real);
        CandleAnswers answers =
                new CandleAnswers(
                        _ -> new Answer.Unknown<>(),
                        new ListedHistory(List.of()),
                        new ReadThrough(_ -> true, exchange, LIMITS, later));
        CandleRange range = CandleRange.of(Interval.ONE_DAY, begin, null, 60);
        CandlePage page = ((Answer.Found<CandlePage>) answers.ask(BTC, range)).value();
        assertThat(page.items()).hasSize(31);
        assertThat(page.continueAt()).isEqualTo(at("2024-02-01T00:00:00Z"));
        assertThat(walk(answers, range).parts()).isEqualTo(Minutes.rollUp(real, Interval.ONE_DAY));
    }

    @Test
    void whereTheExchangeCannotBeAskedWhatIsHeldIsToldAndWhyItIsNotAll() {
        List<Candle> real = Minutes.random(new Random(1), BTC, LISTED, ALL);
        ListedExchange exchange = new ListedExchange(real);
        Shortfall away = new Shortfall("no ingestor answers", Duration.ofSeconds(5));
        exchange.answers(() -> new Reply.NotNow(away));
        CandleAnswers answers = answers(real.subList(100, 200), List.of(), exchange);

        CandleRange range = CandleRange.of(Interval.ONE_HOUR, LISTED, plusMinutes(LISTED, 360), 10);
        CandlePage page = ((Answer.Found<CandlePage>) answers.ask(BTC, range)).value();
        assertThat(page.shortfall()).isEqualTo(away);
        assertThat(page.items())
                .extracting(AnsweredCandle::part)
                .isEqualTo(Minutes.rollUp(real.subList(100, 200), Interval.ONE_HOUR));
        assertThat(page.items())
                .extracting(AnsweredCandle::complete)
                .containsExactly(false, true, false);

        CandleRange nothing =
                CandleRange.of(Interval.ONE_HOUR, plusMinutes(LISTED, 3_000), null, 10);
        assertThat(answers.ask(BTC, nothing))
                .isEqualTo(new Answer.NotReady<>(away.why(), away.retryAfter()));
    }

    @Test
    void ofAPairThatTheExchangeDoesNotHaveAnyMoreWhatIsHeldIsTold() {
        List<Candle> real = Minutes.random(new Random(1), BTC, LISTED, 300);
        ListedExchange exchange = new ListedExchange(List.of());
        exchange.answers(() -> new Reply.NoSuch());
        CandleAnswers answers = answers(real, List.of(), exchange);
        CandleRange range = CandleRange.of(Interval.ONE_HOUR, null, null, 10);
        for (int i = 0; i < 3; i++) {
            CandlePage page = ((Answer.Found<CandlePage>) answers.ask(BTC, range)).value();
            assertThat(page.items())
                    .extracting(AnsweredCandle::part)
                    .isEqualTo(Minutes.rollUp(real, Interval.ONE_HOUR));
            assertThat(page.shortfall()).isNull();
            clock.advance(Duration.ofMinutes(2));
        }
        assertThat(exchange.asked()).hasSize(1);
    }
}
