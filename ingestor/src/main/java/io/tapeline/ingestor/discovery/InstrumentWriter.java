package io.tapeline.ingestor.discovery;

import io.tapeline.schemas.proto.InstrumentInfo;
import java.util.concurrent.CompletableFuture;

/** Writes an entry of the registry to where others read it. */
@FunctionalInterface
public interface InstrumentWriter {

    /** Completes when it is there for good, or with the reason why it is not. */
    CompletableFuture<Void> write(InstrumentInfo entry);
}
