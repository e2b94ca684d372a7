package io.tapeline.ingestor.share;

import java.util.List;

/** Hears what begins to come. Called on the thread that decides, in the order of the answers. */
@FunctionalInterface
public interface InterruptionListener {

    /**
     * The venue has confirmed these on a connection of the line, for the first time or again; what
     * happened since the line last carried them was not received there. Nothing is told of streams
     * that one connection has taken over from another before that one ended.
     */
    void carries(String line, List<StreamKey> streams, Interruption interruption);
}
