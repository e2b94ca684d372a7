package io.tapeline.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import io.tapeline.chaos.judge.SentAndKept;
import io.tapeline.exchange.Limits;
import io.tapeline.ingestor.feed.IngestorCounters.Count;
import io.tapeline.kafka.test.KafkaCluster;
import io.tapeline.kafka.test.KafkaTest;
import io.tapeline.schemas.proto.Gap;
import io.tapeline.schemas.proto.GapKind;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A day of connection life (EXCHANGES A.2: 24 h) in seconds: the exchange cuts every connection at
 * a scaled age, and one line alone, which replaces each before that, brings every event.
 */
@KafkaTest
class ShortLivedConnectionsIT {

    private static final int REPLACEMENTS = 50;
    private static final Duration LIFETIME = Duration.ofSeconds(6);
    private static final Duration PATIENCE = Duration.ofMinutes(3);

    private final KafkaCluster kafka;

    @TempDir Path dir;

    ShortLivedConnectionsIT(KafkaCluster kafka) {
        this.kafka = kafka;
    }

    @Test
    void fifty_replacements_lose_nothing_on_a_single_line() throws Exception {
        long seed = System.nanoTime();
        System.out.println("seed " + seed);
        try (FaultyMarket market =
                FaultyMarket.start(
                        kafka,
                        dir,
                        seed,
                        Limits.real().withLifetime(LIFETIME),
                        List.of("one"),
                        List.of("a"),
                        Map.of(
                                "tapeline.binance.streams-per-connection", "4",
                                "tapeline.binance.replace-after", "3s",
                                "tapeline.binance.attempts-per-five-minutes", "240",
                                "tapeline.binance.overlap", "1s"))) {
            long deadline = System.nanoTime() + PATIENCE.toNanos();
            while (market.count(Count.REPLACED) < REPLACEMENTS) {
                assertThat(System.nanoTime()).as("deadline").isLessThan(deadline);
                LockSupport.parkNanos(Duration.ofMillis(200).toNanos());
            }
            market.awaitFlow();
            SentAndKept.Verdict verdict = market.judgeTape();
            market.awaitBooksAndCandles();
            System.out.printf(
                    "%d replacements, %s, resets %s%n",
                    market.count(Count.REPLACED), verdict, market.resets());

            assertThat(verdict.explained()).as("events lost").isZero();
            assertThat(market.gaps())
                    .filteredOn(gap -> gap.getKind() == GapKind.GAP_KIND_DEPTH)
                    .isEqualTo(List.<Gap>of());
            assertThat(market.resets()).as("one reset a book").doesNotHaveDuplicates();
            assertThat(market.newBreaches()).as("breaches of the exchange's limits").isEmpty();
        }
    }
}
