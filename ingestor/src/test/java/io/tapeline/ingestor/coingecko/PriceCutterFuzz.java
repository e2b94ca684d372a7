package io.tapeline.ingestor.coingecko;

import static org.assertj.core.api.Assertions.assertThat;

import io.tapeline.fuzz.Target;
import io.tapeline.ingestor.json.JsonBytes;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Answers of simple prices: each coin and currency that was asked for is told of once. */
public final class PriceCutterFuzz implements Target {

    private static final List<String> COINS = List.of("bitcoin", "bitcoin-cash");
    private static final List<String> CURRENCIES = List.of("usd", "eur");

    @Override
    public List<byte[]> seeds() {
        return List.of(
                        "{\"bitcoin\":{\"usd\":61855,\"eur\":null},\"bitcoin-cash\":{\"usd\":1.5}}",
                        "{\"status\":{\"error_code\":429}}")
                .stream()
                .map(text -> text.getBytes(StandardCharsets.UTF_8))
                .toList();
    }

    @Override
    public void read(byte[] input) {
        PriceCutter.Cut cut = PriceCutter.cut(input, COINS, CURRENCIES);
        int absent =
                cut.absent().stream()
                        .mapToInt(each -> COINS.contains(each) ? CURRENCIES.size() : 1)
                        .sum();
        assertThat(cut.priced().size() + cut.nulls() + absent)
                .isEqualTo(COINS.size() * CURRENCIES.size());
        for (PriceCutter.Priced priced : cut.priced()) {
            byte[] object = priced.object();
            assertThat(JsonBytes.endOfValue(object, 0, object.length)).isEqualTo(object.length);
        }
    }
}
