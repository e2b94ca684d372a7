package io.tapeline.chaos.fault;

import io.tapeline.chaos.fault.Fault.ExchangeErrs;
import java.time.Duration;
import java.util.List;

/** Days that an exchange can have (EXCHANGES A.8, B, C), in the simulator's language. */
final class ExchangeScripts {

    private ExchangeScripts() {}

    /**
     * @param seed of those that strike by chance
     */
    static List<ExchangeErrs> all(int seed) {
        String seeded = " seed=" + seed;
        return List.of(
                of("drop-all", 1, "drop-all how=reset"),
                of("server-shutdown", 3, "server-shutdown connection=all within=2s" + seeded),
                of("half-open", 7, "half-open connection=oldest for=7s"),
                of("half-open everywhere", 7, "half-open connection=all for=7s"),
                of("stall of a connection", 6, "stall connection=newest for=6s"),
                of("stall of everything", 6, "stall connection=all for=6s"),
                of("gap on one line", 3, "gap connection=newest chance=20 for=3s" + seeded),
                of(
                        "gap on every line",
                        3,
                        "gap connection=all stream=*@depth* chance=10 for=3s" + seeded),
                of("duplicate", 3, "duplicate connection=all chance=50 for=3s" + seeded),
                of(
                        "reorder",
                        3,
                        "reorder connection=newest window=5 for=3s" + seeded,
                        "delay connection=oldest by=400ms for=3s"),
                of("missing-close", 4, "missing-close connection=all for=4s"),
                of("refuse-connects", 4, "refuse-connects status=503 for=4s", "100ms drop-all"),
                of("stale-snapshot", 4, "stale-snapshot count=3", "500ms drop-all"),
                of("snapshot-ahead", 4, "snapshot-ahead by=700ms for=4s", "500ms drop-all"),
                of("server-error", 5, "server-error status=503 for=5s", "100ms drop-all"),
                of("html-403", 5, "html-403 for=5s", "100ms drop-all"),
                of("weight-limit", 8, "weight-limit for=8s", "100ms drop-all"),
                of("timeout", 5, "timeout after=10s then=never for=5s", "100ms drop-all"),
                of("deribit-close", 1, "deribit-close how=reset"),
                of("deribit-half-open", 6, "deribit-half-open"),
                of("coingecko-error", 5, "coingecko-error status=503 count=2"));
    }

    private static ExchangeErrs of(String name, int seconds, String... script) {
        return new ExchangeErrs(name, List.of(script), Duration.ofSeconds(seconds));
    }
}
