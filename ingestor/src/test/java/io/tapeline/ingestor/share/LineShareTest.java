package io.tapeline.ingestor.share;

import static org.assertj.core.api.Assertions.assertThat;

import io.tapeline.schemas.market.EpochMicros;
import io.tapeline.schemas.market.Instrument;
import io.tapeline.schemas.market.Venue;
import io.tapeline.schemas.topic.InstrumentPartitioner;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class LineShareTest {

    private static final int PARTITIONS = 4;
    private static final Instrument BTC = Instrument.binance("BTCUSDT");
    private static final Instrument ETH = Instrument.binance("ETHUSDT");
    private static final Instrument INDEX = Instrument.parse("deribit:btc_usd");
    private static final Instant NOW = Instant.ofEpochSecond(1_000);

    private final ScheduledExecutorService scheduler = Executors.newScheduledThreadPool(1);
    private final LineShare share =
            new LineShare(
                    "a", PARTITIONS, Duration.ZERO, scheduler, Clock.fixed(NOW, ZoneOffset.UTC));
    private final List<Set<Instrument>> binance = new ArrayList<>();
    private final List<Set<Instrument>> deribit = new ArrayList<>();

    LineShareTest() {
        share.listen(Venue.BINANCE, binance::add, () -> Streaming.ALL);
        share.listen(Venue.DERIBIT, deribit::add, () -> Streaming.NOT_ALL);
    }

    @AfterEach
    void end() {
        scheduler.shutdownNow();
    }

    @Test
    void eachVenueIsToldEveryChangeOfItsOwnInstrumentsAndNothingElse() {
        share.streamed(Set.of(BTC, INDEX));
        assertThat(binance).isEmpty();
        share.assigned(all(Map.of()));
        share.streamed(Set.of(BTC, INDEX));
        share.streamed(Set.of(BTC, ETH, INDEX));
        share.streamed(Set.of(ETH));
        assertThat(binance).containsExactly(Set.of(BTC), Set.of(BTC, ETH), Set.of(ETH));
        assertThat(deribit).containsExactly(Set.of(INDEX), Set.of());
        assertThat(share.carried()).containsExactly(ETH);
    }

    @Test
    void whatIsRevokedWithoutAHandoverIsCarriedNoMore() {
        share.streamed(Set.of(BTC));
        share.assigned(all(Map.of()));
        share.revoked(List.of(InstrumentPartitioner.partitionOf(BTC, PARTITIONS)));
        assertThat(binance).containsExactly(Set.of(BTC), Set.of());
        assertThat(share.holds(BTC)).isFalse();
    }

    @Test
    void whatIsLostAndGivenBackAtOnceIsNeverInterrupted() {
        share.streamed(Set.of(BTC));
        share.assigned(all(Map.of()));
        share.lost(all(Map.of()).keySet());
        share.assigned(all(Map.of()));
        assertThat(binance).containsExactly(Set.of(BTC));
        assertThat(share.holds(BTC)).isTrue();
    }

    @Test
    void itIsNotedSinceWhenAndUntilWhenEachVenueIsCarried() {
        EpochMicros now = EpochMicros.of(NOW);
        Carried before = new Carried(new EpochMicros(1), new EpochMicros(2));
        share.assigned(all(Map.of(Venue.BINANCE, before, Venue.DERIBIT, before)));
        assertThat(share.carriedBefore(BTC)).contains(new EpochMicros(2));
        share.note();
        assertThat(share.notes().get(0))
                .isEqualTo(
                        Map.of(
                                Venue.BINANCE,
                                new Carried(new EpochMicros(1), now),
                                Venue.DERIBIT,
                                before));
    }

    private static Map<Integer, Map<Venue, Carried>> all(Map<Venue, Carried> before) {
        return Map.of(0, before, 1, before, 2, before, 3, before);
    }
}
