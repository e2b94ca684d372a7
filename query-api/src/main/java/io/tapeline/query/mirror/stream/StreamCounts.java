package io.tapeline.query.mirror.stream;

import java.util.concurrent.atomic.LongAdder;

/** What happened to the mirror's clients since the start. */
final class StreamCounts {

    private final LongAdder sent = new LongAdder();
    private final LongAdder slow = new LongAdder();

    void sent() {
        sent.increment();
    }

    void slow() {
        slow.increment();
    }

    /** Events taken for sending. */
    long sentEvents() {
        return sent.sum();
    }

    /** Clients let go because they read too slowly. Alert when it grows. */
    long slowClients() {
        return slow.sum();
    }
}
