package io.tapeline.query.mirror.stream;

import io.tapeline.query.mirror.ExchangeJson;
import io.tapeline.query.mirror.TimeUnitAsked;
import java.util.List;

/** What a client may ask for over its socket (A.3). Ids are JSON, to be echoed. */
sealed interface ControlMessage {

    record Subscribe(List<String> streams, String id) implements ControlMessage {}

    record Unsubscribe(List<String> streams, String id) implements ControlMessage {}

    record ListSubscriptions(String id) implements ControlMessage {}

    record SetCombined(boolean combined, String id) implements ControlMessage {}

    record GetCombined(String id) implements ControlMessage {}

    /**
     * It cannot be done.
     *
     * @param answer the exchange's words
     */
    record Wrong(String answer) implements ControlMessage {}

    /** Success. */
    static String done(String id) {
        return "{\"result\":null,\"id\":" + id + "}";
    }

    /**
     * @param result JSON
     */
    static String result(String result, String id) {
        return "{\"result\":" + result + ",\"id\":" + id + "}";
    }

    /** {@code {"code":2,"msg":"Invalid request: ..."}} */
    static String invalid(String what) {
        return error(2, "Invalid request: " + what);
    }

    /** The shape in which the exchange answers for streams [observed]: a client finds its id. */
    static String wrapped(String what, String id) {
        return "{\"error\":" + invalid(what) + ",\"id\":" + id + "}";
    }

    static String error(int code, String message) {
        return new ExchangeJson(TimeUnitAsked.MILLISECOND)
                .open('{')
                .name("code")
                .number(code)
                .name("msg")
                .text(message)
                .close('}')
                .toString();
    }
}
