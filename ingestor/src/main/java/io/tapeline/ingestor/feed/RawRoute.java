package io.tapeline.ingestor.feed;

/** Where the events of one stream of one instrument go. Thread-safe. */
public interface RawRoute {

    /**
     * Takes one event; never blocks, and counts what it has to drop.
     *
     * @param payload the exchange's bytes, verbatim; not copied, so the caller gives them away
     * @param receivedNanos when the frame's last byte was read, nanoseconds since the epoch
     */
    void publish(byte[] payload, long receivedNanos);
}
