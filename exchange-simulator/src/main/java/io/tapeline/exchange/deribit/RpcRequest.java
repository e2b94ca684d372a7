package io.tapeline.exchange.deribit;

import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A text that a client sent, understood as JSON-RPC 2.0. */
sealed interface RpcRequest {

    /**
     * @param id as JSON; null where there is none
     * @param params an object, empty where there is none
     */
    record Call(@Nullable String id, String method, JsonNode params) implements RpcRequest {}

    /** No call: what is answered. */
    record Refused(@Nullable String id, RpcOutcome.Failure failure) implements RpcRequest {}

    static RpcRequest parse(String text) {
        JsonNode root;
        try {
            root = JsonMapper.shared().readTree(text);
        } catch (JacksonException e) {
            return new Refused(null, RpcOutcome.Failure.of(RpcError.PARSE_ERROR));
        }
        JsonNode idNode = root.path("id");
        String id = idNode.isMissingNode() ? null : idNode.toString();
        JsonNode method = root.path("method");
        if (!root.isObject() || !method.isString()) {
            return new Refused(id, RpcOutcome.Failure.of(RpcError.INVALID_REQUEST));
        }
        JsonNode params = root.path("params");
        if (!params.isMissingNode() && !params.isNull() && !params.isObject()) {
            return new Refused(id, RpcOutcome.Failure.of(RpcError.INVALID_PARAMS));
        }
        return new Call(
                id,
                method.stringValue(),
                params.isObject() ? params : JsonMapper.shared().createObjectNode());
    }
}
