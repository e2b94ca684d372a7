package io.tapeline.ingestor.deribit;

import java.time.Duration;
import java.util.Collection;
import java.util.stream.Collectors;

/**
 * The texts of requests (EXCHANGES.md B). Channel names need no escapes: the settings see to it.
 */
final class Requests {

    private Requests() {}

    static String setHeartbeat(long id, Duration interval) {
        return request(id, "public/set_heartbeat", "{\"interval\":" + interval.toSeconds() + "}");
    }

    static String test(long id) {
        return request(id, "public/test", "{}");
    }

    static String subscribe(long id, Collection<String> channels) {
        return request(id, "public/subscribe", channels(channels));
    }

    static String unsubscribe(long id, Collection<String> channels) {
        return request(id, "public/unsubscribe", channels(channels));
    }

    private static String channels(Collection<String> channels) {
        return channels.stream().collect(Collectors.joining("\",\"", "{\"channels\":[\"", "\"]}"));
    }

    private static String request(long id, String method, String params) {
        return "{\"jsonrpc\":\"2.0\",\"id\":"
                + id
                + ",\"method\":\""
                + method
                + "\",\"params\":"
                + params
                + "}";
    }
}
