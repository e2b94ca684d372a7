package io.tapeline.ingestor.binance;

import java.util.List;

/** Hears what begins to come. Called on the thread that decides, in the order of the answers. */
@FunctionalInterface
public interface SubscriptionListener {

    /**
     * The exchange has confirmed these on a connection, for the first time or again; what happened
     * before was not received there.
     */
    void subscribed(List<SubscribedStream> streams);
}
