package io.tapeline.aggregator.price;

import static org.assertj.core.api.Assertions.assertThat;

import io.tapeline.schemas.market.EpochMicros;
import io.tapeline.schemas.market.Instrument;
import io.tapeline.schemas.market.LatestPrice;
import io.tapeline.schemas.market.Price;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Prices of one instrument from tickers and candles, over two lines, in any order. */
class PriceInterleavingsTest {

    private static final Duration SILENCE = Duration.ofSeconds(10);

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2, 3, 4, 5, 6})
    void onlyNewerPricesAreTakenAndACandlesOnlyWhereTickersAreSilent(long seed) {
        Random random = new Random(seed);
        List<LatestPrice> arrivals = new ArrayList<>();
        for (int line = 0; line < 2; line++) {
            for (int second = 1; second < 2_000; second++) {
                boolean silent = second / 100 % 4 == 3;
                if (!silent && random.nextInt(5) != 0) {
                    arrivals.add(price(second, PriceArbiter.TICKER));
                }
                if (second % 2 == 0 && random.nextInt(5) != 0) {
                    arrivals.add(price(second, PriceArbiter.KLINE));
                }
            }
        }
        arrivals.sort(Comparator.comparing(LatestPrice::eventTime));
        for (int i = 0; i < arrivals.size(); i++) {
            Collections.swap(arrivals, i, Math.min(arrivals.size() - 1, i + random.nextInt(12)));
        }

        PriceArbiter arbiter = new PriceArbiter(SILENCE);
        @Nullable KnownPrice held = null;
        List<LatestPrice> taken = new ArrayList<>();
        for (LatestPrice candidate : arrivals) {
            PriceVerdict verdict = arbiter.decide(held, candidate);
            held = PriceArbiter.after(verdict, held, candidate);
            if (verdict == PriceVerdict.ACCEPTED) {
                taken.add(candidate);
            }
        }

        assertThat(taken)
                .as("seed %s", seed)
                .extracting(LatestPrice::eventTime)
                .isSorted()
                .doesNotHaveDuplicates();
        long newestTicker = Long.MIN_VALUE;
        int candles = 0;
        for (LatestPrice each : taken) {
            if (each.source().equals(PriceArbiter.TICKER)) {
                newestTicker = each.eventTime().value();
            } else if (newestTicker > Long.MIN_VALUE) {
                candles++;
                assertThat(each.eventTime().value() - newestTicker)
                        .as("seed %s, %s", seed, each)
                        .isGreaterThanOrEqualTo(SILENCE.toNanos() / 1_000);
            }
        }
        assertThat(candles).as("seed %s", seed).isGreaterThan(100);
    }

    private static LatestPrice price(int second, String source) {
        return new LatestPrice(
                Instrument.binance("BTCUSDT"),
                new EpochMicros(second * 1_000_000L),
                Price.of("1" + second),
                null,
                null,
                source);
    }
}
