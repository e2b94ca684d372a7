package io.tapeline.ingestor.resync;

import static org.assertj.core.api.Assertions.assertThat;

import io.tapeline.ingestor.feed.EventKind;
import io.tapeline.ingestor.feed.IngestorCounters;
import io.tapeline.ingestor.feed.IngestorCounters.Count;
import io.tapeline.ingestor.share.Lapse;
import io.tapeline.ingestor.share.LineEvidence;
import io.tapeline.ingestor.share.StreamKey;
import io.tapeline.schemas.market.EpochMicros;
import io.tapeline.schemas.market.Instrument;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import org.junit.jupiter.api.Test;

class LapseReviewTest {

    @Test
    void aLapseThatCannotBeRememberedIsCounted() {
        IngestorCounters counters = new IngestorCounters();
        try (ScheduledExecutorService idle = Executors.newSingleThreadScheduledExecutor()) {
            LapseReview review =
                    LapseReview.start(
                            new LineEvidence(
                                    List.of(),
                                    () -> CompletableFuture.completedFuture(Map.of()),
                                    6),
                            Map.of(),
                            _ -> new CompletableFuture<>(),
                            counters,
                            idle,
                            Clock.fixed(Instant.ofEpochSecond(7), ZoneOffset.UTC));
            review.close();
            Lapse lapse =
                    new Lapse(
                            "a",
                            new StreamKey(
                                    Instrument.binance("BTCUSDT"),
                                    EventKind.TICKERS,
                                    Optional.empty()),
                            Optional.of(new EpochMicros(1)),
                            new EpochMicros(2),
                            "connection lost");
            for (int i = 0; i < LapseReview.CAPACITY + 2; i++) {
                review.heard(lapse);
            }
        }
        assertThat(counters.get(Count.LAPSES_FORGOTTEN)).isEqualTo(2);
    }
}
