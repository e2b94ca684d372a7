package io.tapeline.schemas.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.ByteString;
import io.tapeline.schemas.Seeds;
import io.tapeline.schemas.market.BookEvent;
import io.tapeline.schemas.market.Decimal;
import io.tapeline.schemas.market.EpochMicros;
import io.tapeline.schemas.market.Instrument;
import io.tapeline.schemas.market.LatestPrice;
import io.tapeline.schemas.market.Levels;
import io.tapeline.schemas.market.Price;
import io.tapeline.schemas.proto.BookDelta;
import io.tapeline.schemas.proto.WideDecimal;
import java.util.Arrays;
import java.util.Random;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

class CodecRoundTripTest {

    private static final int CASES = 5_000;

    private static final Random RANDOM = Seeds.random(CodecRoundTripTest.class);

    private static <V> void check(Codec<V> codec, Function<Random, V> values)
            throws MalformedPayload {
        for (int i = 0; i < CASES; i++) {
            V value = values.apply(RANDOM);
            byte[] bytes = codec.encode(value);
            V back = codec.decode(bytes);
            assertThat(back).isEqualTo(value);
            assertThat(codec.encode(back)).isEqualTo(bytes);
            broken(codec, bytes);
        }
    }

    /** Broken bytes are a value or malformed, nothing else. */
    private static <V> void broken(Codec<V> codec, byte[] bytes) {
        byte[] mutant = Arrays.copyOf(bytes, 1 + RANDOM.nextInt(bytes.length));
        mutant[RANDOM.nextInt(mutant.length)] = (byte) RANDOM.nextInt(256);
        try {
            assertThat(codec.decode(mutant)).isNotNull();
        } catch (MalformedPayload e) {
            assertThat(e.getMessage()).isNotEmpty();
        }
    }

    @Test
    void candles() throws MalformedPayload {
        check(new CandleCodec(), Samples::randomCandle);
    }

    @Test
    void tickers() throws MalformedPayload {
        check(new TickerCodec(), Samples::randomTicker);
    }

    @Test
    void prices() throws MalformedPayload {
        check(new LatestPriceCodec(), Samples::randomPrice);
    }

    @Test
    void bookEvents() throws MalformedPayload {
        check(new BookEventCodec(), Samples::randomBookEvent);
    }

    @Test
    void zerosThatAWholeGroupSharesAreDropped() {
        io.tapeline.schemas.proto.Levels levels =
                LevelsCodec.toProto(
                        Levels.compact(
                                2,
                                8,
                                8,
                                new long[] {6_185_530_000_000L, 6_185_537_000_000L},
                                new long[] {0, 0}));
        assertThat(levels.getPriceExponent()).isEqualTo(-2);
        assertThat(levels.getPricesList()).containsExactly(6_185_530L, 6_185_537L);
        assertThat(levels.getQuantityExponent()).isZero();
    }

    @Test
    void whatDoesNotFitIn64BitsStandsInWideAndItsFieldHoldsZero() {
        assertThat(CandleCodec.toProto(Samples.WIDE_CANDLE))
                .satisfies(candle -> {
                    assertThat(candle.getQuoteExponent()).isEqualTo(-8);
                    assertThat(candle.getQuoteVolume()).isZero();
                    assertThat(candle.getTakerBuyQuoteVolume()).isEqualTo(119_423_199_488_069L);
                    assertThat(candle.getWideList())
                            .containsExactly(
                                    WideDecimal.newBuilder()
                                            .setField(15)
                                            .setText("12345678901234567890.123456789")
                                            .build());
                });
    }

    @Test
    void aSumOfMoreThan38DigitsIsNotWritten() {
        LatestPrice price =
                new LatestPrice(
                        Instrument.binance("BTCUSDT"),
                        new EpochMicros(5),
                        new Price(
                                Decimal.parse("9".repeat(38)).times(Decimal.parse("9".repeat(9)))),
                        null,
                        null,
                        "ticker");
        assertThatThrownBy(() -> new LatestPriceCodec().encode(price))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("more than 38 digits");
    }

