package io.tapeline.aggregator.topology;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.groups.Tuple.tuple;

import io.tapeline.aggregator.Payloads;
import io.tapeline.aggregator.candle.CandleArbiter;
import io.tapeline.aggregator.line.LineFlow;
import io.tapeline.aggregator.line.LineKind;
import io.tapeline.aggregator.line.LineTally;
import io.tapeline.aggregator.price.KnownPrice;
import io.tapeline.aggregator.price.PriceArbiter;
import io.tapeline.aggregator.store.Sourced;
import io.tapeline.aggregator.store.StoreNames;
import io.tapeline.aggregator.sync.BookSync;
import io.tapeline.aggregator.sync.SyncSettings;
import io.tapeline.schemas.market.BookEvent;
import io.tapeline.schemas.market.Candle;
import io.tapeline.schemas.market.EpochNanos;
import io.tapeline.schemas.market.ExchangeTimeUnit;
import io.tapeline.schemas.market.Instrument;
import io.tapeline.schemas.market.LatestPrice;
import io.tapeline.schemas.market.Price;
import io.tapeline.schemas.market.Venue;
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
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
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
                        stream.startsWith("rest/") ? "rest" : "a",
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
    void aBookThatTheExchangeContradictsIsLostToldAskedForAndHealed() {
        snapshot(10);
        depth(11, 11, "98 1");
        picture("depth20", Payloads.snapshot(11, List.of("99 1", "98 1"), List.of("101 1")));
        picture("bookTicker", Payloads.bookTicker("BTCUSDT", 12, "99 1", "101 1"));
        depth(12, 12, "97 1");
        assertThat(counters.of(Flow.AUDIT_EQUAL)).isEqualTo(2);
        assertThat(told(topics.depth())).hasSize(3);

        picture("depth20", Payloads.snapshot(12, List.of("99 1", "98 7"), List.of("101 1")));
        snapshot(12);

        assertThat(told(topics.depth()))
                .extracting(event -> event.getClass().getSimpleName())
                .containsExactly("Lost", "Reset");
        assertThat(told(topics.resync()))
                .extracting(ResyncRequest::getReason, ResyncRequest::getAfterUpdateId)
                .containsExactly(tuple("audit", 12L));
        assertThat(told(topics.gaps()))
                .extracting(Gap::getCause, Gap::getFrom, Gap::getTo, Gap::getOutcome)
                .containsExactly(
                        tuple("audit", 12L, 12L, GapOutcome.GAP_OUTCOME_OPEN),
                        tuple("audit", 12L, 12L, GapOutcome.GAP_OUTCOME_FILLED));
        assertThat(counters.of(Flow.AUDIT_FAULTS)).isEqualTo(1);
        assertThat(counters.of(Flow.BOOKS_CONTRADICTED)).isEqualTo(1);
        assertThat(counters.of(Flow.AUDIT_TOLD)).isEqualTo(counters.of(Flow.DEPTH_PICTURES));
        assertThat(counters.of(Flow.DEPTH_RECEIVED))
                .isEqualTo(
                        counters.of(Flow.DEPTH_APPLIED)
                                + counters.of(Flow.SNAPSHOTS_USED)
                                + counters.of(Flow.DEPTH_PICTURES));
    }

    @Test
    void aLookByRestIsHeldAgainstTheBookAndNeverBecomesIt() {
        depth(9, 10, "98 1");
        look(10, "99 1");
        assertThat(told(topics.depth())).isEmpty();
        snapshot(10);
        look(14, "99 5");
        driver.advanceWallClockTime(Duration.ofSeconds(10));
        assertThat(told(topics.depth())).hasSize(1);
        assertThat(counters.of(Flow.SNAPSHOTS_HELD)).isZero();

        depth(11, 15, "97 1");

        assertThat(counters.of(Flow.AUDIT_PASSED_OVER)).isEqualTo(1);
        assertThat(counters.of(Flow.AUDIT_FAULTS)).isEqualTo(1);
        assertThat(told(topics.depth()))
                .extracting(event -> event.getClass().getSimpleName())
                .containsExactly("Delta", "Lost");
    }

    private void look(long id, String bid) {
        send(
                topics.rawDepth(),
                "rest/depth?limit=100&purpose=audit",
                Payloads.snapshot(id, List.of(bid, "98 1"), List.of("101 1")));
    }

    private void picture(String stream, byte[] payload) {
        send(topics.rawDepth(), "btcusdt@" + stream, payload);
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
        restKlines("rest/klines?interval=1m", firstMinute, lastMinute);
    }

    private void historyKlines(long firstMinute, long lastMinute) {
        restKlines("rest/klines?interval=1m&purpose=history", firstMinute, lastMinute);
    }

    private void restKlines(String stream, long firstMinute, long lastMinute) {
        for (long minute = firstMinute; minute <= lastMinute; minute++) {
            send(topics.rawKlines(), stream, Payloads.restKline(OPEN + minute * MINUTE, "9"));
        }
    }

    private List<Long> closedMinutesTold() {
        return told(topics.klines()).stream()
                .filter(Candle::closed)
                .map(candle -> (candle.openTime().toMillis() - OPEN) / MINUTE)
                .toList();
    }

    @Test
    void candlesOfThePastAreToldThoughTheyAreOlderThanThoseKeptAndShowNoGap() {
        kline(-1, false);
        historyKlines(-5_002, -5_000);
        historyKlines(-5_001, -5_001);
        restKlines(-5_004, -5_003);
        kline(-1, true);

        assertThat(closedMinutesTold()).containsExactly(-5_002L, -5_001L, -5_000L, -5_001L, -1L);
        assertThat(told(topics.gaps())).isEmpty();
        assertThat(told(topics.prices()))
                .extracting(LatestPrice::price)
                .containsOnly(Price.of("10"));
        assertThat(counters.of(Flow.KLINES_PAST)).isEqualTo(4);
        assertThat(counters.of(Flow.KLINES_EXPIRED)).isEqualTo(2);
    }

    @Test
    void candlesOfThePastThatComeBeforeTheStreamDoNotMakeAllBetweenMissing() {
        historyKlines(-5_002, -5_000);
        historyKlines(-2_000, -2_000);
        kline(-1, true);
        historyKlines(-3, -2);
        kline(0, false);

        assertThat(closedMinutesTold())
                .containsExactly(-5_002L, -5_001L, -5_000L, -2_000L, -1L, -3L, -2L);
        assertThat(told(topics.gaps())).isEmpty();
        assertThat(told(topics.resync())).isEmpty();
    }

    @Test
    void aCandleOfThePastAmongThoseKeptIsToldOnceAndFillsItsHole() {
        kline(-4, true);
        kline(-2, true);
        historyKlines(-4, -3);
        historyKlines(-4, -3);

        assertThat(closedMinutesTold()).containsExactly(-4L, -2L, -3L);
        assertThat(told(topics.gaps()))
                .extracting(Gap::getOutcome)
                .containsExactly(GapOutcome.GAP_OUTCOME_OPEN, GapOutcome.GAP_OUTCOME_FILLED);
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
                                (OPEN + 3 * MINUTE) * 1_000));
        kline(1, true);
        kline(2, true);
        assertThat(told(topics.gaps()))
                .extracting(Gap::getOutcome)
                .containsExactly(GapOutcome.GAP_OUTCOME_OPEN, GapOutcome.GAP_OUTCOME_FILLED);
        assertThat(told(topics.klines())).hasSize(4);
    }

    @Test
    void candlesOfWhichNobodyAnswersAreAskedForUntilTheyCome() {
        kline(-10, true);
        kline(-8, true);
        for (int i = 0; i < 72; i++) {
            driver.advanceWallClockTime(Duration.ofHours(1));
        }
        assertThat(told(topics.gaps()))
                .extracting(Gap::getOutcome)
                .containsExactly(GapOutcome.GAP_OUTCOME_OPEN);
        assertThat(told(topics.resync())).hasSizeGreaterThan(72);

        restKlines(-9, -8);
        assertThat(told(topics.gaps()))
                .extracting(Gap::getOutcome)
                .containsExactly(GapOutcome.GAP_OUTCOME_FILLED);
    }

    @Test
    void candlesThatCameTooLateAreGivenUpAndItIsSaidThatNobodyAnswered() {
        kline(0, true);
        kline(2, true);
        kline(1_600, true);
        driver.advanceWallClockTime(Duration.ofMinutes(1));

        assertThat(told(topics.gaps()))
                .filteredOn(gap -> gap.getFrom() == us(1))
                .extracting(Gap::getOutcome, Gap::getHow)
                .containsExactly(
                        tuple(GapOutcome.GAP_OUTCOME_OPEN, ""),
                        tuple(
                                GapOutcome.GAP_OUTCOME_UNFILLABLE,
                                "1 of 1 candles did not come before they were older than the"
                                        + " candles kept, though asked for 1 times (nobody"
                                        + " answered): 2026-11-21T00:01:00Z"));
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

    @Test
    void aHoleOfHoursIsFilledFromOneAnswerUnderOneEntry() {
        kline(-400, true);
        kline(-100, true);
        restKlines(-399, -100);

        List<Gap> gaps = told(topics.gaps());
        assertThat(gaps)
                .extracting(Gap::getFrom, Gap::getTo, Gap::getOutcome, Gap::getHow)
                .containsExactly(
                        tuple(us(-399), us(-101), GapOutcome.GAP_OUTCOME_OPEN, ""),
                        tuple(
                                us(-399),
                                us(-101),
                                GapOutcome.GAP_OUTCOME_FILLED,
                                "candles of rest"));
        assertThat(gaps.get(0).getId()).isEqualTo(gaps.get(1).getId());
        assertThat(told(topics.klines())).filteredOn(Candle::closed).hasSize(301);
    }

    private static long us(long minute) {
        return (OPEN + minute * MINUTE) * 1_000;
    }

    @Test
    void minutesThatTheExchangeLeavesOutAreGivenUpAfterTwoAnswersAndNamed() {
        kline(-10, true);
        kline(-4, true);
        restKlines(-9, -8);
        restKlines(-5, -4);
        driver.advanceWallClockTime(Duration.ofSeconds(10));
        restKlines(-9, -8);
        restKlines(-5, -4);
        assertThat(told(topics.gaps())).hasSize(1);
        driver.advanceWallClockTime(Duration.ofSeconds(20));

        assertThat(told(topics.gaps()))
                .extracting(Gap::getFrom, Gap::getTo, Gap::getOutcome, Gap::getHow)
                .containsExactly(
                        tuple(
                                us(-9),
                                us(-5),
                                GapOutcome.GAP_OUTCOME_UNFILLABLE,
                                "2 of 5 candles were left out of 2 answers of the exchange:"
                                        + " 2026-11-20T23:53:00Z to 2026-11-20T23:54:00Z"));
        assertThat(told(topics.resync())).hasSize(2);
        assertThat(counters.of(Flow.CANDLE_GAPS_UNFILLABLE)).isEqualTo(1);
    }

    @Test
    void anAnswerWithNoneOfTheMissingCandlesIsAnAnswerToo() {
        kline(0, true);
        kline(3, true);
        restKlines(3, 3);
        driver.advanceWallClockTime(Duration.ofSeconds(10));
        restKlines(3, 3);
        driver.advanceWallClockTime(Duration.ofSeconds(20));

        assertThat(told(topics.gaps()))
                .extracting(Gap::getOutcome)
                .containsExactly(GapOutcome.GAP_OUTCOME_OPEN, GapOutcome.GAP_OUTCOME_UNFILLABLE);
    }

    @Test
    void whatIsOlderThanTheCandlesKeptIsGivenUpAtOnceAndTheRestAskedFor() {
        kline(0, true);
        kline(1_600, true);

        assertThat(told(topics.gaps()))
                .extracting(Gap::getFrom, Gap::getTo, Gap::getOutcome, Gap::getHow)
                .containsExactly(
                        tuple(us(1), us(100), GapOutcome.GAP_OUTCOME_OPEN, ""),
                        tuple(
                                us(1),
                                us(100),
                                GapOutcome.GAP_OUTCOME_UNFILLABLE,
                                "older than the candles kept"),
                        tuple(us(101), us(1_599), GapOutcome.GAP_OUTCOME_OPEN, ""));
        assertThat(told(topics.resync()))
                .extracting(ResyncRequest::getFromUs, ResyncRequest::getToUs)
                .containsExactly(tuple(us(101), us(1_600)));
    }

    private void rate(String instrument, String stream, String line, String payload) {
        byte[] bytes = payload.getBytes(StandardCharsets.UTF_8);
        RawRecord raw =
                new RawRecord(
                        Instrument.parse(instrument),
                        bytes,
                        stream,
                        line,
                        EpochNanos.of(START),
                        ExchangeTimeUnit.MILLISECONDS);
        send(
                topics.rawTickers(),
                instrument.getBytes(StandardCharsets.UTF_8),
                bytes,
                RawHeaders.of(raw));
    }

    private void index(long second, String price, String line) {
        rate(
                "deribit:btc_usd",
                "deribit_price_index.btc_usd",
                line,
                "{\"timestamp\":%d,\"price\":%s,\"index_name\":\"btc_usd\"}"
                        .formatted(OPEN + second * 1_000, price));
    }

    private void indexPoll(long second, String price) {
        rate(
                "deribit:btc_usd",
                "rest/get_index_price?index_name=btc_usd",
                "rest",
                "{\"result\":{\"index_price\":%s},\"usOut\":%d}"
                        .formatted(price, (OPEN + second * 1_000) * 1_000));
    }

    @Test
    void anIndexIsRecordedFromItsStreamAndOnceAMinuteFromItsPollThoughItStandsStill() {
        index(1, "100.5", "a");
        index(1, "100.5", "b");
        indexPoll(60, "100.5");
        indexPoll(120, "100.5");
        index(119, "100.4", "a");

        assertThat(told(topics.prices()))
                .extracting(
                        price -> price.instrument().id(),
                        price -> price.eventTime().toMillis() - OPEN,
                        LatestPrice::price,
                        LatestPrice::source)
                .containsExactly(
                        tuple("deribit:btc_usd", 1_000L, Price.of("100.5"), "index"),
                        tuple("deribit:btc_usd", 60_000L, Price.of("100.5"), "get_index_price"),
                        tuple("deribit:btc_usd", 120_000L, Price.of("100.5"), "get_index_price"));
        assertThat(line(Venue.DERIBIT, "a", LineKind.TICKERS))
                .containsExactly(2L, 1L, 0L, 1L, 0L, 0L, 0L, 0L, 0L);
        assertThat(line(Venue.DERIBIT, "b", LineKind.TICKERS))
                .containsExactly(1L, 0L, 1L, 0L, 0L, 0L, 0L, 0L, 0L);
        assertThat(line(Venue.DERIBIT, "rest", LineKind.TICKERS))
                .containsExactly(2L, 2L, 0L, 0L, 0L, 0L, 0L, 0L, 0L);
    }

    /** By {@link LineFlow}'s order. */
    private List<Long> line(Venue venue, String line, LineKind kind) {
        LineTally tally = counters.lines().of(venue, line, kind);
        assertThat(tally.of(LineFlow.RECEIVED))
                .isEqualTo(
                        tally.of(LineFlow.FIRST)
                                + tally.of(LineFlow.DUPLICATES)
                                + tally.of(LineFlow.LATE)
                                + tally.of(LineFlow.HELD)
                                + tally.of(LineFlow.PASSED_OVER)
                                + tally.of(LineFlow.MALFORMED));
        return Arrays.stream(LineFlow.values()).map(tally::of).toList();
    }

    private void coin(long second, String price) {
        rate(
                "coingecko:bitcoin-usd",
                "rest/simple/price?ids=bitcoin&vs_currencies=usd",
                "rest",
                "{\"usd\":%s,\"last_updated_at\":%d}".formatted(price, OPEN / 1_000 + second));
    }

    @Test
    void ofACoinOnlyChangesAreRecorded() {
        coin(10, "1.2e-08");
        coin(10, "1.2e-08");
        coin(70, "0.000000012");
        coin(60, "5");
        coin(130, "5");
        coin(130, "6");

        assertThat(told(topics.prices()))
                .extracting(
                        price -> price.eventTime().toMillis() - OPEN,
                        price -> price.price().toString())
                .containsExactly(
                        tuple(10_000L, "0.000000012"), tuple(130_000L, "5"), tuple(130_000L, "6"));
        assertThat(
                        Map.of(
                                Flow.TICKERS_RECEIVED, counters.of(Flow.TICKERS_RECEIVED),
                                Flow.TICKERS_RATES, counters.of(Flow.TICKERS_RATES),
                                Flow.PRICES_TOLD, counters.of(Flow.PRICES_TOLD),
                                Flow.PRICES_ACCEPTED, counters.of(Flow.PRICES_ACCEPTED),
                                Flow.PRICES_CONFIRMED, counters.of(Flow.PRICES_CONFIRMED),
                                Flow.PRICES_DUPLICATES, counters.of(Flow.PRICES_DUPLICATES),
                                Flow.PRICES_LATE, counters.of(Flow.PRICES_LATE)))
                .isEqualTo(
                        Map.of(
                                Flow.TICKERS_RECEIVED, 6L,
                                Flow.TICKERS_RATES, 6L,
                                Flow.PRICES_TOLD, 6L,
                                Flow.PRICES_ACCEPTED, 3L,
                                Flow.PRICES_CONFIRMED, 1L,
                                Flow.PRICES_DUPLICATES, 1L,
                                Flow.PRICES_LATE, 1L));
        Sourced<KnownPrice> held =
                Objects.requireNonNull(
                        driver.<String, Sourced<KnownPrice>>getKeyValueStore(StoreNames.PRICES)
                                .get("coingecko:bitcoin-usd"));
        assertThat(held.value().confirmed().toMillis()).isEqualTo(OPEN + 130_000);
    }

    @Test
    void aRecordOfTheWrongVenueOrFormIsADeadLetterWithTheReason() {
        rate("deribit:btc_usd", "btcusdt@ticker", "a", "{}");
        rate("binance:BTCUSDT", "deribit_price_index.btc_usd", "a", "{\"price\":1}");
        rate(
                "coingecko:bitcoin-usd",
                "rest/simple/price",
                "rest",
                "{\"status\":{\"error_code\":429}}");

        assertThat(told(topics.deadLetters()))
                .extracting(DeadLetter::getReason)
                .satisfiesExactly(
                        first -> assertThat(first).contains("is not deribit_price_index.btc_usd"),
                        second -> assertThat(second).contains("is missing"),
                        third -> assertThat(third).contains("request failed: 429"));
        assertThat(told(topics.prices())).isEmpty();
        assertThat(line(Venue.DERIBIT, "a", LineKind.TICKERS))
                .containsExactly(1L, 0L, 0L, 0L, 0L, 0L, 1L, 0L, 0L);
        assertThat(counters.of(Flow.TICKERS_DEAD)).isEqualTo(3);
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
