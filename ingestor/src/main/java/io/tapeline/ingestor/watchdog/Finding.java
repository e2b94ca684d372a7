package io.tapeline.ingestor.watchdog;

import java.util.List;

/** What the watchdog wants done. */
public sealed interface Finding {

    /** Ask REST; the answer goes to {@link Watchdog#answered}. */
    record Ask(Question question) implements Finding {}

    /** These bring nothing though there is something; the rest of their connection is well. */
    record StreamsStalled(String connection, List<String> streams) implements Finding {}

    /**
     * The connection is open and brings nothing, or too little.
     *
     * @param streams those that have fallen silent
     */
    record ConnectionStalled(String connection, List<String> streams) implements Finding {}
}
