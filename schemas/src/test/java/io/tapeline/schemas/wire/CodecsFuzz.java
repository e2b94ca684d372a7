package io.tapeline.schemas.wire;

import static org.assertj.core.api.Assertions.assertThat;

import io.tapeline.fuzz.Input;
import io.tapeline.fuzz.Target;
import io.tapeline.schemas.proto.Gap;
import java.util.List;

/**
 * Our own bytes, from a topic that others may have written to: what is read of them comes back from
 * what is written of it. An input's first byte chooses the codec.
 */
public final class CodecsFuzz implements Target {

    private static final BookEventCodec BOOKS = new BookEventCodec();
    private static final CandleCodec CANDLES = new CandleCodec();
    private static final TickerCodec TICKERS = new TickerCodec();
    private static final LatestPriceCodec PRICES = new LatestPriceCodec();
    private static final List<Codec<?>> CODECS =
            List.of(BOOKS, CANDLES, TICKERS, PRICES, ProtoCodec.of(Gap.getDefaultInstance()));

    @Override
    public List<byte[]> seeds() {
        return List.of(
                Input.of(0, BOOKS.encode(Samples.DELTA)),
                Input.of(0, BOOKS.encode(Samples.RESET)),
                Input.of(0, BOOKS.encode(Samples.WIDE_RESET)),
                Input.of(0, BOOKS.encode(Samples.LOST)),
                Input.of(1, CANDLES.encode(Samples.CANDLE)),
                Input.of(1, CANDLES.encode(Samples.WIDE_CANDLE)),
                Input.of(2, TICKERS.encode(Samples.TICKER)),
                Input.of(2, TICKERS.encode(Samples.MINI_TICKER)),
                Input.of(3, PRICES.encode(Samples.PRICE)),
                Input.of(3, PRICES.encode(Samples.BARE_PRICE)),
                Input.of(4, Gap.newBuilder().setCause("a").build().toByteArray()));
    }

    @Override
    public List<String> words() {
        return List.of("1M", "1w", "1s", "binance:", "1e37", "0.1");
    }

    @Override
    public void read(byte[] input) throws MalformedPayload {
        Input in = new Input(input);
        comesBack(CODECS.get(in.below(CODECS.size())), in.rest());
    }

    private static <V> void comesBack(Codec<V> codec, byte[] bytes) throws MalformedPayload {
        V value;
        try {
            value = codec.decode(bytes);
        } catch (MalformedPayload e) {
            return;
        }
        assertThat(codec.decode(codec.encode(value))).isEqualTo(value);
    }
}
