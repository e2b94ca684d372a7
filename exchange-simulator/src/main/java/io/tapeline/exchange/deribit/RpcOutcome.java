package io.tapeline.exchange.deribit;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** What a call came to, before it is put into an answer. */
sealed interface RpcOutcome {

    JsonMapper JSON = JsonMapper.shared();

    /**
     * @param json the value of {@code result}, as it is written
     */
    record Result(String json) implements RpcOutcome {}

    /**
     * @param param the parameter that is wrong; null where it is none's fault
     * @param reason in words; null where the code says all
     */
    record Failure(RpcError error, @Nullable String param, @Nullable String reason)
            implements RpcOutcome {

        static Failure of(RpcError error) {
            return new Failure(error, null, null);
        }
    }

    static RpcOutcome ofText(String text) {
        return new Result(JSON.writeValueAsString(text));
    }

    /**
     * The whole answer.
     *
     * @param id the request's, as JSON; null where it had none
     * @param inMicros when the request came, microseconds since the epoch
     * @param outMicros when the answer goes
     */
    default String answer(@Nullable String id, long inMicros, long outMicros) {
        StringBuilder out = new StringBuilder("{\"jsonrpc\":\"2.0\"");
        if (id != null) {
            out.append(",\"id\":").append(id);
        }
        switch (this) {
            case Result(String json) -> out.append(",\"result\":").append(json);
            case Failure failure -> out.append(",\"error\":").append(error(failure));
        }
        return out.append(",\"usIn\":")
                .append(inMicros)
                .append(",\"usOut\":")
                .append(outMicros)
                .append(",\"usDiff\":")
                .append(outMicros - inMicros)
                .append(",\"testnet\":false}")
                .toString();
    }

    private static String error(Failure failure) {
        ObjectNode error = JSON.createObjectNode();
        error.put("message", failure.error().message());
        if (failure.reason() != null || failure.param() != null) {
            ObjectNode data = error.putObject("data");
            if (failure.reason() != null) {
                data.put("reason", failure.reason());
            }
            if (failure.param() != null) {
                data.put("param", failure.param());
            }
        }
        error.put("code", failure.error().code());
        return JSON.writeValueAsString(error);
    }
}
