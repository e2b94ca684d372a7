package io.tapeline.ingestor.resync;

import io.tapeline.ingestor.share.StreamKey;
import io.tapeline.schemas.market.EpochMicros;
import io.tapeline.schemas.proto.ResyncRequest;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** A venue that answers both at once and in its own time. */
public record RestBackfill(ResyncService urgent, CatchUp later) implements Backfill {

    @Override
    public CompletableFuture<@Nullable Void> serve(ResyncRequest request) {
        return urgent.serve(request);
    }

    @Override
    public CompletableFuture<@Nullable Void> catchUp(StreamKey stream, Optional<EpochMicros> from) {
        return later.missed(stream, from);
    }
}
