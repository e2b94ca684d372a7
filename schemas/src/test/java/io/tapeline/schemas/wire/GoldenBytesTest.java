package io.tapeline.schemas.wire;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import io.tapeline.schemas.proto.DeadLetter;
import io.tapeline.schemas.proto.Gap;
import io.tapeline.schemas.proto.GapKind;
import io.tapeline.schemas.proto.GapOutcome;
import io.tapeline.schemas.proto.InstrumentInfo;
import io.tapeline.schemas.proto.InstrumentStatus;
import io.tapeline.schemas.proto.ResyncKind;
import io.tapeline.schemas.proto.ResyncRequest;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What was written yesterday is read tomorrow: the bytes of each message, kept per wire version.
 * Kept bytes are never changed; a new version gets a folder of its own beside them.
 */
class GoldenBytesTest {

    private static final String FOLDER = "/golden/v1/";

    record Sample<V>(String name, Codec<V> codec, V value) {
        @Override
        public String toString() {
            return name;
        }
    }

    static Stream<Sample<?>> samples() {
        return Stream.of(
                new Sample<>("candle", new CandleCodec(), Samples.CANDLE),
                new Sample<>("candle-wide", new CandleCodec(), Samples.WIDE_CANDLE),
                new Sample<>("ticker", new TickerCodec(), Samples.TICKER),
                new Sample<>("ticker-mini", new TickerCodec(), Samples.MINI_TICKER),
                new Sample<>("price", new LatestPriceCodec(), Samples.PRICE),
                new Sample<>("price-bare", new LatestPriceCodec(), Samples.BARE_PRICE),
                new Sample<>("book-delta", new BookEventCodec(), Samples.DELTA),
                new Sample<>("book-reset", new BookEventCodec(), Samples.RESET),
                new Sample<>("book-reset-wide", new BookEventCodec(), Samples.WIDE_RESET),
                new Sample<>("book-lost", new BookEventCodec(), Samples.LOST),
                new Sample<>(
                        "instrument",
                        ProtoCodec.of(InstrumentInfo.getDefaultInstance()),
                        InstrumentInfo.newBuilder()
                                .setInstrument("binance:BTCUSDT")
                                .setStatus(InstrumentStatus.INSTRUMENT_STATUS_HALTED)
                                .setVenueStatus("BREAK")
                                .setBaseAsset("BTC")
                                .setQuoteAsset("USDT")
                                .setTickSize("0.01000000")
                                .setStepSize("0.00001000")
                                .setMinNotional("5.00000000")
                                .setFirstSeenUs(1_723_161_255_208_123L)
                                .setUpdatedUs(1_723_161_255_208_124L)
                                .setStreamed(true)
                                .build()),
                new Sample<>(
                        "gap",
                        ProtoCodec.of(Gap.getDefaultInstance()),
                        Gap.newBuilder()
                                .setId("binance:BTCUSDT-depth-50093239203")
                                .setInstrument("binance:BTCUSDT")
                                .setKind(GapKind.GAP_KIND_DEPTH)
                                .setCause("both lines skipped")
                                .setFrom(50_093_239_203L)
                                .setTo(50_093_239_207L)
                                .setFoundUs(1_723_161_255_208_123L)
                                .setOutcome(GapOutcome.GAP_OUTCOME_FILLED)
                                .setHow("snapshot 50093239218")
                                .setEndedUs(1_723_161_256_208_123L)
                                .build()),
                new Sample<>(
                        "resync",
                        ProtoCodec.of(ResyncRequest.getDefaultInstance()),
                        ResyncRequest.newBuilder()
                                .setInstrument("binance:BTCUSDT")
                                .setKind(ResyncKind.RESYNC_KIND_KLINES)
                                .setReason("missing minute")
                                .setRequestedUs(1_723_161_255_208_123L)
                                .setInterval("1m")
                                .setFromUs(1_723_161_240_000_000L)
                                .setToUs(1_723_161_300_000_000L)
                                .setAfterUpdateId(50_093_239_207L)
                                .build()),
                new Sample<>(
                        "resync-catch-up",
                        ProtoCodec.of(ResyncRequest.getDefaultInstance()),
                        ResyncRequest.newBuilder()
                                .setInstrument("binance:BTCUSDT")
                                .setKind(ResyncKind.RESYNC_KIND_TICKERS)
                                .setReason("connection lost: closed by the exchange")
                                .setRequestedUs(1_723_161_255_208_123L)
                                .setFromUs(1_723_161_240_000_001L)
                                .setToUs(1_723_161_254_000_002L)
                                .setCatchUp(true)
                                .setLine("b")
                                .build()),
                new Sample<>(
                        "dead-letter",
                        ProtoCodec.of(DeadLetter.getDefaultInstance()),
                        DeadLetter.newBuilder()
                                .setTopic("tapeline.raw.depth")
                                .setPartition(3)
                                .setOffset(1L << 40)
                                .setKey(ByteString.copyFromUtf8("binance:BTCUSDT"))
                                .setValue(ByteString.copyFromUtf8("<html>"))
                                .setStream("rest/depth?limit=5000")
                                .setLine("b")
                                .setReason("depth: field payload is not an object, at byte 0")
                                .setFailedUs(1_723_161_255_208_123L)
                                .build()));
    }

    @ParameterizedTest
    @MethodSource("samples")
    <V> void bytesStayAsTheyAre(Sample<V> sample) throws IOException, MalformedPayload {
        byte[] written = sample.codec().encode(sample.value());
        assertThat(HexFormat.of().formatHex(written))
                .as("bytes of %s", sample.name())
                .isEqualTo(golden(sample.name()));
        assertThat(sample.codec().decode(HexFormat.of().parseHex(golden(sample.name()))))
                .isEqualTo(sample.value());
    }

    private static String golden(String name) throws IOException {
        try (InputStream in = GoldenBytesTest.class.getResourceAsStream(FOLDER + name + ".hex")) {
            return in == null
                    ? ""
                    : new String(in.readAllBytes(), StandardCharsets.US_ASCII)
                            .replaceAll("\\s", "");
        }
    }
}
