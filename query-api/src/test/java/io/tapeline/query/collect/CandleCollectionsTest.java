package io.tapeline.query.collect;

import static org.assertj.core.api.Assertions.assertThat;

import io.tapeline.query.Await;
import io.tapeline.query.candles.HistoryFill;
import io.tapeline.query.candles.ListedHistory;
import io.tapeline.query.history.Minutes;
import io.tapeline.query.through.Ask;
import io.tapeline.query.through.ExchangeCandles.Reply;
import io.tapeline.query.through.ReadThrough;
import io.tapeline.query.through.Shortfall;
import io.tapeline.query.through.ThroughLimits;
import io.tapeline.schemas.market.Instrument;
import io.tapeline.schemas.market.Interval;
import io.tapeline.schemas.market.Venue;
import io.tapeline.schemas.proto.CollectionRecord;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Collections over a ledger that all instances read, against an exchange that has everything. */
final class CandleCollectionsTest {

    private static final ThroughLimits LIMITS =
            new ThroughLimits(Duration.ofSeconds(20), ThroughLimits.LEAST_MINUTES, 4);
    private static final Pace HASTY = new Pace(Duration.ofMillis(20), Duration.ofMillis(200));

    private final SharedLedger ledger = new SharedLedger();
    private final Market market = new Market();
    private final List<CandleCollections> open = new ArrayList<>();
    private final CountDownLatch closed = new CountDownLatch(1);

    @AfterEach
    void stop() {
        closed.countDown();
        open.forEach(CandleCollections::close);
    }

    private CandleCollections instance(String name) {
        HistoryFill fill =
                new HistoryFill(
                        new ListedHistory(market::kept, List.of()),
                        new ReadThrough(_ -> true, market, LIMITS, Clock.systemUTC()));
        CandleCollections collections =
                new CandleCollections(name, fill, ledger, HASTY, Clock.systemUTC());
        ledger.readBy(collections);
        collections.start();
        open.add(collections);
        return collections;
    }

    private void kill(CandleCollections collections) {
        ledger.leftBy(collections);
        collections.close();
    }

    private static CollectionOrder order(int pairs, int limit) {
        return CollectionOrder.newest(
                Venue.BINANCE,
                Interval.ONE_MINUTE,
                limit,
                IntStream.range(0, pairs).mapToObj(i -> "P" + i + "USDT").toList(),
                new ReadThrough(_ -> true, (_, _) -> new Reply.NoSuch(), LIMITS, Clock.systemUTC())
                        .closedUntil());
    }

    private static CollectionRecord taken(Admission admission) {
        return ((Admission.Taken) admission).record();
    }

    private static CollectionRecord awaitEnd(CandleCollections collections, String id) {
        Await.until(
                "collection " + id + " has ended",
                () -> !collections.find(id).orElseThrow().getState().equals("RUNNING"));
        return collections.find(id).orElseThrow();
    }

    @Test
    void theNewestCandlesOfAllPairsCostOneRequestEachAndTheSecondTimeNone() throws Exception {
        CandleCollections collections = instance("one");
        assertThat(order(2_200, 500).weight()).isEqualTo(4_400);
        CollectionOrder order = order(2_200, 10);
        taken(collections.start("first", order));
        CollectionRecord first = awaitEnd(collections, "first");
        assertThat(first)
                .extracting(
                        CollectionRecord::getState,
                        CollectionRecord::getSettled,
                        CollectionRecord::getFailed,
                        CollectionRecord::getRequests,
                        CollectionRecord::getCandles)
                .containsExactly("DONE", 2_200, 0, 2_200L, 44_000L);

        taken(collections.start("second", order));
        assertThat(awaitEnd(collections, "second"))
                .extracting(CollectionRecord::getSettled, CollectionRecord::getRequests)
                .containsExactly(2_200, 0L);
        assertThat(market.asked()).hasSize(2_200);
        assertThat(collections.all())
                .extracting(CollectionRecord::getId)
                .containsExactlyInAnyOrder("first", "second");
    }

