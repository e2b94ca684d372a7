package io.tapeline.schemas.deribit;

import static org.assertj.core.api.Assertions.assertThat;

import io.tapeline.schemas.DecoderFuzz;
import io.tapeline.schemas.market.Instrument;
import io.tapeline.schemas.market.LatestPrice;
import io.tapeline.schemas.raw.RawRecord;
import io.tapeline.schemas.wire.LatestPriceCodec;
import io.tapeline.schemas.wire.MalformedPayload;

/** Price indices: notifications, answers, errors. */
public final class DeribitPricesFuzz extends DecoderFuzz {

    private static final String POLL = "rest/get_index_price?index_name=btc_usd";

    private final LatestPriceCodec codec = new LatestPriceCodec();

    public DeribitPricesFuzz() {
        super(
                Instrument.parse("deribit:btc_usd"),
                new Sample(
                        "deribit_price_index.btc_usd",
                        "{\"timestamp\":1723161609987,\"price\":61855.37,"
                                + "\"index_name\":\"btc_usd\"}"),
                new Sample(
                        POLL,
                        "{\"jsonrpc\":\"2.0\",\"result\":{\"index_price\":6.185537e4},"
                                + "\"usOut\":1723161609980123,\"testnet\":false}"),
                new Sample(POLL, "{\"error\":{\"message\":\"x\",\"code\":10028},\"usOut\":1}"));
    }

    @Override
    protected void decode(RawRecord record) throws MalformedPayload {
        LatestPrice price = DeribitPrices.decode(record);
        assertThat(record.mayTell(price.eventTime())).isTrue();
        assertThat(codec.decode(codec.encode(price))).isEqualTo(price);
    }
}
