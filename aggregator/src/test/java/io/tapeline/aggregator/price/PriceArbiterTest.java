package io.tapeline.aggregator.price;

import static org.assertj.core.api.Assertions.assertThat;

import io.tapeline.schemas.market.Candle;
import io.tapeline.schemas.market.EpochMicros;
import io.tapeline.schemas.market.Instrument;
import io.tapeline.schemas.market.Interval;
import io.tapeline.schemas.market.LatestPrice;
import io.tapeline.schemas.market.Origin;
import io.tapeline.schemas.market.Price;
import io.tapeline.schemas.market.Quantity;
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

    private static Candle candle(long eventSecond, Origin origin) {
        Price price = Price.of("10");
        Quantity one = Quantity.of("1");
        EpochMicros open = new EpochMicros(60_000_000);
        return new Candle(
                Instrument.binance("BTCUSDT"),
                Interval.ONE_MINUTE,
                open,
                Interval.ONE_MINUTE.closeTimeOf(open),
                new EpochMicros(eventSecond * 1_000_000),
                price,
                price,
                price,
                price,
                one,
                one,
                1,
                one,
                one,
                eventSecond > 120,
                origin);
    }

    @Test
    void theCloseOfACandleAskedForIsNoNewerThanTheCandlesEnd() {
        EpochMicros end = Interval.ONE_MINUTE.closeTimeOf(new EpochMicros(60_000_000));
        assertThat(PriceArbiter.of(candle(9_000, Origin.REST)).eventTime()).isEqualTo(end);
        assertThat(PriceArbiter.of(candle(90, Origin.REST)).eventTime())
                .isEqualTo(new EpochMicros(90_000_000));
        assertThat(PriceArbiter.of(candle(121, Origin.STREAM)).eventTime())
                .isEqualTo(new EpochMicros(121_000_000));
    }

    @Test
    void anOldCandleAskedForAfterASilenceIsNotTheNewestPrice() {
        LatestPrice told = price(1_000, "ticker");

        assertThat(arbiter.accepts(told, PriceArbiter.of(candle(9_000, Origin.REST)))).isFalse();
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
