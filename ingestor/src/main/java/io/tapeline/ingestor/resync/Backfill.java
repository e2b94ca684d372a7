package io.tapeline.ingestor.resync;

import io.tapeline.ingestor.share.StreamKey;
import io.tapeline.schemas.market.EpochMicros;
import io.tapeline.schemas.proto.ResyncRequest;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** What a venue can be asked for; the answers go to the raw topics. */
public interface Backfill {

    /**
     * Serves an urgent request; never blocks. Completes, never exceptionally, when nothing more
     * will be done for it.
     *
     * @throws IllegalArgumentException if the request makes no sense, naming what is wrong
     */
    CompletableFuture<@Nullable Void> serve(ResyncRequest request);

    /**
     * Fetches, without hurry, what no line carried of a stream. Called on the thread that decides;
     * completes, never exceptionally, when nothing more will be done for it.
     *
     * @param from when it was last carried; empty: never before
     */
    CompletableFuture<@Nullable Void> catchUp(StreamKey stream, Optional<EpochMicros> from);
}
