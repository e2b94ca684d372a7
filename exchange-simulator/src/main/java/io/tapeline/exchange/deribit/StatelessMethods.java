package io.tapeline.exchange.deribit;

import io.tapeline.exchange.deribit.RpcOutcome.Failure;
import io.tapeline.exchange.deribit.RpcOutcome.Result;
import java.time.Instant;
import tools.jackson.databind.JsonNode;

/** The methods that a socket and an HTTP request may call alike. */
final class StatelessMethods {

    private static final String VERSION = "1.2.26";

    private final IndexPrices prices;

    StatelessMethods(IndexPrices prices) {
        this.prices = prices;
    }

    /**
     * @param priceTime at which prices are asked for: that of the last publication
     */
    RpcOutcome call(String method, JsonNode params, Instant now, Instant priceTime) {
        return switch (method) {
            case "public/get_index_price" -> indexPrice(params, priceTime);
            case "public/get_index_price_names", "public/get_supported_index_names" ->
                    new Result(RpcOutcome.JSON.writeValueAsString(prices.names()));
            case "public/get_time" -> new Result(Long.toString(now.toEpochMilli()));
            case "public/test" -> new Result("{\"version\":\"" + VERSION + "\"}");
            default -> Failure.of(RpcError.METHOD_NOT_FOUND);
        };
    }

    private RpcOutcome indexPrice(JsonNode params, Instant priceTime) {
        JsonNode name = params.path("index_name");
        if (!name.isString()) {
            return new Failure(RpcError.INVALID_PARAMS, "index_name", "missing or not a string");
        }
        String price = prices.at(name.stringValue(), priceTime);
        return price == null
                ? new Failure(RpcError.INVALID_ARGUMENTS, "index_name", "no such index")
                : new Result(
                        "{\"index_price\":"
                                + price
                                + ",\"estimated_delivery_price\":"
                                + price
                                + "}");
    }
}
