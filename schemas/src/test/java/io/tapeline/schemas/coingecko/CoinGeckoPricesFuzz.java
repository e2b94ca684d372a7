package io.tapeline.schemas.coingecko;

import static org.assertj.core.api.Assertions.assertThat;

import io.tapeline.schemas.DecoderFuzz;
import io.tapeline.schemas.market.Instrument;
import io.tapeline.schemas.market.LatestPrice;
import io.tapeline.schemas.raw.RawRecord;
import io.tapeline.schemas.wire.LatestPriceCodec;
import io.tapeline.schemas.wire.MalformedPayload;

/** A coin's object of simple prices. */
public final class CoinGeckoPricesFuzz extends DecoderFuzz {

    private final LatestPriceCodec codec = new LatestPriceCodec();

    public CoinGeckoPricesFuzz() {
        super(
                Instrument.parse("coingecko:bitcoin-usd"),
                new Sample(
                        "rest/simple/price",
                        "{\"usd\":61855,\"eur\":1.2e-08,\"last_updated_at\":1723161599}"),
                new Sample("rest/simple/price?ids=bitcoin", "{\"status\":{\"error_code\":429}}"));
    }

    @Override
    protected void decode(RawRecord record) throws MalformedPayload {
        LatestPrice price = CoinGeckoPrices.decode(record);
        assertThat(record.mayTell(price.eventTime())).isTrue();
        assertThat(codec.decode(codec.encode(price))).isEqualTo(price);
    }
}
