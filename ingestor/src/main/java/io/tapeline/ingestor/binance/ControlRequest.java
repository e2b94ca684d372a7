package io.tapeline.ingestor.binance;

import java.util.List;
import java.util.stream.Collectors;

/**
 * A control message (EXCHANGES.md A.3).
 *
 * @param streams its parameters
 * @param sentNanos of {@link System#nanoTime}
 */
record ControlRequest(long id, Method method, List<String> streams, long sentNanos) {

    enum Method {
        SUBSCRIBE,
        UNSUBSCRIBE,
        /** Asks for the streams that the connection carries; has no parameters. */
        LIST_SUBSCRIPTIONS,
        /**
         * Asks for something that does not matter: its answer tells that all before it has come.
         */
        GET_PROPERTY
    }

    String text() {
        if (method == Method.LIST_SUBSCRIPTIONS) {
            return "{\"method\":\"" + method + "\",\"id\":" + id + "}";
        }
        return streams.stream()
                .map(s -> '"' + s.replace("\\", "\\\\").replace("\"", "\\\"") + '"')
                .collect(
                        Collectors.joining(
                                ",",
                                "{\"method\":\"" + method + "\",\"params\":[",
                                "],\"id\":" + id + "}"));
    }
}
