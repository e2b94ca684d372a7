package io.tapeline.standalone;

import io.tapeline.chaos.market.HastyExchange;
import io.tapeline.exchange.SimulatedExchange;
import java.util.HashMap;
import java.util.Map;

/** Of an ingestor of a small market that notices in seconds what takes minutes outside a test. */
final class HastySettings {

    private HastySettings() {}

    static Map<String, String> ingestor(
            String instance, String bootstrap, String prefix, SimulatedExchange exchange) {
        Map<String, String> settings = new HashMap<>(HastyExchange.settings(exchange.port()));
        settings.put("tapeline.ingestor.instance", instance);
        settings.put("tapeline.ingestor.http-port", "0");
        settings.put("tapeline.ingestor.session-timeout", "6s");
        settings.put("tapeline.kafka.bootstrap", bootstrap);
        settings.put("tapeline.kafka.topic-prefix", prefix);
        settings.put("tapeline.kafka.partitions", "" + FaultyMarket.PARTITIONS);
        return settings;
    }
}
