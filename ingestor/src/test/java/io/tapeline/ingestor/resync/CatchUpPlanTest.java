package io.tapeline.ingestor.resync;

import static io.tapeline.ingestor.resync.CatchUpPlan.Admission.COALESCED;
import static io.tapeline.ingestor.resync.CatchUpPlan.Admission.FULL;
import static io.tapeline.ingestor.resync.CatchUpPlan.Admission.WAITS;
import static org.assertj.core.api.Assertions.assertThat;

import io.tapeline.ingestor.resync.CatchUpPlan.Entry;
import io.tapeline.schemas.market.EpochMicros;
import io.tapeline.schemas.market.Instrument;
import io.tapeline.schemas.market.Interval;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class CatchUpPlanTest {

    private static final Instrument BTC = Instrument.binance("BTCUSDT");
    private static final Instrument ETH = Instrument.binance("ETHUSDT");
    private static final Missed BTC_BOOK = new Missed.Book(BTC);
    private static final Missed BTC_CANDLES =
            new Missed.Candles(BTC, Interval.ONE_MINUTE, Optional.empty());
    private static final Missed ETH_CANDLES =
            new Missed.Candles(ETH, Interval.ONE_MINUTE, Optional.empty());

    private final CatchUpPlan plan = new CatchUpPlan(Duration.ofSeconds(5), 3);

    @Test
    void candlesAreDueAtOnceInTheOrderOfTheirSubscription() {
        assertThat(plan.subscribed(BTC_CANDLES, at(0))).isEqualTo(WAITS);
        assertThat(plan.subscribed(ETH_CANDLES, at(0))).isEqualTo(WAITS);
        assertThat(plan.subscribed(BTC_CANDLES, at(1))).isEqualTo(COALESCED);
        assertThat(plan.nextPast(at(1))).isEqualTo(new Entry(BTC_CANDLES, at(1), at(0)));
        assertThat(plan.nextPast(at(1))).isEqualTo(new Entry(ETH_CANDLES, at(0), at(0)));
        assertThat(plan.nextPast(at(1))).isNull();
    }

    @Test
    void aBookThatNobodyAsksForIsDueAfterTheDelay() {
        plan.subscribed(BTC_BOOK, at(0));
        assertThat(plan.nextBook(at(4), _ -> false)).isNull();
        assertThat(plan.nextBook(at(5), _ -> false)).isEqualTo(new Entry(BTC_BOOK, at(0), at(5)));
        assertThat(plan.size()).isZero();
    }

    @Test
    void aBookWhoseSnapshotIsUnderWayWaitsForWhatComesOfIt() {
        plan.subscribed(BTC_BOOK, at(0));
        assertThat(plan.nextBook(at(5), BTC::equals)).isNull();
        assertThat(plan.nextBook(at(600), BTC::equals)).isNull();
        assertThat(plan.nextBook(at(601), _ -> false)).isNotNull();
    }

    @Test
    void aSnapshotServesTheSubscriptionsBeforeItAndNoneAfterIt() {
        Instant snapshot = at(2);
        plan.subscribed(BTC_BOOK, at(0));
        assertThat(plan.forgetBooks((book, since) -> !snapshot.isBefore(since)))
                .containsExactly(BTC);
        assertThat(plan.nextBook(at(9), _ -> false)).isNull();

        plan.subscribed(BTC_BOOK, at(1));
        plan.subscribed(BTC_BOOK, at(3)); // connected again: what the snapshot told is old
        assertThat(plan.forgetBooks((book, since) -> !snapshot.isBefore(since))).isEmpty();
        assertThat(plan.nextBook(at(6), _ -> false)).isEqualTo(new Entry(BTC_BOOK, at(3), at(6)));
    }

    @Test
    void oneAnswerOfTickersServesAllThatWereSubscribedWithinTheDelayAndGoesFirst() {
        assertThat(plan.subscribed(tickers(BTC), at(0))).isEqualTo(WAITS);
        assertThat(plan.subscribed(tickers(ETH), at(4))).isEqualTo(COALESCED);
        plan.subscribed(BTC_CANDLES, at(5));
        assertThat(plan.nextPast(at(5))).isEqualTo(new Entry(tickers(BTC, ETH), at(4), at(5)));
        assertThat(plan.nextPast(at(5))).isEqualTo(new Entry(BTC_CANDLES, at(5), at(5)));
        assertThat(plan.subscribed(tickers(ETH), at(6))).isEqualTo(WAITS);
    }

    @Test
    void candlesAreFetchedFromTheEarliestThatSomebodyLacks() {
        Missed.Candles late = candles(200);
        Missed.Candles early = candles(100);
        plan.subscribed(late, at(300));
        plan.subscribed(early, at(301));
        plan.subscribed(late, at(302));
        assertThat(plan.nextPast(at(303))).isEqualTo(new Entry(early, at(302), at(300)));
        plan.subscribed(early, at(304));
        plan.subscribed(BTC_CANDLES, at(305));
        assertThat(plan.nextPast(at(305))).isEqualTo(new Entry(BTC_CANDLES, at(305), at(304)));
    }

    private static Missed.Candles candles(long fromSeconds) {
        return new Missed.Candles(
                BTC, Interval.ONE_MINUTE, Optional.of(EpochMicros.of(at(fromSeconds))));
    }

    @Test
    void whatFailedIsDueAgainAfterThePause() {
        plan.subscribed(BTC_CANDLES, at(0));
        Entry taken = plan.nextPast(at(0));
        assertThat(taken).isNotNull();
        assertThat(plan.again(taken, at(1), Duration.ofSeconds(30))).isEqualTo(WAITS);
        assertThat(plan.nextPast(at(30))).isNull();
        assertThat(plan.nextPast(at(31))).isEqualTo(new Entry(BTC_CANDLES, at(0), at(31)));
    }

    @Test
    void whatFindsNoRoomIsRefusedAndWhatAlreadyWaitsIsNot() {
        plan.subscribed(BTC_CANDLES, at(0));
        plan.subscribed(BTC_BOOK, at(0));
        plan.subscribed(tickers(BTC), at(0));
        assertThat(plan.subscribed(ETH_CANDLES, at(0))).isEqualTo(FULL);
        assertThat(plan.subscribed(tickers(ETH), at(0))).isEqualTo(COALESCED);
        assertThat(plan.size()).isEqualTo(3);
    }

    private static Missed tickers(Instrument... instruments) {
        return new Missed.Tickers(Set.of(instruments));
    }

    private static Instant at(long seconds) {
        return Instant.EPOCH.plusSeconds(seconds);
    }
}
