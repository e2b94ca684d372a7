package io.tapeline.schemas.raw;

import static org.assertj.core.api.Assertions.assertThat;

import io.tapeline.fuzz.Input;
import io.tapeline.fuzz.Target;
import io.tapeline.schemas.binance.BinanceDepth;
import io.tapeline.schemas.binance.BinanceKlines;
import io.tapeline.schemas.binance.BinanceTickers;
import io.tapeline.schemas.coingecko.CoinGeckoPrices;
import io.tapeline.schemas.deribit.DeribitPrices;
import io.tapeline.schemas.market.EpochMicros;
import io.tapeline.schemas.market.Instrument;
import io.tapeline.schemas.market.LatestPrice;
import io.tapeline.schemas.wire.MalformedPayload;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;

/**
 * Records whose headers say anything, read by every decoder. An input is stream, line, receive
 * time, unit and payload, with bytes 0xff between them, which UTF-8 has not.
 */
public final class RawHeadersFuzz implements Target {

    private static final int SEPARATOR = 0xff;
    private static final List<String> NAMES =
            List.of(RawHeaders.STREAM, RawHeaders.LINE, RawHeaders.RECEIVED, RawHeaders.UNIT);
    private static final List<Instrument> INSTRUMENTS =
            List.of(
                    Instrument.binance("BTCUSDT"),
                    Instrument.parse("deribit:btc_usd"),
                    Instrument.parse("coingecko:bitcoin-usd"));

    @Override
    public List<byte[]> seeds() {
        return List.of(
                seed(0, "btcusdt@depth20@100ms", "{\"lastUpdateId\":1,\"bids\":[],\"asks\":[]}"),
                seed(0, "rest/depth?limit=5000", "{\"lastUpdateId\":1,\"bids\":[],\"asks\":[]}"),
                seed(
                        1,
                        "deribit_price_index.btc_usd",
                        "{\"timestamp\":1723161609987,\"price\":1,\"index_name\":\"btc_usd\"}"),
                seed(2, "rest/simple/price", "{\"usd\":1,\"last_updated_at\":1723161599}"));
    }

    private static byte[] seed(int instrument, String stream, String payload) {
        ByteArrayOutputStream seed = new ByteArrayOutputStream();
        seed.write(instrument);
        seed.writeBytes(stream.getBytes(StandardCharsets.UTF_8));
        seed.write(SEPARATOR);
        seed.write('a');
        seed.write(SEPARATOR);
        seed.writeBytes(new byte[] {0x17, 0x6a, 0x1e, 0x44, 0, 0, 0, 0});
        seed.write(SEPARATOR);
        seed.writeBytes("ms".getBytes(StandardCharsets.US_ASCII));
        seed.write(SEPARATOR);
        seed.writeBytes(payload.getBytes(StandardCharsets.UTF_8));
        return seed.toByteArray();
    }

    @Override
    public List<String> words() {
        return List.of("rest/klines?interval=1m", "&purpose=audit", "limit=", "us", "@bookTicker");
    }

    @Override
    public void read(byte[] input) throws MalformedPayload {
        Input in = new Input(input);
        Instrument instrument = INSTRUMENTS.get(in.below(INSTRUMENTS.size()));
        List<byte[]> parts = in.parts(SEPARATOR);
        Headers headers = new RecordHeaders();
        for (int i = 0; i < NAMES.size() && i < parts.size(); i++) {
            headers.add(NAMES.get(i), parts.get(i));
        }
        byte[] payload = parts.size() > NAMES.size() ? parts.getLast() : new byte[0];
        RawRecord record;
        try {
            record = RawHeaders.read(instrument, payload, headers);
        } catch (IllegalArgumentException e) {
            return;
        }
        for (Header header : RawHeaders.of(record)) {
            if (!header.key().equals(RawHeaders.STREAM) && !header.key().equals(RawHeaders.LINE)) {
                assertThat(header.value()).isEqualTo(headers.lastHeader(header.key()).value());
            }
        }
        read(record);
    }

    private static void read(RawRecord record) {
        decode(() -> BinanceDepth.decode(record));
        decode(() -> BinanceKlines.decode(record));
        decode(() -> BinanceTickers.decode(record));
        decode(() -> told(record, DeribitPrices.decode(record)));
        decode(() -> told(record, CoinGeckoPrices.decode(record)));
    }

    /** The unit and the time of receipt may be anything: no time far ahead is believed by them. */
    private static LatestPrice told(RawRecord record, LatestPrice price) {
        EpochMicros latest =
                new EpochMicros(record.received().toMicros().value() + 86_400_000_000L);
        assertThat(price.eventTime()).isLessThanOrEqualTo(latest);
        return price;
    }

    private interface Decoder {
        Object decode() throws MalformedPayload;
    }

    private static void decode(Decoder decoder) {
        try {
            assertThat(decoder.decode()).isNotNull();
        } catch (MalformedPayload e) {
            assertThat(e).message().isNotEmpty();
        }
    }
}
