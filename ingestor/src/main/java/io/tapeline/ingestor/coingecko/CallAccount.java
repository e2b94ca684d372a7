package io.tapeline.ingestor.coingecko;

import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/**
 * Remembers when the installation last called, whichever instance did, so that restarts and moves
 * of the work do not call more often than the pace allows. Thread-safe; never blocks.
 */
public interface CallAccount {

    /** Empty: no call is remembered. */
    CompletableFuture<Optional<Instant>> newestCall();

    /** A call is being made. */
    CompletableFuture<Void> called(Instant time);
}
