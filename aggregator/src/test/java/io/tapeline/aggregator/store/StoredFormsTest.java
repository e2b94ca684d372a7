package io.tapeline.aggregator.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tapeline.aggregator.price.KnownPrice;
import io.tapeline.aggregator.sync.RecordSource;
import io.tapeline.schemas.market.EpochMicros;
import io.tapeline.schemas.market.Instrument;
import io.tapeline.schemas.market.Interval;
import io.tapeline.schemas.market.LatestPrice;
import io.tapeline.schemas.market.Price;
import io.tapeline.schemas.wire.LatestPriceCodec;
import io.tapeline.schemas.wire.MalformedPayload;
import java.util.Arrays;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;

class StoredFormsTest {

    private static final CandleKey KEY =
            new CandleKey(
                    Instrument.binance("BTCUSDT"),
                    Interval.ONE_MINUTE,
                    new EpochMicros(60_000_000));

    @Test
    void aCandlesKeyHasTheseBytes() throws Exception {
        byte[] bytes = CandleKey.CODEC.encode(KEY);

        assertThat(HexFormat.of().formatHex(bytes))
                .isEqualTo("62696e616e63653a4254435553445400316d000000000003938700");
        assertThat(CandleKey.CODEC.decode(bytes)).isEqualTo(KEY);
    }

    @Test
    void keysOfASeriesStandInTheOrderOfTheirOpenTimes() {
        byte[] earlier = CandleKey.CODEC.encode(KEY);
        byte[] later =
                CandleKey.CODEC.encode(
                        new CandleKey(
                                KEY.instrument(),
                                KEY.interval(),
                                new EpochMicros(1_700_000_000_000_000L)));
        assertThat(Arrays.compareUnsigned(earlier, later)).isNegative();
    }

    @Test
    void aStoredValueKeepsWhereItCameFrom() throws Exception {
        SourcedCodec<LatestPrice> codec = new SourcedCodec<>(new LatestPriceCodec());
        Sourced<LatestPrice> price =
                new Sourced<>(
                        new LatestPrice(
                                KEY.instrument(),
                                new EpochMicros(5),
                                Price.of("1.5"),
                                null,
                                null,
                                "kline"),
                        new RecordSource(3, 77, new EpochMicros(6)));

        assertThat(codec.decode(codec.encode(price))).isEqualTo(price);
        assertThatThrownBy(() -> codec.decode(new byte[] {2, 0}))
                .isInstanceOf(MalformedPayload.class);
    }

    @Test
    void aKnownPriceKeepsWhenItWasConfirmedAndItsOldFormIsRead() throws Exception {
        KnownPriceCodec codec = new KnownPriceCodec();
        LatestPrice price =
                new LatestPrice(
                        KEY.instrument(), new EpochMicros(5), Price.of("1.5"), null, null, "kline");
        KnownPrice known = new KnownPrice(price, new EpochMicros(9));

        assertThat(codec.decode(codec.encode(known))).isEqualTo(known);
        assertThat(codec.decode(new LatestPriceCodec().encode(price)))
                .isEqualTo(KnownPrice.of(price));
        assertThatThrownBy(() -> codec.decode(new byte[] {3, 0}))
                .isInstanceOf(MalformedPayload.class);
        assertThatThrownBy(() -> codec.decode(new byte[0])).isInstanceOf(MalformedPayload.class);
    }
}
