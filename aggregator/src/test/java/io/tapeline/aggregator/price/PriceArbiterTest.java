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
import io.tapeline.schemas.market.Venue;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
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

    private boolean accepts(@Nullable LatestPrice held, LatestPrice candidate) {
        return decide(held, candidate) == PriceVerdict.ACCEPTED;
    }

    private PriceVerdict decide(@Nullable LatestPrice held, LatestPrice candidate) {
        return arbiter.decide(held == null ? null : KnownPrice.of(held), candidate);
    }

    @Test
    void theNewerPriceWinsAndTheSameTimeIsNotNews() {
        assertThat(accepts(null, price(1, "kline"))).isTrue();
        assertThat(accepts(price(5, "ticker"), price(6, "ticker"))).isTrue();
        assertThat(accepts(price(5, "ticker"), price(5, "ticker"))).isFalse();
        assertThat(accepts(price(5, "ticker"), price(4, "ticker"))).isFalse();
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

        assertThat(accepts(told, PriceArbiter.of(candle(9_000, Origin.REST)))).isFalse();
    }

    private static LatestPrice polled(long second, String value) {
        return new LatestPrice(
                new Instrument(Venue.COINGECKO, "bitcoin-usd"),
                new EpochMicros(second * 1_000_000),
                Price.of(value),
                null,
                null,
                "simple/price");
    }

    @Test
    void ofAPolledSourceOnlyChangesAreTaken() {
        assertThat(decide(null, polled(5, "1"))).isEqualTo(PriceVerdict.ACCEPTED);
        assertThat(decide(polled(5, "1"), polled(6, "2"))).isEqualTo(PriceVerdict.ACCEPTED);
        assertThat(decide(polled(5, "1"), polled(6, "1.0"))).isEqualTo(PriceVerdict.CONFIRMED);
        assertThat(decide(polled(5, "1"), polled(5, "1"))).isEqualTo(PriceVerdict.DUPLICATE);
        assertThat(decide(polled(5, "1"), polled(5, "2"))).isEqualTo(PriceVerdict.ACCEPTED);
        assertThat(decide(polled(5, "1"), polled(4, "2"))).isEqualTo(PriceVerdict.LATE);
        assertThat(decide(polled(5, "1"), polled(4, "1"))).isEqualTo(PriceVerdict.LATE);
    }

    @Test
    void aConfirmedPriceHoldsUntilThenAndWhatIsOlderThanThatIsLate() {
        KnownPrice known =
                PriceArbiter.after(
                        PriceVerdict.CONFIRMED, KnownPrice.of(polled(5, "1")), polled(9, "1"));

        assertThat(known).isEqualTo(new KnownPrice(polled(5, "1"), new EpochMicros(9_000_000)));
        assertThat(arbiter.decide(known, polled(7, "2"))).isEqualTo(PriceVerdict.LATE);
        assertThat(arbiter.decide(known, polled(9, "2"))).isEqualTo(PriceVerdict.ACCEPTED);
        assertThat(arbiter.decide(known, polled(10, "2"))).isEqualTo(PriceVerdict.ACCEPTED);
    }

    @Test
    void theStreamAndThePollOfAnIndexAreTakenBothChangedOrNotByTime() {
        assertThat(decide(price(5, "index"), price(6, "get_index_price")))
                .isEqualTo(PriceVerdict.ACCEPTED);
        assertThat(decide(price(6, "get_index_price"), price(7, "index")))
                .isEqualTo(PriceVerdict.ACCEPTED);
        assertThat(decide(price(7, "index"), price(6, "get_index_price")))
                .isEqualTo(PriceVerdict.LATE);
        assertThat(decide(price(7, "index"), price(7, "index"))).isEqualTo(PriceVerdict.DUPLICATE);
    }

    @Test
    void aSourceThatTellsMoreIsHeardAtOnce() {
        assertThat(accepts(price(5, "kline"), price(6, "miniTicker"))).isTrue();
        assertThat(accepts(price(5, "miniTicker"), price(6, "ticker"))).isTrue();
    }

    @Test
    void aSourceThatTellsLessIsHeardOnceTheOtherIsSilent() {
        assertThat(accepts(price(5, "ticker"), price(14, "kline"))).isFalse();
        assertThat(accepts(price(5, "ticker"), price(15, "kline"))).isTrue();
    }
}
