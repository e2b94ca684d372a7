package io.tapeline.aggregator.topology;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.groups.Tuple.tuple;

import io.tapeline.aggregator.Payloads;
import io.tapeline.aggregator.candle.CandleArbiter;
import io.tapeline.aggregator.price.PriceArbiter;
import io.tapeline.aggregator.sync.BookSync;
import io.tapeline.aggregator.sync.SyncSettings;
import io.tapeline.schemas.market.BookEvent;
import io.tapeline.schemas.market.Candle;
import io.tapeline.schemas.market.EpochNanos;
import io.tapeline.schemas.market.ExchangeTimeUnit;
import io.tapeline.schemas.market.Instrument;
import io.tapeline.schemas.market.LatestPrice;
import io.tapeline.schemas.market.Price;
import io.tapeline.schemas.proto.DeadLetter;
import io.tapeline.schemas.proto.Gap;
import io.tapeline.schemas.proto.GapOutcome;
import io.tapeline.schemas.proto.ResyncKind;
import io.tapeline.schemas.proto.ResyncRequest;
import io.tapeline.schemas.raw.RawHeaders;
import io.tapeline.schemas.raw.RawRecord;
import io.tapeline.schemas.topic.Topic;
import io.tapeline.schemas.topic.Topics;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Properties;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.TopologyTestDriver;
import org.apache.kafka.streams.test.TestRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AggregatorTopologyTest {

    private static final Instrument BTC = Instrument.binance("BTCUSDT");
    private static final Instant START = Instant.parse("2026-11-21T00:00:00Z");
    private static final long MINUTE = 60_000;
    private static final long OPEN = START.toEpochMilli();

    private final Topics topics = new Topics("t.");
    private final FlowCounters counters = new FlowCounters();
    @TempDir Path stateDir;
    private TopologyTestDriver driver;

    @BeforeEach
    void start() {
        Properties config = new Properties();
        config.put(StreamsConfig.APPLICATION_ID_CONFIG, "app");
        config.put(StreamsConfig.BOOTSTRAP_SERVERS_CONFIG, "nowhere:1");
        config.put(StreamsConfig.STATE_DIR_CONFIG, stateDir.toString());
        driver =
                new TopologyTestDriver(
                        new AggregatorTopology(
                                        topics,
                                        new BookSync(SyncSettings.DEFAULT),
                                        new CandleArbiter(1_500),
                                        new PriceArbiter(Duration.ofSeconds(10)),
                                        counters)
                                .build(),
                        config,
                        START);
    }

    @AfterEach
    void stop() {
        driver.close();
    }

    private void send(Topic<byte[]> topic, String stream, byte[] payload) {
        RawRecord raw =
                new RawRecord(
                        BTC,
                        payload,
                        stream,
                        "a",
                        EpochNanos.of(START),
                        ExchangeTimeUnit.MILLISECONDS);
        send(topic, BTC.id().getBytes(StandardCharsets.UTF_8), payload, RawHeaders.of(raw));
    }

    private void send(Topic<byte[]> topic, byte[] key, byte[] payload, Headers headers) {
        driver.createInputTopic(topic.name(), new ByteArraySerializer(), new ByteArraySerializer())
                .pipeInput(new TestRecord<>(key, payload, headers, START));
    }

    private <V> List<V> told(Topic<V> topic) {
        return driver.createOutputTopic(
                        topic.name(), new ByteArrayDeserializer(), topic.serde().deserializer())
                .readValuesToList();
    }

    private void depth(long first, long last, String bid) {
        send(
                topics.rawDepth(),
                "btcusdt@depth@100ms",
                Payloads.update("BTCUSDT", first, last, List.of(bid), List.of()));
    }

    private void snapshot(long id) {
        send(
                topics.rawDepth(),
                "rest/depth?limit=5000",
                Payloads.snapshot(id, List.of("99 1"), List.of("101 1")));
    }

    private void kline(long minute, boolean closed) {
        send(
                topics.rawKlines(),
                "btcusdt@kline_1m",
                Payloads.kline(
                        "BTCUSDT",
                        OPEN + minute * MINUTE,
                        OPEN + minute * MINUTE + 1,
                        "10",
                        closed));
    }

    @Test
    void aGapInDepthIsToldAskedForAndClosedByASnapshot() {
        depth(9, 10, "98 1");
        snapshot(10);
        depth(11, 11, "97 1");
        driver.advanceWallClockTime(Duration.ofSeconds(1));
        depth(15, 16, "96 1");
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

    private void restKlines(long firstMinute, long lastMinute) {
        for (long minute = firstMinute; minute <= lastMinute; minute++) {
            send(
                    topics.rawKlines(),
                    "rest/klines?interval=1m",
                    Payloads.restKline(OPEN + minute * MINUTE, "9"));
        }
    }

    private void assertWholeWithoutGaps(int closed) {
        assertThat(told(topics.klines()))
                .filteredOn(Candle::closed)
                .extracting(candle -> candle.openTime().toMillis())
                .doesNotHaveDuplicates()
                .hasSize(closed);
        assertThat(told(topics.gaps())).isEmpty();
        assertThat(told(topics.resync())).isEmpty();
        assertThat(counters.of(Flow.CANDLE_GAPS_FOUND)).isZero();
        List<LatestPrice> prices = told(topics.prices());
        assertThat(prices).isSortedAccordingTo(Comparator.comparing(LatestPrice::eventTime));
        assertThat(prices.getLast().price()).isEqualTo(Price.of("10"));
    }

    @Test
    void candlesBackfilledBehindTheOpenOneShowNoGap() {
        kline(-1, false);
        restKlines(-501, -2);
        kline(-1, true);
        kline(0, false);

        assertWholeWithoutGaps(501);
    }

    @Test
    void candlesBackfilledBeforeTheStreamBeginsShowNoGap() {
        restKlines(-501, -2);
        kline(-1, false);
        kline(-1, true);

        assertWholeWithoutGaps(501);
    }

    @Test
    void candlesBackfilledBehindAClosedOneShowNoGap() {
        kline(-1, true);
        restKlines(-501, -1);
        kline(0, false);

        assertWholeWithoutGaps(501);
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
    void aRecordThatCannotBeReadBecomesADeadLetterAndTheFlowGoesOn() {
        send(topics.rawDepth(), "btcusdt@depth@100ms", new byte[] {1, 2, 3});
        send(topics.rawTickers(), new byte[] {'x'}, new byte[] {4}, new RecordHeaders());
        depth(9, 10, "98 1");

        List<DeadLetter> letters = told(topics.deadLetters());
        assertThat(letters)
                .extracting(DeadLetter::getTopic, DeadLetter::getPartition, DeadLetter::getOffset)
                .containsExactly(
                        tuple(topics.rawDepth().name(), 0, 0L),
                        tuple(topics.rawTickers().name(), 0, 0L));
        assertThat(letters.get(0).getValue().toByteArray()).containsExactly(1, 2, 3);
        assertThat(letters.get(0).getStream()).isEqualTo("btcusdt@depth@100ms");
        assertThat(letters).allSatisfy(each -> assertThat(each.getReason()).isNotEmpty());
        assertThat(counters.of(Flow.DEPTH_DEAD)).isEqualTo(1);
        assertThat(counters.of(Flow.DEPTH_BUFFERED)).isEqualTo(1);
    }

    @Test
    void aClosedCandleIsToldOnceAndNeverReopens() {
        kline(0, false);
        kline(0, true);
        kline(0, true);
        kline(0, false);

        assertThat(told(topics.klines())).extracting(Candle::closed).containsExactly(false, true);
        assertThat(counters.of(Flow.KLINES_DUPLICATES)).isEqualTo(2);
    }

    @Test
    void missingCandlesAreAskedForAndTheirHoleIsClosedWhenTheyCome() {
        kline(0, true);
        kline(3, true);

        assertThat(told(topics.resync()))
                .extracting(
                        ResyncRequest::getKind, ResyncRequest::getFromUs, ResyncRequest::getToUs)
                .containsExactly(
                        tuple(
                                ResyncKind.RESYNC_KIND_KLINES,
                                (OPEN + MINUTE) * 1_000,
                                (OPEN + 2 * MINUTE) * 1_000));
        kline(1, true);
        kline(2, true);
        assertThat(told(topics.gaps()))
                .extracting(Gap::getOutcome)
                .containsExactly(GapOutcome.GAP_OUTCOME_OPEN, GapOutcome.GAP_OUTCOME_FILLED);
        assertThat(told(topics.klines())).hasSize(4);
    }

    @Test
    void candlesThatNeverComeAreGivenUpInTheLedger() {
        kline(0, true);
        kline(2, true);
        driver.advanceWallClockTime(Duration.ofHours(2));
        for (int i = 0; i < 10; i++) {
            driver.advanceWallClockTime(Duration.ofHours(1));
        }

        assertThat(told(topics.gaps()))
                .extracting(Gap::getOutcome)
                .containsExactly(GapOutcome.GAP_OUTCOME_OPEN, GapOutcome.GAP_OUTCOME_UNFILLABLE);
    }

    @Test
    void aCandleTellsThePriceWhereNoTickerDoes() {
        kline(0, false);
        send(
                topics.rawTickers(),
                "btcusdt@ticker",
                Payloads.ticker("BTCUSDT", OPEN + 1_000, "11", "10.9", "11.1"));
        send(
                topics.rawTickers(),
                "btcusdt@ticker",
                Payloads.ticker("BTCUSDT", OPEN + 500, "12", "11.9", "12.1"));

        assertThat(told(topics.prices()))
                .extracting(LatestPrice::source)
                .containsExactly("kline", "ticker");
        assertThat(told(topics.tickers())).hasSize(1);
        assertThat(counters.of(Flow.TICKERS_OLDER)).isEqualTo(1);
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
}
