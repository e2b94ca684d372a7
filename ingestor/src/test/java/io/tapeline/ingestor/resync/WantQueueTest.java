package io.tapeline.ingestor.resync;

import static io.tapeline.ingestor.resync.WantQueue.Admission.COALESCED;
import static io.tapeline.ingestor.resync.WantQueue.Admission.FETCH;
import static io.tapeline.ingestor.resync.WantQueue.Admission.FULL;
import static org.assertj.core.api.Assertions.assertThat;

import io.tapeline.schemas.market.EpochMicros;
import io.tapeline.schemas.market.Instrument;
import io.tapeline.schemas.market.Interval;
import org.junit.jupiter.api.Test;

class WantQueueTest {

    private static final Instrument BTC = Instrument.binance("BTCUSDT");

    private static final Want LOOK = new Want.Look(BTC);

    private final WantQueue queue = new WantQueue(2);

    @Test
    void oneFetchServesAllWhoAskForTheSame() {
        assertThat(queue.offer(snapshot(5))).isEqualTo(FETCH);
        assertThat(queue.offer(snapshot(5))).isEqualTo(COALESCED);
        assertThat(queue.offer(snapshot(4))).isEqualTo(COALESCED);
        assertThat(queue.finished(snapshot(5))).isNull();
        assertThat(queue.offer(snapshot(5))).isEqualTo(FETCH);
    }

    @Test
    void aNewerSnapshotIsFetchedAfterTheOneUnderWay() {
        queue.offer(snapshot(5));
        assertThat(queue.offer(snapshot(7))).isEqualTo(COALESCED);
        assertThat(queue.offer(snapshot(6))).isEqualTo(COALESCED);
        assertThat(queue.finished(snapshot(5))).isEqualTo(snapshot(7));
        assertThat(queue.finished(snapshot(7))).isNull();
        assertThat(queue.size()).isZero();
    }

    @Test
    void rangesOfCandlesThatAreNotCoveredAreFetchedTogetherAfterwards() {
        assertThat(queue.offer(candles(10, 20))).isEqualTo(FETCH);
        assertThat(queue.offer(candles(12, 15))).isEqualTo(COALESCED);
        assertThat(queue.offer(candles(15, 25))).isEqualTo(COALESCED);
        assertThat(queue.offer(candles(5, 6))).isEqualTo(COALESCED);
        assertThat(queue.finished(candles(10, 20))).isEqualTo(candles(5, 25));
    }

    @Test
    void aBookAndItsCandlesAreTwoAndAThirdFindsNoRoom() {
        assertThat(queue.offer(snapshot(1))).isEqualTo(FETCH);
        assertThat(queue.offer(candles(1, 2))).isEqualTo(FETCH);
        assertThat(queue.offer(new Want.Snapshot(Instrument.binance("ETHUSDT"), 1)))
                .isEqualTo(FULL);
    }

    @Test
    void aSnapshotServesALookAndWaitsForNone() {
        queue.offer(snapshot(5));
        assertThat(queue.offer(LOOK)).isEqualTo(COALESCED);
        assertThat(queue.finished(snapshot(5))).isNull();

        assertThat(queue.offer(LOOK)).isEqualTo(FETCH);
        assertThat(queue.hasSnapshot(BTC)).isFalse();
        assertThat(queue.offer(LOOK)).isEqualTo(COALESCED);
        assertThat(queue.offer(snapshot(5))).isEqualTo(FETCH);
        assertThat(queue.hasSnapshot(BTC)).isTrue();
        assertThat(queue.finished(LOOK)).isNull();
        assertThat(queue.hasSnapshot(BTC)).isTrue();
        assertThat(queue.finished(snapshot(5))).isNull();
    }

    private static Want snapshot(long after) {
        return new Want.Snapshot(BTC, after);
    }

    private static Want candles(long from, long to) {
        return new Want.Candles(
                BTC, Interval.ONE_MINUTE, new EpochMicros(from), new EpochMicros(to));
    }
}