    @Test
    void aMessageThatIsNoValueIsMalformed() {
        io.tapeline.schemas.proto.Candle candle = CandleCodec.toProto(Samples.CANDLE);
        refused(candle.toBuilder().setPriceExponent(1).build(), "price_exponent 1 is not between");
        refused(candle.toBuilder().setQuoteExponent(-39).build(), "quote_exponent -39");
        refused(candle.toBuilder().setInstrument("BTCUSDT").build(), "venue:SYMBOL");
        refused(candle.toBuilder().setInterval("7m").build(), "interval: \"7m\"");
        refused(candle.toBuilder().setOpen(-1).build(), "field 7 is negative");
        refused(candle.toBuilder().setLow(Long.MAX_VALUE).build(), "is above high");
        refused(candle.toBuilder().setOriginValue(9).build(), "origin is missing or not known");
        refused(
                candle.toBuilder()
                        .addWide(WideDecimal.newBuilder().setField(7).setText("5"))
                        .build(),
                "field 7 has a value and a wide one");
        refused(
                candle.toBuilder()
                        .setOpen(0)
                        .addWide(WideDecimal.newBuilder().setField(7).setText("five"))
                        .build(),
                "wide field 7");
        assertThatThrownBy(() -> new CandleCodec().decode(new byte[] {1, 2, 3}))
                .isInstanceOf(MalformedPayload.class);
    }

    private static void refused(io.tapeline.schemas.proto.Candle candle, String reason) {
        assertThatThrownBy(() -> CandleCodec.fromProto(candle))
                .isInstanceOf(MalformedPayload.class)
                .hasMessageContaining(reason);
    }

    @Test
    void aBookEventThatIsNoValueIsMalformed() {
        io.tapeline.schemas.proto.BookEvent.Builder event =
                BookEventCodec.toProto(Samples.DELTA).toBuilder();
        BookDelta delta = event.getDelta();
        refused(event.clone().clearKind(), "neither a delta nor a reset");
        refused(
                event.clone().setDelta(delta.toBuilder().setPreviousUpdateId(1)),
                "do not follow 1");
        refused(
                event.clone()
                        .setDelta(
                                delta.toBuilder()
                                        .setBids(delta.getBids().toBuilder().clearQuantities())),
                "2 prices and 0 quantities");
        refused(
                event.clone()
                        .setDelta(
                                delta.toBuilder()
                                        .setBids(delta.getBids().toBuilder().setPrices(1, -5))),
                "level 1 is negative");
    }

    private static void refused(io.tapeline.schemas.proto.BookEvent.Builder event, String reason) {
        assertThatThrownBy(() -> BookEventCodec.fromProto(event.build()))
                .isInstanceOf(MalformedPayload.class)
                .hasMessageContaining(reason);
    }

    @Test
    void aDeltaFollowsTheOneBeforeIt() {
        assertThatThrownBy(() ->
                        new BookEvent.Delta(
                                Instrument.binance("BTCUSDT"),
                                new EpochMicros(5),
                                12,
                                20,
                                10,
                                Levels.EMPTY,
                                Levels.EMPTY))
                .hasMessage("book delta binance:BTCUSDT: ids 12 to 20 do not follow 10");
    }

    @Test
    void fieldsOfTomorrowAreIgnored() throws MalformedPayload {
        byte[] bytes = new LatestPriceCodec().encode(Samples.PRICE);
        ByteString more = ByteString.fromHex("fa0703616263"); // field 127, text "abc"
        assertThat(
                        new LatestPriceCodec()
                                .decode(ByteString.copyFrom(bytes).concat(more).toByteArray()))
                .isEqualTo(Samples.PRICE);
    }

    @Test
    void aCandleBeforeAllMonthsIsMalformed() {
        io.tapeline.schemas.proto.Candle candle =
                CandleCodec.toProto(Samples.CANDLE).toBuilder()
                        .setInterval("1M")
                        .setOpenTimeUs(Long.MIN_VALUE)
                        .build();
        refused(candle, "overflow");
    }
}
