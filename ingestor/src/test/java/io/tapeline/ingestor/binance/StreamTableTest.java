package io.tapeline.ingestor.binance;

import static org.assertj.core.api.Assertions.assertThat;

import io.tapeline.schemas.market.ExchangeTimeUnit;
import io.tapeline.schemas.market.Instrument;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class StreamTableTest {

    private static final Instrument BTC = Instrument.binance("BTCUSDT");

    private final StreamTable table =
            StreamTable.of(
                    List.of(BTC),
                    List.of(
                            StreamType.of("depth@100ms"),
                            StreamType.of("depth20"),
                            StreamType.of("bookTicker")),
                    "a",
                    ExchangeTimeUnit.MILLISECONDS,
                    (_, _, _, _, _, _) -> (_, _) -> {});
    private final SessionStreams streams = SessionStreams.EMPTY.next(table, table.streams());

    @Test
    void streamsOfTheAuditAreSubscribedAndNotMissed() {
        assertThat(table.streams())
                .isEqualTo(Set.of("btcusdt@depth@100ms", "btcusdt@depth20", "btcusdt@bookTicker"));
        assertThat(table.missable(table.streams()))
                .containsExactly(new SubscribedStream(BTC, StreamType.of("depth@100ms")));
    }

    @Test
    void streamsOfTheAuditAreNotWatchedForSilence() {
        assertThat(streams.entries().entrySet())
                .filteredOn(stream -> StreamSight.isWatched(stream.getValue()))
                .extracting(stream -> stream.getKey())
                .containsExactly("btcusdt@depth@100ms");
    }
}
