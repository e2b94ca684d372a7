package io.tapeline.benchmarks.tape;

import static org.assertj.core.api.Assertions.assertThat;

import io.tapeline.aggregator.sync.BookSync;
import io.tapeline.aggregator.sync.Fate;
import io.tapeline.aggregator.sync.RecordSource;
import io.tapeline.aggregator.sync.SyncSettings;
import io.tapeline.aggregator.sync.SyncState;
import io.tapeline.aggregator.sync.SyncStep;
import io.tapeline.aggregator.sync.SynchronisedBook;
import io.tapeline.schemas.binance.BinanceDepth;
import io.tapeline.schemas.market.EpochMicros;
import io.tapeline.schemas.market.EpochNanos;
import io.tapeline.schemas.market.ExchangeTimeUnit;
import io.tapeline.schemas.market.Instrument;
import io.tapeline.schemas.raw.RawRecord;
import io.tapeline.schemas.wire.MalformedPayload;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class SyntheticDepthTest {

    private static final Instrument INSTRUMENT = Instrument.binance(SyntheticDepth.SYMBOL);
    private static final EpochMicros NOW = new EpochMicros(1);

    @Test
    void everyDiffGoesStraightIntoTheBook() throws MalformedPayload {
        DepthTape tape = new SyntheticDepth(7, 3, 2_000, false).tape();
        SynchronisedBook book =
                new SynchronisedBook(INSTRUMENT, new BookSync(SyncSettings.DEFAULT));
        assertThat(accept(book, tape.snapshot(), "rest/depth?limit=1000").fate())
                .isEqualTo(Fate.SNAPSHOT_USED);
        for (String diff : tape.diffs()) {
            SyncStep step = accept(book, diff, "x@depth@100ms");
            assertThat(step.fate()).isEqualTo(Fate.APPLIED);
            assertThat(step.next()).isInstanceOf(SyncState.Live.class);
        }
    }

    @Test
    void theSameSeedMakesTheSameTape() {
        assertThat(new SyntheticDepth(7, 3, 100, true).tape())
                .isEqualTo(new SyntheticDepth(7, 3, 100, true).tape());
    }

    private static SyncStep accept(SynchronisedBook book, String payload, String stream)
            throws MalformedPayload {
        return book.accept(
                BinanceDepth.decode(
                        new RawRecord(
                                INSTRUMENT,
                                payload.getBytes(StandardCharsets.UTF_8),
                                stream,
                                "a",
                                new EpochNanos(1),
                                ExchangeTimeUnit.MILLISECONDS)),
                new RecordSource(0, 1, NOW),
                NOW);
    }
}
