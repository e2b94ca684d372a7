package io.tapeline.exchange.coingecko;

import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** The refusals of the simulated CoinGecko (EXCHANGES C, errors). */
enum CoinGeckoError {
    RATE_LIMIT(
            429,
            429,
            "You've exceeded the Rate Limit. Please visit https://www.coingecko.com/en/api/pricing"
                    + " to subscribe to our API plans for higher rate limits."),
    MISSING_KEY(
            401,
            10_002,
            "API Key Missing. Please make sure you're using the right authentication method."),
    PLAN(
            401,
            10_005,
            "This request is limited to PRO API subscribers. Please visit"
                    + " https://www.coingecko.com/en/api/pricing"),
    PRO_KEY_AT_DEMO_ROOT(
            400,
            10_010,
            "If you are using Pro API key, please change your root URL from api.coingecko.com to"
                    + " pro-api.coingecko.com"),
    DEMO_KEY_AT_PRO_ROOT(
            400,
            10_011,
            "If you are using Demo API key, please change your root URL from pro-api.coingecko.com"
                    + " to api.coingecko.com"),
    FORBIDDEN(403, 403, "Forbidden"),
    TIME_OUT(408, 408, "Request Timeout"),
    SERVER_ERROR(500, 500, "Internal Server Error"),
    UNAVAILABLE(503, 503, "Service Unavailable");

    /** What the network before the exchange answers with: not JSON. */
    static final String BLOCKED_PAGE =
            "<!DOCTYPE html><html><head><title>Access denied | Error 1020</title></head>"
                    + "<body><h1>Error 1020</h1><p>Access denied</p></body></html>";

    private final int status;
    private final int code;
    private final String message;

    CoinGeckoError(int status, int code, String message) {
        this.status = status;
        this.code = code;
        this.message = message;
    }

    int status() {
        return status;
    }

    int code() {
        return code;
    }

    String body() {
        ObjectNode root = JsonMapper.shared().createObjectNode();
        root.putObject("status").put("error_code", code).put("error_message", message);
        return JsonMapper.shared().writeValueAsString(root);
    }

    /** A parameter that must be there and is not. */
    static String missing(String parameter) {
        return "{\"error\":\"Missing parameter " + parameter + "\"}";
    }
}
