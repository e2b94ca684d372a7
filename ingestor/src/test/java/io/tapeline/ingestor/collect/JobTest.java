package io.tapeline.ingestor.collect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tapeline.schemas.market.EpochMicros;
import io.tapeline.schemas.market.EpochNanos;
import io.tapeline.schemas.market.ExchangeTimeUnit;
import io.tapeline.schemas.market.Instrument;
import io.tapeline.schemas.market.Interval;
import io.tapeline.schemas.proto.JobFailure;
import io.tapeline.schemas.proto.JobStatus;
import io.tapeline.schemas.raw.RawRecord;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class JobTest {

    private static final Instant NOW = Instant.parse("2026-01-31T12:00:00Z");
    private static final Instrument A = Instrument.binance("A");
    private static final Instrument B = Instrument.binance("B");
    private static final EpochMicros FROM = EpochMicros.of(Instant.parse("2026-01-01T00:00:00Z"));

    @Test
    void theNewestOfManyIsOneRequestAPair() {
        Job job = newest();
        Piece a = job.next().orElseThrow();
        Piece b = job.next().orElseThrow();
        assertThat(List.of(a.pair(), b.pair())).containsExactly(A, B);
        assertThat(job.next()).isEmpty();
        job.brought(a, page(FROM, 5), NOW.plusSeconds(30));
        assertThat(job.state()).isEqualTo(Job.State.RUNNING);
        job.refused(b, "no such symbol", NOW.plusSeconds(30));
        assertThat(job.status(2_400, NOW.plusSeconds(60)))
                .isEqualTo(
                        JobStatus.newBuilder()
                                .setId("1")
                                .setKind("newest")
                                .setState("DONE")
                                .setVenue("binance")
                                .setInterval("1m")
                                .setLimit(5)
                                .setRequests(2)
                                .setAsked(2)
                                .setDone(1)
                                .setFailed(1)
                                .setCandles(5)
                                .setWeight(4)
                                .setWeightUsed(4)
                                .setCandlesPerMinute(10)
                                .setStartedUs(micros(NOW))
                                .setEndedUs(micros(NOW.plusSeconds(30)))
                                .addFailures(
                                        JobFailure.newBuilder()
                                                .setSymbol("B")
                                                .setReason("no such symbol"))
                                .build());
    }

    @Test
    void aRangeIsReadPageByPageUntilItsEndOrAShortPage() {
        Job job = range(2_500);
        assertThat(job.status(2_400, NOW).getRequests()).isEqualTo(3);
        Piece first = job.next().orElseThrow();
        assertThat(first.from()).contains(FROM);
        assertThat(job.next()).as("one page at a time").isEmpty();
        job.brought(first, page(FROM, 1_000), NOW);
        Piece second = job.next().orElseThrow();
        assertThat(second.from()).contains(minute(1_000));
        job.brought(second, page(minute(1_000), 300), NOW);
        assertThat(job.state()).isEqualTo(Job.State.DONE);
        assertThat(job.status(2_400, NOW).getCandles()).isEqualTo(1_300);
    }

    @Test
    void aRangeThatEndsWithAFullPageIsDone() {
        Job job = range(1_000);
        job.brought(job.next().orElseThrow(), page(FROM, 1_000), NOW);
        assertThat(job.state()).isEqualTo(Job.State.DONE);
    }

    @Test
    void whatFailsIsTriedAgainAfterTheOthersAndThenGivenUpUntilAResume() {
        Job job = newest();
        Piece a = job.next().orElseThrow();
        job.failed(a, "outage", NOW);
        job.brought(job.next().orElseThrow(), page(FROM, 5), NOW);
        for (int i = 2; i <= 5; i++) {
            assertThat(job.state()).isEqualTo(Job.State.RUNNING);
            job.failed(job.next().orElseThrow(), "outage", NOW);
        }
        assertThat(job.state()).isEqualTo(Job.State.DONE);
        assertThat(job.status(2_400, NOW).getFailed()).isEqualTo(1);
        assertThat(job.resume(NOW)).isTrue();
        job.brought(job.next().orElseThrow(), page(FROM, 5), NOW);
        assertThat(job.status(2_400, NOW))
                .extracting(JobStatus::getState, JobStatus::getDone, JobStatus::getFailed)
                .containsExactly("DONE", 2L, 0L);
        assertThat(job.resume(NOW)).as("nothing is left").isFalse();
    }

    @Test
    void aPausedRangeGoesOnWhereItStood() {
        Job job = range(2_500);
        Piece first = job.next().orElseThrow();
        job.pause(NOW);
        job.brought(first, page(FROM, 1_000), NOW);
        assertThat(job.next()).isEmpty();
        assertThat(job.state()).isEqualTo(Job.State.PAUSED);
        job.resume(NOW);
        assertThat(job.next().orElseThrow().from()).contains(minute(1_000));
    }

    @Test
    void theEndIsEstimatedByTheShareAndLaterByTheRate() {
        Job job = range(1_000_000);
        JobStatus begun = job.status(2_000, NOW);
        assertThat(begun.getWeight()).isEqualTo(2_000);
        assertThat(begun.getEstimatedEndUs()).isEqualTo(micros(NOW.plusSeconds(60)));
        EpochMicros from = FROM;
        for (int i = 0; i < 500; i++) {
            job.brought(job.next().orElseThrow(), page(from, 1_000), NOW);
            from = new EpochMicros(from.value() + 1_000L * 60_000_000);
        }
        JobStatus half = job.status(2_000, NOW.plusSeconds(120));
        assertThat(half.getEstimatedEndUs()).isEqualTo(micros(NOW.plusSeconds(240)));
    }

    @Test
    void ordersBeyondTheBoundsAreRefused() {
        assertThatThrownBy(() -> new Order.Newest(Interval.ONE_MINUTE, 1_001, Set.of(A)))
                .hasMessage("limit: 1001 is not 1 to 1000");
        assertThatThrownBy(() -> new Order.Newest(Interval.ONE_MINUTE, 1, Set.of()))
                .hasMessage("symbols: 0 are not 1 to 10000");
        assertThatThrownBy(() -> range(6_000_001))
                .hasMessage("from, to: 6000001 candles are more than 6000000");
    }

    private static Job newest() {
        Set<Instrument> pairs = new LinkedHashSet<>(List.of(A, B));
        return new Job("1", new Order.Newest(Interval.ONE_MINUTE, 5, pairs), NOW);
    }

    private static Job range(int candles) {
        return new Job(
                "1", new Order.Range(A, Interval.ONE_MINUTE, FROM, minute(candles - 1)), NOW);
    }

    private static EpochMicros minute(long number) {
        return new EpochMicros(FROM.value() + number * 60_000_000);
    }

    private static long micros(Instant time) {
        return EpochMicros.of(time).value();
    }

    private static List<RawRecord> page(EpochMicros from, int candles) {
        List<RawRecord> page = new ArrayList<>();
        for (int i = 0; i < candles; i++) {
            String row = "[" + (from.toMillis() + i * 60_000L) + ",\"1\"]";
            page.add(
                    new RawRecord(
                            A,
                            row.getBytes(StandardCharsets.UTF_8),
                            "rest/klines?interval=1m",
                            "rest",
                            new EpochNanos(1),
                            ExchangeTimeUnit.MILLISECONDS));
        }
        return page;
    }
}
