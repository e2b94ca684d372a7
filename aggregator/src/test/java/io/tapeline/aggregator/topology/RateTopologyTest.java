package io.tapeline.aggregator.topology;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.groups.Tuple.tuple;

import io.tapeline.aggregator.line.LineKind;
import io.tapeline.aggregator.price.KnownPrice;
import io.tapeline.aggregator.store.Sourced;
import io.tapeline.aggregator.store.StoreNames;
import io.tapeline.schemas.market.LatestPrice;
import io.tapeline.schemas.market.Price;
import io.tapeline.schemas.market.Venue;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** Prices of the other venues. */
class RateTopologyTest extends TopologyFixture {

    private void index(long second, String price, String line) {
        rate(
                "deribit:btc_usd",
                "deribit_price_index.btc_usd",
                line,
                "{\"timestamp\":%d,\"price\":%s,\"index_name\":\"btc_usd\"}"
                        .formatted(OPEN + second * 1_000, price));
    }

    private void indexPoll(long second, String price) {
        rate(
                "deribit:btc_usd",
                "rest/get_index_price?index_name=btc_usd",
                "rest",
                "{\"result\":{\"index_price\":%s},\"usOut\":%d}"
                        .formatted(price, (OPEN + second * 1_000) * 1_000));
    }

    @Test
    void anIndexIsRecordedFromItsStreamAndOnceAMinuteFromItsPollThoughItStandsStill() {
        index(1, "100.5", "a");
        index(1, "100.5", "b");
        indexPoll(60, "100.5");
        indexPoll(120, "100.5");
        index(119, "100.4", "a");

        assertThat(told(topics.prices()))
                .extracting(
                        price -> price.instrument().id(),
                        price -> price.eventTime().toMillis() - OPEN,
                        LatestPrice::price,
                        LatestPrice::source)
                .containsExactly(
                        tuple("deribit:btc_usd", 1_000L, Price.of("100.5"), "index"),
                        tuple("deribit:btc_usd", 60_000L, Price.of("100.5"), "get_index_price"),
                        tuple("deribit:btc_usd", 120_000L, Price.of("100.5"), "get_index_price"));
        assertThat(line(Venue.DERIBIT, "a", LineKind.TICKERS))
                .containsExactly(2L, 1L, 0L, 1L, 0L, 0L, 0L, 0L, 0L);
        assertThat(line(Venue.DERIBIT, "b", LineKind.TICKERS))
                .containsExactly(1L, 0L, 1L, 0L, 0L, 0L, 0L, 0L, 0L);
        assertThat(line(Venue.DERIBIT, "rest", LineKind.TICKERS))
                .containsExactly(2L, 2L, 0L, 0L, 0L, 0L, 0L, 0L, 0L);
    }

    private void coin(long second, String price) {
        rate(
                "coingecko:bitcoin-usd",
                "rest/simple/price?ids=bitcoin&vs_currencies=usd",
                "rest",
                "{\"usd\":%s,\"last_updated_at\":%d}".formatted(price, OPEN / 1_000 + second));
    }

    @Test
    void ofACoinOnlyChangesAreRecorded() {
        coin(10, "1.2e-08");
        coin(10, "1.2e-08");
        coin(70, "0.000000012");
        coin(60, "5");
        coin(130, "5");
        coin(130, "6");

        assertThat(told(topics.prices()))
                .extracting(
                        price -> price.eventTime().toMillis() - OPEN,
                        price -> price.price().toString())
                .containsExactly(
                        tuple(10_000L, "0.000000012"), tuple(130_000L, "5"), tuple(130_000L, "6"));
        assertThat(
                        Map.of(
                                Flow.TICKERS_RECEIVED, counters.of(Flow.TICKERS_RECEIVED),
                                Flow.TICKERS_RATES, counters.of(Flow.TICKERS_RATES),
                                Flow.PRICES_TOLD, counters.of(Flow.PRICES_TOLD),
                                Flow.PRICES_ACCEPTED, counters.of(Flow.PRICES_ACCEPTED),
                                Flow.PRICES_CONFIRMED, counters.of(Flow.PRICES_CONFIRMED),
                                Flow.PRICES_DUPLICATES, counters.of(Flow.PRICES_DUPLICATES),
                                Flow.PRICES_LATE, counters.of(Flow.PRICES_LATE)))
                .isEqualTo(
                        Map.of(
                                Flow.TICKERS_RECEIVED, 6L,
                                Flow.TICKERS_RATES, 6L,
                                Flow.PRICES_TOLD, 6L,
                                Flow.PRICES_ACCEPTED, 3L,
                                Flow.PRICES_CONFIRMED, 1L,
                                Flow.PRICES_DUPLICATES, 1L,
                                Flow.PRICES_LATE, 1L));
        Sourced<KnownPrice> held =
                Objects.requireNonNull(
                        driver.<String, Sourced<KnownPrice>>getKeyValueStore(StoreNames.PRICES)
                                .get("coingecko:bitcoin-usd"));
        assertThat(held.value().confirmed().toMillis()).isEqualTo(OPEN + 130_000);
    }
}
