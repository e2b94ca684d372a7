package io.tapeline.standalone;

import io.tapeline.exchange.SimulatedExchange;
import io.tapeline.exchange.VenueSettings;
import io.tapeline.exchange.coingecko.CoinGeckoLimits;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;

/** What makes exchanges and ingestors notice in seconds what takes them minutes outside a test. */
final class HastySettings {

    private HastySettings() {}

    /**
     * In a hurry: prices change each second, calls cost next to nothing, a minute is five seconds.
     */
    static VenueSettings venues() {
        return VenueSettings.real()
                .withCoinGecko(
                        CoinGeckoLimits.real()
                                .withCache(Duration.ofSeconds(1))
                                .withCalls(1_000, Duration.ofSeconds(5))
                                .withCredits(10_000_000, Duration.ofDays(31)));
    }

    static Map<String, String> ingestor(
            String instance, String bootstrap, String prefix, SimulatedExchange exchange) {
        Map<String, String> settings = new HashMap<>();
        settings.put("tapeline.ingestor.instance", instance);
        settings.put("tapeline.ingestor.http-port", "0");
        settings.put("tapeline.ingestor.session-timeout", "6s");
        settings.put("tapeline.kafka.bootstrap", bootstrap);
        settings.put("tapeline.kafka.topic-prefix", prefix);
        settings.put("tapeline.kafka.partitions", "" + FaultyMarket.PARTITIONS);
        settings.put("tapeline.deribit.ws-url", exchange.deribitWsUrl().toString());
        settings.put("tapeline.deribit.rest-url", exchange.deribitRestUrl().toString());
        settings.put("tapeline.deribit.indices", "btc_usd,eth_usd");
        settings.put("tapeline.deribit.answer-within", "2s");
        settings.put("tapeline.deribit.stalled-after", "4s");
        settings.put("tapeline.coingecko.url", exchange.coingeckoUrl().toString());
        settings.put("tapeline.coingecko.coins", "bitcoin");
        settings.put("tapeline.coingecko.shortest-interval", "2s");
        settings.put("tapeline.coingecko.monthly-credits", "10000000");
        settings.put("tapeline.coingecko.calls-per-minute", "1000");
        settings.put("tapeline.coingecko.answer-within", "2s");
        settings.put("tapeline.binance.rest-url", exchange.restUrl().toString());
        settings.put("tapeline.binance.ws-url", exchange.wsUrl().toString());
        settings.put("tapeline.binance.streams", String.join(",", FaultyMarket.TYPES));
        settings.put("tapeline.binance.refresh-every", "2s");
        settings.put("tapeline.binance.rest-answer-within", "2s");
        settings.put("tapeline.binance.answer-within", "3s");
        settings.put("tapeline.binance.silence", "4s");
        settings.put("tapeline.binance.catch-up-delay", "1s");
        return settings;
    }
}
