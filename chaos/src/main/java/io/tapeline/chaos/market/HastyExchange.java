package io.tapeline.chaos.market;

import io.tapeline.exchange.VenueSettings;
import io.tapeline.exchange.coingecko.CoinGeckoLimits;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What makes exchanges and ingestors notice in seconds what takes them minutes outside a test. */
public final class HastyExchange {

    /** What is subscribed for each pair. */
    public static final List<String> TYPES = List.of("kline_1s", "ticker", "depth@100ms");

    private HastyExchange() {}

    /**
     * In a hurry: prices change each second, calls cost next to nothing, a minute is five seconds.
     */
    public static VenueSettings venues() {
        return VenueSettings.real()
                .withCoinGecko(
                        CoinGeckoLimits.real()
                                .withCache(Duration.ofSeconds(1))
                                .withCalls(1_000, Duration.ofSeconds(5))
                                .withCredits(10_000_000, Duration.ofDays(31)));
    }

    /**
     * Of an ingestor that follows all venues of a simulated exchange, by their whole names.
     *
     * @param port on loopback where the exchange is reached
     */
    public static Map<String, String> settings(int port) {
        String exchange = "127.0.0.1:" + port;
        Map<String, String> settings = new TreeMap<>();
        settings.put("tapeline.deribit.ws-url", "ws://" + exchange + "/ws/api/v2");
        settings.put("tapeline.deribit.rest-url", "http://" + exchange + "/api/v2");
        settings.put("tapeline.deribit.indices", "btc_usd,eth_usd");
        settings.put("tapeline.deribit.answer-within", "2s");
        settings.put("tapeline.deribit.stalled-after", "4s");
        settings.put("tapeline.coingecko.url", "http://" + exchange + "/api/v3");
        settings.put("tapeline.coingecko.coins", "bitcoin");
        settings.put("tapeline.coingecko.shortest-interval", "2s");
        settings.put("tapeline.coingecko.monthly-credits", "10000000");
        settings.put("tapeline.coingecko.calls-per-minute", "1000");
        settings.put("tapeline.coingecko.answer-within", "2s");
        settings.put("tapeline.binance.rest-url", "http://" + exchange);
        settings.put("tapeline.binance.ws-url", "ws://" + exchange);
        settings.put("tapeline.binance.streams", String.join(",", TYPES));
        settings.put("tapeline.binance.refresh-every", "2s");
        settings.put("tapeline.binance.rest-answer-within", "2s");
        settings.put("tapeline.binance.answer-within", "3s");
        settings.put("tapeline.binance.silence", "4s");
        settings.put("tapeline.binance.catch-up-delay", "1s");
        return settings;
    }
}
