package io.tapeline.ingestor.rest;

import static org.assertj.core.api.Assertions.assertThat;

import io.tapeline.ingestor.connection.Backoff;
import io.tapeline.ingestor.feed.IngestorCounters;
import io.tapeline.ingestor.feed.IngestorCounters.Count;
import io.tapeline.schemas.market.ExchangeTimeUnit;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** Nothing is sent: the address has no scheme, so that each request fails before. */
class RestClientTest {

    private static final RestRequest REQUEST = new RestRequest.Depth("BTCUSDT", 100);

    private final IngestorCounters counters = new IngestorCounters();

    @Test
    void aRequestThatCannotBeSentFailsAndTheNextOnesAreServed() throws Exception {
        try (RestClient client = client(Clock.systemUTC())) {
            for (int i = 0; i < 3; i++) {
                assertThat(outcome(client))
                        .isEqualTo(
                                new RestOutcome.Failed(
                                        "java.lang.IllegalArgumentException:"
                                                + " URI with undefined scheme"));
            }
        }
        assertThat(counters.get(Count.REST_FAILED)).isEqualTo(3);
    }

    @Test
    void aRequestOfWhichNothingCanBeDecidedFailsAndTheNextOneIsServed() throws Exception {
        AtomicInteger left = new AtomicInteger(2);
        Clock broken =
                new Clock() {
                    @Override
                    public Instant instant() {
                        if (Thread.currentThread().getName().equals("rest-sender")
                                && left.getAndDecrement() > 0) {
                            throw new IllegalStateException("no time");
                        }
                        return Instant.now();
                    }

                    @Override
                    public ZoneId getZone() {
                        return ZoneOffset.UTC;
                    }

                    @Override
                    public Clock withZone(ZoneId zone) {
                        return this;
                    }
                };
        try (RestClient client = client(broken)) {
            for (int i = 0; i < 3; i++) {
                assertThat(outcome(client)).isInstanceOf(RestOutcome.Failed.class);
            }
        }
        assertThat(counters.get(Count.REST_FAILED)).isEqualTo(3);
    }

    private static RestOutcome outcome(RestClient client) throws Exception {
        return client.ask(REQUEST, Priority.RESYNC).get(10, TimeUnit.SECONDS);
    }

    private RestClient client(Clock clock) {
        return RestClient.start(
                RestSettings.ofDefaults(URI.create("nowhere"), ExchangeTimeUnit.MILLISECONDS),
                clock,
                new Backoff(Duration.ofMillis(1), Duration.ofMillis(2), new SplittableRandom(3)),
                counters);
    }
}
