package io.tapeline.query.mirror.rest;

import static org.assertj.core.api.Assertions.assertThat;

import io.tapeline.fuzz.JsonOracle;
import io.tapeline.fuzz.Target;
import io.tapeline.query.mirror.RequestWeight;
import io.tapeline.schemas.market.EpochMicros;
import io.tapeline.schemas.market.Instrument;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;

/**
 * The query of a request to the mirror: what is read of it is within its bounds, and what is not
 * read is refused in JSON.
 */
public final class QueryFuzz implements Target {

    private static final Set<String> KNOWN =
            Set.of("symbol", "symbols", "limit", "startTime", "timeZone", "type");
    private static final EpochMicros LATEST = new EpochMicros(4_102_444_800_000_000L);
    private static final int MOST_MINUTES = 14 * 60;

    @Override
    public List<byte[]> seeds() {
        return List.of(
                        "symbol=BTCUSDT&limit=5000",
                        "symbols=%5B%22BTCUSDT%22,%22ETHUSDT%22%5D&type=MINI",
                        "symbol=%E5%B8%81USDT&startTime=1723161300000&timeZone=-5:45",
                        "startTime=1723161300000000&timeZone=+8&limit=%31",
                        "symbol=&symbol",
                        "a=b&limit=99999999999999999999&symbol=%zz")
                .stream()
                .map(text -> text.getBytes(StandardCharsets.UTF_8))
                .toList();
    }

    @Override
    public List<String> words() {
        return List.of("symbols=[\"A\",\"B\"]", "timeZone=", "startTime=", "\\ud800", "%ED%A0%80");
    }

    @Override
    public void read(byte[] input) {
        String raw = new String(input, StandardCharsets.UTF_8);
        assertThat(RequestWeight.of(RequestWeight.ROOT + "depth", raw)).isBetween(1, 250);
        assertThat(RequestWeight.of(RequestWeight.ROOT + "ticker/24hr", raw)).isBetween(1, 80);
        Query query;
        try {
            query = Query.of(raw, KNOWN);
        } catch (Refusal refusal) {
            refused(refusal);
            return;
        }
        asked(() -> Instrument.binance(query.symbol()));
        asked(() -> {
            List<String> symbols = query.symbols();
            if (symbols != null) {
                assertThat(symbols).isNotEmpty().doesNotHaveDuplicates();
                symbols.forEach(symbol -> Instrument.binance(symbol));
            }
        });
        asked(() -> assertThat(query.limit(100, 1_000)).isBetween(1, 1_000));
        asked(() -> {
            EpochMicros time = query.time("startTime", LATEST);
            assertThat(time == null || time.value() >= 0 && !time.isAfter(LATEST)).isTrue();
        });
        asked(() -> assertThat(query.zoneMinutes()).isBetween(-MOST_MINUTES, MOST_MINUTES));
    }

    private static void asked(Runnable question) {
        try {
            question.run();
        } catch (Refusal refusal) {
            refused(refusal);
        }
    }

    private static void refused(Refusal refusal) {
        assertThat(refusal.status()).isBetween(400, 499);
        assertThat(JsonOracle.depth(refusal.body())).as(refusal.body()).isPresent();
    }
}
