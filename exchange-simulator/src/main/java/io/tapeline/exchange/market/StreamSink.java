package io.tapeline.exchange.market;

import java.util.List;

/**
 * Where a market's events go: the subscribers, or whatever stands before them. This is the border
 * at which anything between the exchange's truth and what its clients see belongs. Called by the
 * market's thread only, in the order of events.
 */
public interface StreamSink {

    /**
     * The streams of the symbol (as it stands in stream names; empty: of all symbols) that somebody
     * is subscribed to now.
     */
    List<StreamName> subscribed(String symbol);

    /** Whether somebody is subscribed to the stream now. */
    boolean isSubscribed(String stream);

    /** Sends the event to all who are subscribed to the stream now. Does not block. */
    void publish(String stream, Payload payload);
}
