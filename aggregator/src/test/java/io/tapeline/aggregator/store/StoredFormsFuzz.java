package io.tapeline.aggregator.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.tapeline.aggregator.price.KnownPrice;
import io.tapeline.aggregator.sync.RecordSource;
import io.tapeline.fuzz.Input;
import io.tapeline.fuzz.Target;
import io.tapeline.schemas.market.EpochMicros;
import io.tapeline.schemas.market.Instrument;
import io.tapeline.schemas.market.Interval;
import io.tapeline.schemas.market.LatestPrice;
import io.tapeline.schemas.market.Price;
import io.tapeline.schemas.wire.Codec;
import io.tapeline.schemas.wire.LatestPriceCodec;
import io.tapeline.schemas.wire.MalformedPayload;
import java.util.List;

/**
 * Keys and values of the stores: what is read comes back from what is written of it. An input's
 * first byte chooses the form.
 */
public final class StoredFormsFuzz implements Target {

    private static final LatestPrice PRICE =
            new LatestPrice(
                    Instrument.binance("BTCUSDT"),
                    new EpochMicros(5),
                    Price.of("1.5"),
                    null,
                    null,
                    "kline");

    private static final KnownPriceCodec KNOWN = new KnownPriceCodec();
    private static final SourcedCodec<LatestPrice> SOURCED =
            new SourcedCodec<>(new LatestPriceCodec());

    @Override
    public List<byte[]> seeds() {
        return List.of(
                Input.of(
                        0,
                        CandleKey.CODEC.encode(
                                new CandleKey(
                                        PRICE.instrument(),
                                        Interval.ONE_MINUTE,
                                        new EpochMicros(60_000_000)))),
                Input.of(1, KNOWN.encode(new KnownPrice(PRICE, new EpochMicros(9)))),
                Input.of(1, new LatestPriceCodec().encode(PRICE)),
                Input.of(
                        2,
                        SOURCED.encode(
                                new Sourced<>(PRICE, new RecordSource(3, 77, new EpochMicros(6))))),
                Input.of(3, new JournalKey(PRICE.instrument(), 300).encode()));
    }

    @Override
    public void read(byte[] input) throws MalformedPayload {
        Input in = new Input(input);
        int form = in.below(4);
        byte[] bytes = in.rest();
        try {
            switch (form) {
                case 0 -> comesBack(CandleKey.CODEC, bytes);
                case 1 -> comesBack(KNOWN, bytes);
                case 2 -> comesBack(SOURCED, bytes);
                default -> {
                    JournalKey key = JournalKey.decode(bytes);
                    assertThat(JournalKey.decode(key.encode())).isEqualTo(key);
                }
            }
        } catch (MalformedPayload e) {
            assertThat(e.getMessage()).isNotEmpty();
        }
    }

    private static <V> void comesBack(Codec<V> codec, byte[] bytes) throws MalformedPayload {
        V value = codec.decode(bytes);
        byte[] written = codec.encode(value);
        V back;
        try {
            back = codec.decode(written);
        } catch (MalformedPayload e) {
            throw new AssertionError("is written so that it is not read: " + value, e);
        }
        assertThat(back).isEqualTo(value);
    }
}
