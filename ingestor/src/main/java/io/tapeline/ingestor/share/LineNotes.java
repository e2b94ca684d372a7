package io.tapeline.ingestor.share;

import io.tapeline.schemas.market.Venue;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/** What the lines say, whoever carries them. */
@FunctionalInterface
public interface LineNotes {

    /**
     * As of a moment after the call; by line, partition and venue. Completes exceptionally if it
     * cannot be known now.
     */
    CompletableFuture<Map<String, Map<Integer, Map<Venue, Carried>>>> read();
}
