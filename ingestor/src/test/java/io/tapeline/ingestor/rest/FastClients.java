package io.tapeline.ingestor.rest;

import io.tapeline.ingestor.FastClock;
import io.tapeline.ingestor.connection.Backoff;
import io.tapeline.ingestor.feed.IngestorCounters;
import io.tapeline.schemas.market.ExchangeTimeUnit;
import java.net.URI;
import java.time.Duration;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;

/** Clients whose minutes are as short as their clock's. */
public final class FastClients {

    private FastClients() {}

    public static RestClient start(URI base, FastClock clock, IngestorCounters counters) {
        return start(RestSettings.ofDefaults(base, ExchangeTimeUnit.MILLISECONDS), clock, counters);
    }

    static RestClient start(RestSettings settings, FastClock clock, IngestorCounters counters) {
        return RestClient.start(
                settings,
                clock,
                (changed, atMost) -> {
                    var _ = changed.await(clock.real(atMost).toNanos(), TimeUnit.NANOSECONDS);
                },
                new Backoff(
                        Duration.ofMillis(500), Duration.ofSeconds(30), new SplittableRandom(3)),
                counters);
    }
}
