package io.tapeline.ingestor.rest;

import io.tapeline.schemas.market.ExchangeTimeUnit;
import java.net.URI;
import java.time.Duration;

/**
 * How an exchange is asked.
 *
 * @param base of the addresses; {@code /api/v3/...} is appended
 * @param unit of the times in answers
 * @param weightPerMinute what the exchange allows an address, until it says so itself
 * @param requestsPer5Minutes requests of any weight that it allows an address in five minutes,
 *     until it says so itself
 * @param weightShare of its limits that is used at most
 * @param concurrency requests under way at a time
 * @param queue requests that may wait
 * @param attempts most times that a request is sent when it fails for reasons that pass
 * @param answerWithin longest time to wait for an answer, connecting included
 */
public record RestSettings(
        URI base,
        ExchangeTimeUnit unit,
        int weightPerMinute,
        int requestsPer5Minutes,
        double weightShare,
        int concurrency,
        int queue,
        int attempts,
        Duration answerWithin) {

    public RestSettings {
        if (concurrency < 1 || queue < 1 || attempts < 1) {
            throw new IllegalArgumentException(
                    "rest settings: concurrency "
                            + concurrency
                            + ", queue "
                            + queue
                            + " or attempts "
                            + attempts
                            + " is below 1");
        }
    }

    public static RestSettings ofDefaults(URI base, ExchangeTimeUnit unit) {
        // Of the limits told in different places the lower ones (EXCHANGES.md A.6). The exchange
        // itself gives up after 10 s (A.7).
        return new RestSettings(base, unit, 6000, 61_000, 0.8, 4, 8192, 5, Duration.ofSeconds(15));
    }
}
