package io.tapeline.query.mirror.stream;

import static org.assertj.core.api.Assertions.assertThat;

import io.tapeline.query.candles.CandleAnswers;
import io.tapeline.query.candles.ListedHistory;
import io.tapeline.query.follow.LiveEvent;
import io.tapeline.query.guard.Caller;
import io.tapeline.query.history.CandlePart;
import io.tapeline.query.history.Minutes;
import io.tapeline.query.mirror.TimeUnitAsked;
import io.tapeline.query.routing.Answer;
import io.tapeline.query.through.ListedExchange;
import io.tapeline.query.through.ReadThrough;
import io.tapeline.query.through.ThroughLimits;
import io.tapeline.schemas.market.Candle;
import io.tapeline.schemas.market.EpochMicros;
import io.tapeline.schemas.market.Instrument;
import io.tapeline.schemas.market.Interval;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Streams of candles beside candles summed up of all minutes there are. */
final class CandlesFeedTest {

    private static final Instrument BTC = Minutes.BTC;
    private static final Caller ANYBODY = new Caller("", "", true);
    private static final EpochMicros START = Minutes.at("2024-08-08T00:00:00Z");

    private final List<JsonNode> told = new ArrayList<>();
    private final List<Consumer<Optional<CandlePart>>> asked = new ArrayList<>();
    private final EarlierMinutes keeping = (_, _, _, _, answer) -> asked.add(answer);

    private CandlesFeed feed(Interval interval, EarlierMinutes earlier) {
        CandlesFeed feed = new CandlesFeed("s", new StreamName.Candles(BTC, interval), earlier);
        feed.add(event ->
                told.add(
                        JsonMapper.shared()
                                .readTree(
                                        new String(
                                                event.bytes(false, TimeUnitAsked.MILLISECOND),
                                                StandardCharsets.UTF_8))
                                .get("k")));
        return feed;
    }

    private static Optional<CandlePart> sum(List<Candle> minutes, Interval interval) {
        return minutes.stream()
                .map(minute -> CandlePart.of(minute, interval))
                .reduce(CandlePart::plus);
    }

    private static String text(CandlePart part) {
        return part.openTime().toMillis()
                + " "
                + List.of(part.open(), part.high(), part.low(), part.close()).stream()
                        .map(price -> price.value().normalized().toString())
                        .toList()
                + part.volume().value().normalized()
                + " "
                + part.trades()
                + " "
                + part.ends();
    }

    private static String text(JsonNode candle) {
        return candle.get("t").longValue()
                + " "
                + List.of("o", "h", "l", "c").stream().map(each -> plain(candle, each)).toList()
                + plain(candle, "v")
                + " "
                + candle.get("n").longValue()
                + " "
                + candle.get("x").booleanValue();
    }

    private static String plain(JsonNode candle, String field) {
        return io.tapeline.schemas.market.Decimal.parse(candle.get(field).asString())
                .normalized()
                .toString();
    }

    @ParameterizedTest
    @EnumSource(
            value = Interval.class,
            names = {"ONE_MINUTE", "THREE_MINUTES", "FIVE_MINUTES", "ONE_HOUR"})
    void eachEventIsTheSumOfTheCandlesMinutesSoFar(Interval interval) {
        List<Candle> minutes = Minutes.random(new Random(7), BTC, START, 130);
        CandlesFeed feed = feed(interval, keeping);
        List<String> expected = new ArrayList<>();
        for (int i = 0; i < minutes.size(); i++) {
            feed.on(new LiveEvent.CandleChange(minutes.get(i)));
            EpochMicros open = interval.openTimeOf(minutes.get(i).openTime());
            expected.add(
                    text(
                            sum(
                                            minutes.subList(0, i + 1).stream()
                                                    .filter(m -> m.openTime().compareTo(open) >= 0)
                                                    .toList(),
                                            interval)
                                    .orElseThrow()));
        }
        assertThat(told).extracting(CandlesFeedTest::text).isEqualTo(expected);
        assertThat(asked).isEmpty();
    }

    @Test
    void whoBeginsInTheMiddleIsToldOnceTheMinutesBeforeAreKnown() {
        List<Candle> minutes = Minutes.random(new Random(8), BTC, START, 60);
        CandlesFeed feed = feed(Interval.ONE_HOUR, keeping);
        feed.on(new LiveEvent.CandleChange(minutes.get(20)));
        assertThat(told).isEmpty();
        assertThat(asked).hasSize(1);
        asked.getFirst().accept(sum(minutes.subList(0, 20), Interval.ONE_HOUR));
        assertThat(told)
                .extracting(CandlesFeedTest::text)
                .containsExactly(
                        text(sum(minutes.subList(0, 21), Interval.ONE_HOUR).orElseThrow()));
        feed.on(new LiveEvent.CandleChange(minutes.get(21)));
        assertThat(told).hasSize(2);
    }

