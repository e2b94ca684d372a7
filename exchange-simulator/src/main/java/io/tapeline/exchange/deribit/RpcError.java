package io.tapeline.exchange.deribit;

/** The errors that the simulated Deribit answers with (EXCHANGES B, errors). */
enum RpcError {
    PARSE_ERROR(-32700, "Parse error"),
    INVALID_REQUEST(-32600, "Invalid Request"),
    METHOD_NOT_FOUND(-32601, "Method not found"),
    INVALID_PARAMS(-32602, "Invalid params"),
    TOO_MANY_REQUESTS(10028, "too_many_requests"),
    MUST_BE_WEBSOCKET_REQUEST(10030, "must_be_websocket_request"),
    INVALID_ARGUMENTS(11029, "invalid_arguments"),
    SYSTEM_MAINTENANCE(11051, "system_maintenance");

    private final int code;
    private final String message;

    RpcError(int code, String message) {
        this.code = code;
        this.message = message;
    }

    int code() {
        return code;
    }

    String message() {
        return message;
    }
}
