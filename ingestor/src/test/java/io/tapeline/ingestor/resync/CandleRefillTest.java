package io.tapeline.ingestor.resync;

import static org.assertj.core.api.Assertions.assertThat;

import io.tapeline.ingestor.connection.Backoff;
import io.tapeline.ingestor.feed.IngestorCounters;
import io.tapeline.ingestor.feed.IngestorCounters.Count;
import io.tapeline.ingestor.rest.RestOutcome;
import io.tapeline.schemas.market.EpochMicros;
import io.tapeline.schemas.market.Instrument;
import io.tapeline.schemas.market.Interval;
import io.tapeline.schemas.proto.Gap;
import io.tapeline.schemas.proto.GapKind;
import io.tapeline.schemas.proto.GapOutcome;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Queue;
import java.util.SplittableRandom;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class CandleRefillTest {

    private static final long MINUTE = 60_000_000;

    private final ScheduledExecutorService scheduler = Executors.newSingleThreadScheduledExecutor();
    private final IngestorCounters counters = new IngestorCounters();
    private final BlockingQueue<Gap> ledger = new LinkedBlockingQueue<>();
    private final BlockingQueue<Want.Candles> asked = new LinkedBlockingQueue<>();
    private final Queue<CompletableFuture<Integer>> answers = new ConcurrentLinkedQueue<>();
    private final Queue<RuntimeException> unwritten = new ConcurrentLinkedQueue<>();
    private final CandleRefill refill =
            new CandleRefill(
                    want -> {
                        asked.add(want);
                        CompletableFuture<Integer> answer = answers.poll();
                        return answer == null ? new CompletableFuture<>() : answer;
                    },
                    List.of(Interval.of("1m")),
                    gap -> {
                        RuntimeException failure = unwritten.poll();
                        if (failure != null) {
                            return CompletableFuture.failedFuture(failure);
                        }
                        ledger.add(gap);
                        return CompletableFuture.completedFuture(null);
                    },
                    new Backoff(
                            Duration.ofMillis(1), Duration.ofMillis(2), new SplittableRandom(1)),
                    counters,
                    scheduler,
                    Clock.fixed(Instant.ofEpochSecond(1_000), ZoneOffset.UTC));

    @AfterEach
    void stop() {
        scheduler.shutdownNow();
    }

    @Test
    void whatFailsForPassingReasonsIsTriedAgainUntilItIsFilled() throws InterruptedException {
        for (int i = 0; i < 7; i++) {
            answers.add(failed(new RestOutcome.Failed("no route to host")));
        }
        answers.add(CompletableFuture.completedFuture(3));
        refill.refill(gap(1));
        assertThat(written())
                .isEqualTo(ended(1, GapOutcome.GAP_OUTCOME_FILLED, "rest klines, 3 candles"));
        assertThat(asked).hasSize(8).containsOnly(want());
        assertThat(refill.open()).isZero();
    }

    @Test
    void whatTheExchangeRefusesIsUnfillable() throws InterruptedException {
        RestOutcome refusal = new RestOutcome.Refused(400, -1121, "Invalid symbol.");
        answers.add(failed(refusal));
        refill.refill(gap(1));
        assertThat(written().getOutcome()).isEqualTo(GapOutcome.GAP_OUTCOME_UNFILLABLE);
        assertThat(asked).hasSize(1);
    }

    @Test
    void anEndThatCannotBeWrittenIsWrittenLater() throws InterruptedException {
        unwritten.add(new IllegalStateException("the buffer is full"));
        answers.add(CompletableFuture.completedFuture(2));
        refill.refill(gap(1));
        assertThat(written())
                .isEqualTo(ended(1, GapOutcome.GAP_OUTCOME_FILLED, "rest klines, 2 candles"));
    }

    @Test
    void whatIsOpenAtTheEndIsClosedAsUnfilled() throws InterruptedException {
        refill.refill(gap(1));
        refill.close();
        refill.refill(gap(2));
        String how = "the process ended before they could be fetched";
        assertThat(List.of(written(), written()))
                .containsExactly(
                        ended(1, GapOutcome.GAP_OUTCOME_UNFILLABLE, how),
                        ended(2, GapOutcome.GAP_OUTCOME_UNFILLABLE, how));
        assertThat(asked).hasSize(1);
    }

    @Test
    void whatFindsNoRoomIsClosedAndCounted() throws InterruptedException {
        for (int id = 0; id <= CandleRefill.CAPACITY; id++) {
            refill.refill(gap(id));
        }
        assertThat(written())
                .isEqualTo(
                        ended(
                                CandleRefill.CAPACITY,
                                GapOutcome.GAP_OUTCOME_UNFILLABLE,
                                "too many lost candles wait to be fetched"));
        assertThat(counters.get(Count.REFILLS_DROPPED)).isEqualTo(1);
        assertThat(asked).hasSize(CandleRefill.AT_ONCE);
    }

    private Gap written() throws InterruptedException {
        Gap gap = ledger.poll(10, TimeUnit.SECONDS);
        assertThat(gap).as("an entry within 10 s").isNotNull();
        return gap;
    }

    private static CompletableFuture<Integer> failed(RestOutcome outcome) {
        return CompletableFuture.failedFuture(new FetchFailedException(outcome));
    }

    private static Want.Candles want() {
        Gap gap = gap(1);
        return new Want.Candles(
                Instrument.parse(gap.getInstrument()),
                Interval.of("1m"),
                new EpochMicros(gap.getFrom()),
                new EpochMicros(gap.getTo()));
    }

    private static Gap gap(int id) {
        return Gap.newBuilder()
                .setId("ingestor/i/" + id)
                .setInstrument("binance:BTCUSDT")
                .setKind(GapKind.GAP_KIND_CANDLES)
                .setFrom(10 * MINUTE)
                .setTo(12 * MINUTE)
                .setOutcome(GapOutcome.GAP_OUTCOME_OPEN)
                .build();
    }

    private static Gap ended(int id, GapOutcome outcome, String how) {
        return gap(id).toBuilder()
                .setOutcome(outcome)
                .setHow(how)
                .setEndedUs(1_000_000_000)
                .build();
    }
}
