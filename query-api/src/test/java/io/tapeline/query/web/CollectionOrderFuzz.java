package io.tapeline.query.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.tapeline.fuzz.Target;
import io.tapeline.query.collect.CollectionOrder;
import io.tapeline.schemas.market.Instrument;
import io.tapeline.schemas.market.Venue;
import java.nio.charset.StandardCharsets;
import java.util.List;
import tools.jackson.databind.json.JsonMapper;

/** The body of an order of candles: an order within its bounds, or a problem. */
public final class CollectionOrderFuzz implements Target {

    private static final JsonMapper JSON = JsonMapper.shared();

    @Override
    public List<byte[]> seeds() {
        return List.of(
                        "{\"venue\":\"binance\",\"interval\":\"1m\"}",
                        "{\"symbols\":[\"BTCUSDT\",\"币安USDT\"],\"limit\":500,"
                                + "\"venue\":\"binance\",\"interval\":\"1M\"}",
                        "{\"venue\":\"deribit\",\"interval\":\"1d\",\"limit\":1e400}",
                        "{\"venue\":1,\"more\":[[[{}]]]}")
                .stream()
                .map(text -> text.getBytes(StandardCharsets.UTF_8))
                .toList();
    }

    @Override
    public List<String> words() {
        return List.of("\"symbols\":[\"A\"]", "\"limit\":", "\"interval\":", "\"venue\":");
    }

    @Override
    public void read(byte[] input) {
        try {
            CollectionOrderJson order = CollectionOrderJson.read(input, JSON);
            assertThat(order.ofVenue()).isEqualTo(Venue.BINANCE);
            assertThat(order.ofInterval()).isNotNull();
            assertThat(order.ofLimit()).isBetween(1, CollectionOrder.MOST_CANDLES);
            List<String> symbols = order.symbols();
            if (symbols != null) {
                assertThat(symbols).isNotEmpty().doesNotHaveDuplicates();
                for (String symbol : symbols) {
                    assertThat(Instrument.binance(symbol).symbol()).isEqualTo(symbol);
                }
            }
        } catch (ProblemException e) {
            assertThat(e.problem().status()).isEqualTo(400);
            assertThat(String.valueOf(e.getMessage()).length()).isLessThan(1_000);
        }
    }
}