    @Test
    void whereTheRunnerDiesAnotherGoesOnAndFetchesNothingTwice() throws Exception {
        AtomicInteger answered = new AtomicInteger();
        CountDownLatch half = new CountDownLatch(1);
        market.answers(ask -> {
            if (answered.incrementAndGet() <= 150) {
                return null;
            }
            half.countDown();
            try {
                closed.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            return new Reply.NotNow(new Shortfall("killed", Duration.ofSeconds(1)));
        });
        CandleCollections first = instance("first");
        taken(first.start("id", order(300, 10)));
        half.await();
        kill(first);
        int before = market.asked().size();
        market.answers(ask -> null);

        CandleCollections second = instance("second");
        CollectionRecord done = awaitEnd(second, "id");
        assertThat(done)
                .extracting(
                        CollectionRecord::getState,
                        CollectionRecord::getSettled,
                        CollectionRecord::getRunner)
                .containsExactly("DONE", 300, "second");
        assertThat(market.known()).hasSize(300);
        assertThat(market.asked()).hasSize(before + 150);
        Await.until(
                "the ledger has the end",
                () -> ledger.records().getFirst().getState().equals("DONE"));
    }

    @Test
    void aPairThatTheExchangeDoesNotHaveFailsAlone() throws Exception {
        Instrument gone = Instrument.binance("P3USDT");
        market.answers(ask -> ask.instrument().equals(gone) ? new Reply.NoSuch() : null);
        CandleCollections collections = instance("one");
        taken(collections.start("id", order(10, 10)));
        CollectionRecord done = awaitEnd(collections, "id");
        assertThat(done.getSettled()).isEqualTo(10);
        assertThat(done.getFailed()).isEqualTo(1);
        assertThat(done.getFailures(0).getSymbol()).isEqualTo("P3USDT");
        assertThat(done.getFailures(0).getReason()).isEqualTo("the exchange does not have it");
        assertThat(market.known()).hasSize(9);
    }

    @Test
    void whereTheLimitsLeaveNoRoomItWaitsAndSaysSo() throws Exception {
        market.answers(
                ask -> new Reply.NotNow(new Shortfall("no room now", Duration.ofMillis(10))));
        CandleCollections collections = instance("one");
        taken(collections.start("id", order(10, 10)));
        Await.until(
                "it says why it waits",
                () -> collections.find("id").orElseThrow().getWaitsFor().equals("no room now"));
        market.answers(ask -> null);
        assertThat(awaitEnd(collections, "id"))
                .extracting(
                        CollectionRecord::getState,
                        CollectionRecord::getSettled,
                        CollectionRecord::getWaitsFor)
                .containsExactly("DONE", 10, "");
    }

    @Test
    void soManyAreOpenAndNoMoreUntilOneIsEnded() throws Exception {
        market.answers(
                ask -> new Reply.NotNow(new Shortfall("no room now", Duration.ofMillis(10))));
        CandleCollections collections = instance("one");
        for (int i = 0; i < CandleCollections.MOST_OPEN; i++) {
            taken(collections.start("id" + i, order(1, 1)));
        }
        assertThat(collections.start("more", order(1, 1))).isEqualTo(new Admission.Full(4));
        assertThat(collections.find("more")).isEmpty();

        CandleCollections other = instance("other");
        assertThat(other.cancel("id0").orElseThrow().getState()).isEqualTo("CANCELLED");
        assertThat(awaitEnd(collections, "id0").getState()).isEqualTo("CANCELLED");
        taken(collections.start("more", order(1, 1)));
        assertThat(collections.cancel("nosuch")).isEmpty();
    }

    @Test
    void aWordOfItsRunnerThatCrossedTheEndDoesNotReviveIt() throws Exception {
        market.answers(
                ask -> new Reply.NotNow(new Shortfall("no room now", Duration.ofMillis(10))));
        CandleCollections collections = instance("one");
        CollectionRecord begun = taken(collections.start("id", order(1, 1)));
        collections.cancel("id");
        ledger.write(begun.toBuilder().setBeatUs(begun.getBeatUs() + 60_000_000).build());
        Await.until(
                "the ledger has the end again",
                () -> ledger.records().getFirst().getState().equals("CANCELLED"));
        assertThat(collections.find("id").orElseThrow().getState()).isEqualTo("CANCELLED");
    }

    @Test
    void longerCandlesAreCollectedAsTheirMinutes() {
        CollectionOrder order =
                CollectionOrder.newest(
                        Venue.BINANCE,
                        Interval.ONE_HOUR,
                        24,
                        List.of("A", "B"),
                        Minutes.at("2024-08-08T10:30:00Z"));
        assertThat(order.span().minutes()).isEqualTo(23 * 60 + 30);
        assertThat(order.requests()).isEqualTo(4);
        assertThat(order.weight()).isEqualTo(4 * Ask.WEIGHT);
    }
}
