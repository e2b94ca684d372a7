package io.tapeline.schemas.binance;

import static org.assertj.core.api.Assertions.assertThat;

import io.tapeline.schemas.DecoderFuzz;
import io.tapeline.schemas.market.Candle;
import io.tapeline.schemas.raw.RawRecord;
import io.tapeline.schemas.wire.CandleCodec;
import io.tapeline.schemas.wire.MalformedPayload;

/** Candles of streams and of REST. */
public final class KlinesFuzz extends DecoderFuzz {

    private final CandleCodec codec = new CandleCodec();

    public KlinesFuzz() {
        super(
                Records.BTCUSDT,
                new Sample("btcusdt@kline_1m", Payloads.KLINE),
                new Sample("rest/klines?interval=1m", Payloads.KLINE_ROW),
                new Sample("rest/klines?interval=1M&purpose=history", Payloads.KLINE_ROW));
    }

    @Override
    protected void decode(RawRecord record) throws MalformedPayload {
        Candle candle = BinanceKlines.decode(record);
        assertThat(codec.decode(codec.encode(candle))).isEqualTo(candle);
    }
}
