package io.tapeline.schemas.raw;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tapeline.schemas.market.EpochMicros;
import io.tapeline.schemas.market.EpochNanos;
import io.tapeline.schemas.market.ExchangeTimeUnit;
import io.tapeline.schemas.market.Instrument;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import org.apache.kafka.common.header.Headers;
import org.junit.jupiter.api.Test;

class RawHeadersTest {

    private final RawRecord record =
            new RawRecord(
                    Instrument.binance("币安人生USDT"),
                    new byte[] {'{', '}'},
                    "币安人生usdt@depth@100ms",
                    "b",
                    new EpochNanos(1_723_161_255_208_000_123L),
                    ExchangeTimeUnit.MICROSECONDS);

    @Test
    void whatIsWrittenIsRead() {
        assertThat(RawHeaders.read(record.instrument(), record.payload(), RawHeaders.of(record)))
                .isEqualTo(record);
    }

    @Test
    void theReceiveTimeIsEightBytesTheHighestFirst() {
        assertThat(HexFormat.of().formatHex(RawHeaders.of(record).lastHeader("rx").value()))
                .isEqualTo("17e9e6082b639a7b");
    }

    @Test
    void aMissingOrMalformedHeaderIsNamed() {
        Headers withoutLine = RawHeaders.of(record);
        withoutLine.remove("line");
        assertThatThrownBy(() -> read(withoutLine))
                .hasMessage("raw record: header line is missing");
        Headers shortTime = RawHeaders.of(record);
        shortTime.remove("rx").add("rx", new byte[3]);
        assertThatThrownBy(() -> read(shortTime)).hasMessageContaining("rx has 3 bytes, not 8");
        Headers otherUnit = RawHeaders.of(record);
        otherUnit.remove("unit").add("unit", "ns".getBytes(StandardCharsets.UTF_8));
        assertThatThrownBy(() -> read(otherUnit))
                .hasMessageContaining("\"ns\" is not one of ms, us");
    }

    private void read(Headers headers) {
        RawHeaders.read(record.instrument(), record.payload(), headers);
    }

    @Test
    void noTimeIsBelievedBecauseTheReceiptIsLongPast() {
        RawRecord record =
                new RawRecord(
                        Instrument.binance("BTCUSDT"),
                        new byte[0],
                        "btcusdt@depth",
                        "a",
                        new EpochNanos(Long.MIN_VALUE),
                        ExchangeTimeUnit.MILLISECONDS);
        assertThat(record.mayTell(new EpochMicros(Long.MAX_VALUE - 1))).isFalse();
    }
}
