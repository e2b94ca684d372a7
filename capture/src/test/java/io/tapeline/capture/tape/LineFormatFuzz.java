package io.tapeline.capture.tape;

import static org.assertj.core.api.Assertions.assertThat;

import io.tapeline.fuzz.Input;
import io.tapeline.fuzz.Target;
import io.tapeline.schemas.market.EpochNanos;
import io.tapeline.schemas.market.ExchangeTimeUnit;
import io.tapeline.schemas.market.Instrument;
import io.tapeline.schemas.raw.RawRecord;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * Lines of a tape: what is read comes back from what is written of it, and any payload comes back
 * from its line. An input's first byte tells whether the rest is a line or a payload.
 */
public final class LineFormatFuzz implements Target {

    @Override
    public List<byte[]> seeds() {
        return List.of(
                line("{\"stream\":\"btcusdt@depth@100ms\",\"data\":{\"e\":\"depthUpdate\"}}"),
                line(
                        "{\"stream\":\"rest/depth?limit=5000\",\"topic\":\"depth\",\"key\":"
                            + "\"binance:ETHUSDT\",\"line\":\"b\",\"unit\":\"us\",\"data64\":\"AAo=\"}"),
                line("{\"data\":-1.5e3,\"x\":[{}],\"stream\":\"a@bookTicker\"} "),
                Input.of(
                        0,
                        "1 {\"stream\":\"a@depth\",\"data\":1}"
                                .getBytes(StandardCharsets.UTF_16LE)),
                Input.of(1, "{\"e\":\"kline\"}"),
                Input.of(1, "\uFEFF[1]"),
                Input.of(1, "{}".getBytes(StandardCharsets.UTF_16BE)),
                Input.of(1, "\"\n\""));
    }

    private static byte[] line(String envelope) {
        return Input.of(0, "1723161253937085768 " + envelope);
    }

    @Override
    public void read(byte[] input) throws MalformedLine {
        Input in = new Input(input);
        if (in.below(2) == 1) {
            comesBack(
                    new TapeLine(
                            RawTopic.DEPTH,
                            new RawRecord(
                                    Instrument.binance("BTCUSDT"),
                                    in.rest(),
                                    "btcusdt@depth",
                                    "a",
                                    new EpochNanos(5),
                                    ExchangeTimeUnit.MILLISECONDS)));
            return;
        }
        TapeLine line;
        try {
            line = LineFormat.parse(in.rest());
        } catch (MalformedLine e) {
            return;
        }
        // Texts with half a character are no UTF-8 and are written as a question mark.
        if (isText(line.record().stream())
                && isText(line.record().line())
                && isText(line.record().instrument().symbol())) {
            comesBack(line);
        }
    }

    private static boolean isText(String text) {
        return StandardCharsets.UTF_8.newEncoder().canEncode(text);
    }

    private static void comesBack(TapeLine line) throws MalformedLine {
        byte[] written = LineFormat.write(line);
        assertThat(written).doesNotContain('\n');
        assertThat(LineFormat.parse(written)).usingRecursiveComparison().isEqualTo(line);
    }
}