    @Test
    void whileAMinuteIsMissingNothingIsToldAndItIsAskedForAgain() {
        List<Candle> minutes = Minutes.random(new Random(9), BTC, START, 60);
        CandlesFeed feed = feed(Interval.ONE_HOUR, keeping);
        feed.on(new LiveEvent.CandleChange(minutes.get(0)));
        feed.on(new LiveEvent.CandleChange(minutes.get(2)));
        assertThat(told).hasSize(1);
        asked.getFirst().accept(Optional.empty());
        feed.on(new LiveEvent.CandleChange(minutes.get(2)));
        assertThat(asked).as("not at once").hasSize(1);
        for (int i = 0; i < 10; i++) {
            feed.tick();
        }
        feed.on(new LiveEvent.CandleChange(minutes.get(2)));
        assertThat(asked).hasSize(2);
        asked.getLast().accept(sum(minutes.subList(0, 2), Interval.ONE_HOUR));
        assertThat(told).hasSize(2);
        assertThat(text(told.getLast()))
                .isEqualTo(text(sum(minutes.subList(0, 3), Interval.ONE_HOUR).orElseThrow()));
    }

    @Test
    void whatIsAskedForIsTheSumOfHoursAndMinutesOrNothing() throws InterruptedException {
        List<Candle> minutes = Minutes.random(new Random(10), BTC, START, 1_440);
        assertThat(asked(minutes, Interval.ONE_DAY, 1_000))
                .isEqualTo(sum(minutes.subList(0, 1_000), Interval.ONE_DAY));
        assertThat(asked(minutes, Interval.ONE_HOUR, 59))
                .isEqualTo(sum(minutes.subList(0, 59), Interval.ONE_HOUR));
        assertThat(asked(minutes, Interval.ONE_DAY, 120))
                .isEqualTo(sum(minutes.subList(0, 120), Interval.ONE_DAY));
        List<Candle> holed = new ArrayList<>(minutes);
        holed.remove(500);
        assertThat(asked(holed, Interval.ONE_DAY, 1_000)).isEmpty();
        assertThat(asked(List.of(), Interval.ONE_DAY, 10)).isEmpty();
    }

    /** A stream is made for all who listen, and nobody knows who of them holds a key. */
    @Test
    void theExchangeIsAskedForThemOnlyWhereAnybodyMayHaveItAsked() throws InterruptedException {
        List<Candle> minutes = Minutes.random(new Random(11), BTC, START, 60);
        ListedExchange exchange = new ListedExchange(minutes);
        try (ReadThrough through =
                new ReadThrough(
                        _ -> true,
                        exchange,
                        new ThroughLimits(Duration.ofSeconds(20), 48_000, 4),
                        () -> Caller.current().mayCost(),
                        Clock.fixed(Minutes.plusMinutes(START, 120).toInstant(), ZoneOffset.UTC))) {
            CandleAnswers answers =
                    new CandleAnswers(
                            _ -> new Answer.Unknown<>(), new ListedHistory(List.of()), through);
            assertThat(asked(answers, new Caller("", "", false), Interval.ONE_HOUR, 59)).isEmpty();
            assertThat(exchange.asked()).isEmpty();
            assertThat(asked(answers, ANYBODY, Interval.ONE_HOUR, 59))
                    .isEqualTo(sum(minutes.subList(0, 59), Interval.ONE_HOUR));
            assertThat(exchange.asked()).isNotEmpty();
        }
    }

    private static Optional<CandlePart> asked(List<Candle> minutes, Interval interval, int count)
            throws InterruptedException {
        return asked(
                new CandleAnswers(_ -> new Answer.Unknown<>(), new ListedHistory(minutes)),
                ANYBODY,
                interval,
                count);
    }

    private static Optional<CandlePart> asked(
            CandleAnswers answers, Caller anybody, Interval interval, int count)
            throws InterruptedException {
        AtomicReference<Optional<CandlePart>> sum = new AtomicReference<>(Optional.empty());
        CountDownLatch told = new CountDownLatch(1);
        new AskedMinutes(answers, () -> anybody)
                .ask(
                        BTC,
                        interval,
                        START,
                        Minutes.plusMinutes(START, count),
                        each -> {
                            sum.set(each);
                            told.countDown();
                        });
        assertThat(told.await(20, TimeUnit.SECONDS)).isTrue();
        return Objects.requireNonNull(sum.get());
    }
}
