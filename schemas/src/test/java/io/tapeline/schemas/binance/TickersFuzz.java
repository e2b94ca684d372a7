package io.tapeline.schemas.binance;

import static org.assertj.core.api.Assertions.assertThat;

import io.tapeline.schemas.DecoderFuzz;
import io.tapeline.schemas.market.Ticker;
import io.tapeline.schemas.raw.RawRecord;
import io.tapeline.schemas.wire.MalformedPayload;
import io.tapeline.schemas.wire.TickerCodec;

/** Statistics of a day: full, mini, and of REST. */
public final class TickersFuzz extends DecoderFuzz {

    private final TickerCodec codec = new TickerCodec();

    public TickersFuzz() {
        super(
                Records.BTCUSDT,
                new Sample("btcusdt@ticker", Payloads.TICKER),
                new Sample("!miniTicker@arr", Payloads.MINI_TICKER),
                new Sample("rest/ticker/24hr", Payloads.REST_TICKER));
    }

    @Override
    protected void decode(RawRecord record) throws MalformedPayload {
        Ticker ticker = BinanceTickers.decode(record);
        assertThat(codec.decode(codec.encode(ticker))).isEqualTo(ticker);
    }
}
