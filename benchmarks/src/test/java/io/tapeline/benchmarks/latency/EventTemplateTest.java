package io.tapeline.benchmarks.latency;

import static org.assertj.core.api.Assertions.assertThat;

import io.tapeline.benchmarks.tape.SyntheticDepth;
import io.tapeline.schemas.binance.BinanceDepth;
import io.tapeline.schemas.market.BookEvent;
import io.tapeline.schemas.market.DepthUpdate;
import io.tapeline.schemas.market.EpochMicros;
import io.tapeline.schemas.market.EpochNanos;
import io.tapeline.schemas.market.ExchangeTimeUnit;
import io.tapeline.schemas.market.Instrument;
import io.tapeline.schemas.raw.RawRecord;
import io.tapeline.schemas.wire.BookEventCodec;
import io.tapeline.schemas.wire.MalformedPayload;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class EventTemplateTest {

    private static final long DUE = 1_795_000_000_123_456L;

    private static DepthUpdate stamped() throws MalformedPayload {
        String diff = new SyntheticDepth(3, 3, 1, true).tape().diffs().getFirst();
        EventTemplate template = new EventTemplate("x@depth@100ms", diff);
        template.stamp(DUE, 60_000_000_001L);
        String text = new String(template.frame, StandardCharsets.ISO_8859_1);
        String payload =
                text.substring(text.indexOf("\"data\":") + "\"data\":".length(), text.length() - 1);
        return (DepthUpdate)
                BinanceDepth.decode(
                        new RawRecord(
                                Instrument.binance(SyntheticDepth.SYMBOL),
                                payload.getBytes(StandardCharsets.UTF_8),
                                "x@depth@100ms",
                                "a",
                                new EpochNanos(1),
                                ExchangeTimeUnit.MICROSECONDS));
    }

    @Test
    void timeAndIdsAreWrittenInPlace() throws MalformedPayload {
        DepthUpdate update = stamped();
        assertThat(update.eventTime()).isEqualTo(new EpochMicros(DUE));
        assertThat(update.firstUpdateId()).isEqualTo(60_000_000_001L);
        assertThat(update.finalUpdateId()).isGreaterThanOrEqualTo(60_000_000_001L);
    }

    @Test
    void theTimeComesOutOfTheCleanRecord() throws MalformedPayload, IOException {
        DepthUpdate update = stamped();
        byte[] clean =
                new BookEventCodec()
                        .encode(
                                new BookEvent.Delta(
                                        update.instrument(),
                                        update.eventTime(),
                                        update.firstUpdateId(),
                                        update.finalUpdateId(),
                                        update.firstUpdateId() - 1,
                                        update.bids(),
                                        update.asks()));
        assertThat(EventTime.micros(clean)).isEqualTo(DUE);
    }
}
