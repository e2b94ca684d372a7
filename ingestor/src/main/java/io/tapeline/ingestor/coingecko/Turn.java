package io.tapeline.ingestor.coingecko;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * This instance's turn to call: before the first call of a turn the account is read, since another
 * instance, or an earlier run of this one, may have called just now. Not thread-safe.
 */
final class Turn {

    private static final Logger log = LoggerFactory.getLogger(Turn.class);

    private static final Duration READ_AGAIN_AFTER = Duration.ofSeconds(5);

    private final CallAccount account;
    private @Nullable CompletableFuture<Optional<Instant>> reading;
    private Instant notBefore = Instant.MIN;

    Turn(CallAccount account) {
        this.account = account;
    }

    /**
     * When the first call may be made; empty as long as the account cannot be read, since without
     * it (and without Kafka, which keeps it) a call would be wasted.
     */
    Optional<Instant> firstDue(Instant now, Duration pace) {
        CompletableFuture<Optional<Instant>> read = reading;
        if (read == null) {
            if (!now.isBefore(notBefore)) {
                reading = account.newestCall();
            }
            return Optional.empty();
        }
        if (!read.isDone()) {
            return Optional.empty();
        }
        if (read.isCompletedExceptionally()) {
            log.atWarn()
                    .addKeyValue("reason", String.valueOf(read.exceptionNow()))
                    .log("the account of CoinGecko's calls could not be read");
            reading = null;
            notBefore = now.plus(READ_AGAIN_AFTER);
            return Optional.empty();
        }
        // A time that is yet to come is a clock's error: it must not hold calls up for ever.
        return Optional.of(
                read.resultNow()
                        .filter(newest -> !newest.isAfter(now))
                        .map(newest -> newest.plus(pace))
                        .orElse(now));
    }

    /** A call is made. */
    void called(Instant time) {
        var _ =
                account.called(time)
                        .whenComplete((_, failure) -> {
                            if (failure != null) {
                                log.atWarn()
                                        .addKeyValue("reason", failure.toString())
                                        .log("a call to CoinGecko was not noted in its account");
                            }
                        });
    }

    /** The turn is another's. */
    void leave() {
        reading = null;
    }
}
