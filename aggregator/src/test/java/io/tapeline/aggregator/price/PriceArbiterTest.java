package io.tapeline.aggregator.price;

import static org.assertj.core.api.Assertions.assertThat;

import io.tapeline.schemas.market.EpochMicros;
import io.tapeline.schemas.market.Instrument;
import io.tapeline.schemas.market.LatestPrice;
import io.tapeline.schemas.market.Price;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class PriceArbiterTest {

    private final PriceArbiter arbiter = new PriceArbiter(Duration.ofSeconds(10));

    private static LatestPrice price(long second, String source) {
        return new LatestPrice(
                Instrument.binance("BTCUSDT"),
                new EpochMicros(second * 1_000_000),
                Price.of("10"),
                null,
                null,
                source);
    }

    @Test
    void theNewerPriceWinsAndTheSameTimeIsNotNews() {
        assertThat(arbiter.accepts(null, price(1, "kline"))).isTrue();
        assertThat(arbiter.accepts(price(5, "ticker"), price(6, "ticker"))).isTrue();
        assertThat(arbiter.accepts(price(5, "ticker"), price(5, "ticker"))).isFalse();
        assertThat(arbiter.accepts(price(5, "ticker"), price(4, "ticker"))).isFalse();
    }

    @Test
    void aSourceThatTellsMoreIsHeardAtOnce() {
        assertThat(arbiter.accepts(price(5, "kline"), price(6, "miniTicker"))).isTrue();
        assertThat(arbiter.accepts(price(5, "miniTicker"), price(6, "ticker"))).isTrue();
    }

    @Test
    void aSourceThatTellsLessIsHeardOnceTheOtherIsSilent() {
        assertThat(arbiter.accepts(price(5, "ticker"), price(14, "kline"))).isFalse();
        assertThat(arbiter.accepts(price(5, "ticker"), price(15, "kline"))).isTrue();
    }
}
