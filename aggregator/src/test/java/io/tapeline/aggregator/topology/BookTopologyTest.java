package io.tapeline.aggregator.topology;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.groups.Tuple.tuple;

import io.tapeline.aggregator.Payloads;
import io.tapeline.aggregator.line.LineKind;
import io.tapeline.schemas.market.BookEvent;
import io.tapeline.schemas.market.EpochNanos;
import io.tapeline.schemas.market.ExchangeTimeUnit;
import io.tapeline.schemas.market.Venue;
import io.tapeline.schemas.proto.Gap;
import io.tapeline.schemas.proto.GapOutcome;
import io.tapeline.schemas.proto.ResyncRequest;
import io.tapeline.schemas.raw.RawHeaders;
import io.tapeline.schemas.raw.RawRecord;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.junit.jupiter.api.Test;

class BookTopologyTest extends TopologyFixture {

    @Test
    void aGapInDepthIsToldAskedForAndClosedByASnapshot() {
        depth(9, 10, "98 1");
        snapshot(10);
        depth(11, 11, "97 1");
        driver.advanceWallClockTime(Duration.ofSeconds(1));
        depth(15, 16, "96 1");
        assertThat(told(topics.gaps())).isEmpty();
        driver.advanceWallClockTime(Duration.ofSeconds(1));
        snapshot(16);

        assertThat(told(topics.depth()))
                .extracting(event -> event.getClass().getSimpleName())
                .containsExactly("Reset", "Delta", "Lost", "Reset");
        assertThat(told(topics.resync()))
                .extracting(ResyncRequest::getReason, ResyncRequest::getAfterUpdateId)
                .containsExactly(tuple("first snapshot", 8L), tuple("gap", 14L));
        List<Gap> gaps = told(topics.gaps());
        assertThat(gaps)
                .extracting(Gap::getFrom, Gap::getTo, Gap::getOutcome, Gap::getHow)
                .containsExactly(
                        tuple(12L, 14L, GapOutcome.GAP_OUTCOME_OPEN, ""),
                        tuple(12L, 14L, GapOutcome.GAP_OUTCOME_FILLED, "snapshot 16"));
        assertThat(gaps.get(0).getId()).isEqualTo(gaps.get(1).getId());
    }

    @Test
    void aQuietBookIsMendedFromASnapshotThatItDoesNotReach() {
        snapshot(10);
        snapshot(14);
        driver.advanceWallClockTime(Duration.ofSeconds(1));
        assertThat(told(topics.depth())).hasSize(1);
        driver.advanceWallClockTime(Duration.ofSeconds(2));

        assertThat(told(topics.depth()))
                .satisfiesExactly(
                        lost ->
                                assertThat(lost)
                                        .isInstanceOfSatisfying(
                                                BookEvent.Lost.class,
                                                it ->
                                                        assertThat(it.reason())
                                                                .isEqualTo("behind a snapshot")),
                        reset ->
                                assertThat(reset)
                                        .isInstanceOfSatisfying(
                                                BookEvent.Reset.class,
                                                it -> assertThat(it.updateId()).isEqualTo(14)));
        assertThat(told(topics.gaps()))
                .extracting(Gap::getCause, Gap::getFrom, Gap::getTo, Gap::getOutcome, Gap::getHow)
                .containsExactly(
                        tuple("behind a snapshot", 11L, 14L, GapOutcome.GAP_OUTCOME_OPEN, ""),
                        tuple(
                                "behind a snapshot",
                                11L,
                                14L,
                                GapOutcome.GAP_OUTCOME_FILLED,
                                "snapshot 14"));
        assertThat(told(topics.resync())).isEmpty();
        assertThat(counters.of(Flow.SNAPSHOTS_HELD)).isEqualTo(1);
        assertThat(counters.of(Flow.SNAPSHOTS_RECALLED)).isEqualTo(1);
    }

    @Test
    void theBookStoreWritesItsChangelogWhenTheTaskCommits() {
        depth(9, 10, "98 1");
        snapshot(10);

        assertThat(
                        driver.createOutputTopic(
                                        "app-books-changelog",
                                        new ByteArrayDeserializer(),
                                        new ByteArrayDeserializer())
                                .readValuesToList())
                .isNotEmpty();
    }

    @Test
    void anUnansweredRequestIsRepeated() {
        depth(9, 10, "98 1");
        driver.advanceWallClockTime(Duration.ofMillis(1_500));

        assertThat(told(topics.resync())).hasSize(2);
    }

    @Test
    void eachDeltaFollowsTheOneBefore() {
        snapshot(10);
        depth(10, 12, "98 1");
        depth(13, 13, "97 1");
        depth(12, 13, "97 1");

        assertThat(told(topics.depth()))
                .filteredOn(BookEvent.Delta.class::isInstance)
                .extracting(
                        event -> ((BookEvent.Delta) event).previousUpdateId(),
                        event -> ((BookEvent.Delta) event).finalUpdateId())
                .containsExactly(tuple(10L, 12L), tuple(12L, 13L));
        assertThat(counters.of(Flow.DEPTH_DUPLICATES)).isEqualTo(1);
    }

    private void depthOf(String line, long first, long last) {
        byte[] payload = Payloads.update("BTCUSDT", first, last, List.of("98 1"), List.of());
        RawRecord raw =
                new RawRecord(
                        BTC,
                        payload,
                        "btcusdt@depth@100ms",
                        line,
                        EpochNanos.of(START),
                        ExchangeTimeUnit.MILLISECONDS);
        send(
                topics.rawDepth(),
                BTC.id().getBytes(StandardCharsets.UTF_8),
                payload,
                RawHeaders.of(raw));
    }

    @Test
    void whatOneLineLosesTheOtherBringsAndTheLossIsTheLines() {
        snapshot(10);
        depthOf("a", 11, 12);
        depthOf("b", 10, 12);
        depthOf("a", 16, 17);
        depthOf("b", 13, 16);
        depthOf("b", 17, 18);
        driver.advanceWallClockTime(Duration.ofSeconds(3));

        assertThat(told(topics.depth()))
                .extracting(event -> event.getClass().getSimpleName())
                .containsExactly("Reset", "Delta", "Delta", "Delta", "Delta");
        assertThat(told(topics.gaps())).isEmpty();
        assertThat(told(topics.resync())).isEmpty();
        assertThat(line(Venue.BINANCE, "a", LineKind.DEPTH))
                .containsExactly(2L, 1L, 0L, 0L, 1L, 0L, 0L, 1L, 3L);
        assertThat(line(Venue.BINANCE, "b", LineKind.DEPTH))
                .containsExactly(3L, 2L, 1L, 0L, 0L, 0L, 0L, 0L, 0L);
    }
}
