package io.tapeline.query.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.tapeline.schemas.market.EpochMicros;
import io.tapeline.schemas.market.Instrument;
import io.tapeline.schemas.market.LatestPrice;
import io.tapeline.schemas.market.Price;
import io.tapeline.schemas.market.Venue;
import io.tapeline.schemas.proto.PriceAnswer;
import io.tapeline.schemas.proto.Trust;
import io.tapeline.schemas.wire.LatestPriceCodec;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

final class PriceListTextTest {

    private static final long SEED = 20_261_122;
    private static final long NOW_MS = 1_795_000_000_000L;
    private static final String[] SYMBOLS = {
        "BTCUSDT", "btc_usd", "币安USDT", "A\"B\\C", "~", "é", "X".repeat(64)
    };
    private static final String[] TEXTS = {
        "61855.37000000",
        "0",
        "0.00000000",
        "0.00001234",
        "100",
        "9223372036854775807",
        "0.000000000000000001",
        "0.00000000000000000001",
        "12345678901234567890.123456789"
    };

    private final JsonMapper json = JsonMapper.builder().addModule(Times.module()).build();
    private final Random random = new Random(SEED);

    private String list(List<PriceAnswer> prices) {
        return new String(PriceListText.page(prices, json, NOW_MS), StandardCharsets.UTF_8);
    }

    private String byTheMapper(List<PriceAnswer> prices) {
        return json.writeValueAsString(
                Page.whole(prices.stream().map(each -> PriceJson.of(each, NOW_MS)).toList()));
    }

    private Price price() {
        return Price.of(
                random.nextInt(3) == 0
                        ? TEXTS[random.nextInt(TEXTS.length)]
                        : random.nextInt(100_000) + "." + (1 + random.nextInt(99_999_999)));
    }

    private @Nullable Price priceOrNone() {
        return random.nextBoolean() ? price() : null;
    }

    private long micros() {
        return switch (random.nextInt(4)) {
            case 0 -> 0;
            case 1 -> NOW_MS * 1_000 - random.nextInt(1_000_000_000);
            case 2 -> (NOW_MS + 60_000) * 1_000;
            default -> random.nextLong(4_000_000_000_000_000L);
        };
    }

    private PriceAnswer answer() {
        Venue[] venues = Venue.values();
        LatestPrice latest =
                new LatestPrice(
                        new Instrument(
                                venues[random.nextInt(venues.length)],
                                SYMBOLS[random.nextInt(SYMBOLS.length)]),
                        new EpochMicros(micros()),
                        price(),
                        priceOrNone(),
                        priceOrNone(),
                        random.nextBoolean() ? "ticker" : "simple/price");
        return PriceAnswer.newBuilder()
                .setPrice(LatestPriceCodec.toProto(latest))
                .setTrust(
                        Trust.newBuilder()
                                .setState(random.nextBoolean() ? "LIVE" : "RESYNCING")
                                .setStandby(random.nextBoolean())
                                .setConfirmedUs(micros()))
                .build();
    }

    @Test
    void itIsWhatTheMapperWrites() {
        for (int round = 0; round < 500; round++) {
            List<PriceAnswer> prices = new ArrayList<>();
            int count = random.nextInt(6);
            for (int i = 0; i < count; i++) {
                prices.add(answer());
            }
            assertThat(list(prices))
                    .as("seed %d, round %d", SEED, round)
                    .isEqualTo(byTheMapper(prices));
        }
    }

    @Test
    void aPriceThatIsNoneIsRefusedAsByTheMapper() {
        PriceAnswer negative =
                PriceAnswer.newBuilder()
                        .setPrice(
                                io.tapeline.schemas.proto.LatestPrice.newBuilder()
                                        .setInstrument("binance:BTCUSDT")
                                        .setPrice(-1))
                        .build();
        assertThatIllegalStateException().isThrownBy(() -> list(List.of(negative)));
    }
}
