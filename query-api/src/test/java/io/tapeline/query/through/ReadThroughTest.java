package io.tapeline.query.through;

import static io.tapeline.query.history.Minutes.BTC;
import static io.tapeline.query.history.Minutes.ETH;
import static io.tapeline.query.history.Minutes.at;
import static io.tapeline.query.history.Minutes.plusMinutes;
import static org.assertj.core.api.Assertions.assertThat;

import io.tapeline.query.history.Minutes;
import io.tapeline.query.through.ExchangeCandles.Reply;
import io.tapeline.query.through.ReadThrough.Fetched;
import io.tapeline.schemas.market.Candle;
import io.tapeline.schemas.market.EpochMicros;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

/** Asks of the exchange: once each, and never again for what it does not have. */
final class ReadThroughTest {

    private static final ThroughLimits LIMITS =
            new ThroughLimits(Duration.ofSeconds(20), 48_000, 4);
    private static final EpochMicros LISTED = at("2024-08-01T00:00:00Z");

    private final List<Candle> minutes = Minutes.random(new Random(5), BTC, LISTED, 3_000);
    private final SetClock clock = new SetClock(plusMinutes(LISTED, 4_000).toInstant());
    private final ListedExchange exchange = new ListedExchange(minutes);

    private ReadThrough through() {
        return new ReadThrough(_ -> true, exchange, LIMITS, clock);
    }

    private static Ask.From block(long minute) {
        return Ask.From.blockOf(BTC, plusMinutes(LISTED, minute));
    }

    @Test
    void whoeverAsksForTheSameAtTheSameTimeGetsOneFetch() throws Exception {
        CountDownLatch asked = new CountDownLatch(1);
        CountDownLatch answer = new CountDownLatch(1);
        ExchangeCandles slow =
                (ask, within) -> {
                    asked.countDown();
                    try {
                        answer.await();
                    } catch (InterruptedException e) {
                        Thread.currentThread().interrupt();
                    }
                    return exchange.fetch(ask, within);
                };
        try (ReadThrough through = new ReadThrough(_ -> true, slow, LIMITS, Clock.systemUTC());
                ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<Fetched>> all = new ArrayList<>();
            for (int i = 0; i < 20; i++) {
                all.add(
                        threads.submit(
                                () -> through.fetch(List.of(block(1_500)), through.deadline())));
            }
            asked.await();
            answer.countDown();
            for (Future<Fetched> one : all) {
                assertThat(one.get().minutes()).hasSize(1_000);
            }
            assertThat(exchange.asked()).containsExactly(block(1_500));
        }
    }

    @Test
    void overlappingRangesAskForTheSameBlock() {
        assertThat(block(1_500)).isEqualTo(block(1_501));
        assertThat(Ask.From.blockOf(ETH, LISTED)).isNotEqualTo(Ask.From.blockOf(BTC, LISTED));
    }

    @Test
    void whatTheExchangeLeavesOutIsKnownToBeEmptyOnceItIsPast() {
        List<Candle> halted = new ArrayList<>(minutes);
        halted.subList(100, 130).clear();
        ListedExchange other = new ListedExchange(halted);
        try (ReadThrough through = new ReadThrough(_ -> true, other, LIMITS, clock)) {
            through.fetch(List.of(Ask.From.blockOf(BTC, new EpochMicros(0))), through.deadline());
            assertThat(through.skipForward(BTC, new EpochMicros(0))).isEqualTo(LISTED);
            assertThat(
                            through.empty(
                                    BTC,
                                    new MinuteSpan(
                                            plusMinutes(LISTED, 90), plusMinutes(LISTED, 140))))
                    .isEqualTo(30);

            through.fetch(
                    List.of(new Ask.Before(BTC, plusMinutes(LISTED, 3_990))), through.deadline());
            assertThat(through.skipBackward(BTC, plusMinutes(LISTED, 3_990)))
                    .isEqualTo(plusMinutes(LISTED, 3_000));
            assertThat(through.skipForward(ETH, new EpochMicros(0))).isEqualTo(new EpochMicros(0));
        }
    }

    @Test
    void aMinuteThatIsOnlyLateIsNotTakenForOneThatIsMissing() {
        SetClock justNow = new SetClock(plusMinutes(LISTED, 3_001).toInstant());
        try (ReadThrough through = new ReadThrough(_ -> true, exchange, LIMITS, justNow)) {
            through.fetch(List.of(block(2_999)), through.deadline());
            assertThat(through.skipForward(BTC, plusMinutes(LISTED, 3_000)))
                    .isEqualTo(plusMinutes(LISTED, 3_000));
        }
    }

    @Test
    void anAnswerThatReachedThePresentIsOldWithTheNextMinuteAndOneOfThePastIsKeptForAWhile() {
        Ask.From past = block(1_500);
        Ask.From present = block(2_999);
        List<Ask> both = List.of(past, present);
        try (ReadThrough through = through()) {
            through.fetch(both, through.deadline());
            through.fetch(both, through.deadline());
            assertThat(exchange.asked()).containsExactlyInAnyOrder(past, present);
            clock.advance(Duration.ofSeconds(60));
            through.fetch(both, through.deadline());
            assertThat(exchange.asked()).containsExactlyInAnyOrder(past, present, present);
            clock.advance(Duration.ofSeconds(1));
            through.fetch(List.of(past), through.deadline());
            assertThat(exchange.asked()).containsExactlyInAnyOrder(past, present, present, past);
            assertThat(through.requests()).isEqualTo(4);
            assertThat(through.shared()).isEqualTo(3);
        }
    }

    @Test
    void anExchangeThatIsAwayIsAskedAgainAndSaysWhy() {
        Shortfall away = new Shortfall("away", Duration.ofSeconds(7));
        try (ReadThrough through = through()) {
            exchange.answers(() -> new Reply.NotNow(away));
            assertThat(through.fetch(List.of(block(0)), through.deadline()))
                    .isEqualTo(new Fetched(List.of(), away));
            exchange.recovers();
            assertThat(through.fetch(List.of(block(0)), through.deadline()).shortfall()).isNull();
            assertThat(through.failures()).isEqualTo(1);
        }
    }

    @Test
    void anInstrumentThatIsGoneIsAskedForOnce() {
        try (ReadThrough through = through()) {
            exchange.answers(() -> new Reply.NoSuch());
            through.fetch(List.of(block(0)), through.deadline());
            assertThat(through.skipForward(BTC, new EpochMicros(0)))
                    .isEqualTo(plusMinutes(LISTED, 3_997));
        }
    }
}
