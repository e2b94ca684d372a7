package io.tapeline.query.document;

import io.swagger.v3.oas.models.Components;
import io.swagger.v3.oas.models.Operation;
import io.swagger.v3.oas.models.headers.Header;
import io.swagger.v3.oas.models.media.JsonSchema;
import io.swagger.v3.oas.models.media.Schema;
import io.swagger.v3.oas.models.responses.ApiResponse;
import java.util.Map;
import java.util.Set;

/** Headers of answers. */
final class Headers {

    private static final Set<String> TAGGED =
            Set.of(
                    "listInstruments",
                    "listPriceHistory",
                    "listCandles",
                    "listGaps",
                    "getCompleteness");

    private Headers() {}

    static void define(Components components) {
        define(
                components,
                "RequestId",
                "The request's own X-Request-Id where it is 1 to 64 letters, digits, -, _ or .;"
                        + " otherwise one made here.",
                "b5c9f2a40d1e7733");
        define(components, "RetryAfter", "Seconds after which asking again may help.", 1);
        define(components, "Authenticate", "How a key may be given.", "Bearer");
        define(
                components,
                "UsedWeight",
                "Weight that this client has used in this minute of the clock, this question with"
                        + " it. Only where the installation counts.",
                42);
        define(
                components,
                "CacheControl",
                "How long the answer may be kept: no-store unless it is of the past.",
                "no-store");
        define(
                components,
                "ETag",
                "Of answers that may be kept: give it as If-None-Match to get 304 while it"
                        + " holds.",
                "W/\"0d1e7733b5c9f2a4\"");
        define(
                components,
                "Location",
                "Where the collection tells how far it is.",
                "/v1/collections/7f3b5a52-92b5-4b06-8d1c-2a3b9a9b8f10");
    }

    private static void define(
            Components components, String name, String description, Object example) {
        Schema<Object> schema = new JsonSchema();
        schema.setTypes(Set.of(example instanceof Integer ? "integer" : "string"));
        components.addHeaders(
                name, new Header().description(description).schema(schema).example(example));
    }

    static Header reference(String name) {
        return new Header().$ref("#/components/headers/" + name);
    }

    /** Of what goes well. */
    static void apply(Operation operation) {
        for (Map.Entry<String, ApiResponse> each : operation.getResponses().entrySet()) {
            if (!each.getKey().startsWith("2")) {
                continue;
            }
            ApiResponse response = each.getValue();
            response.addHeaderObject("X-Request-Id", reference("RequestId"));
            response.addHeaderObject("X-Used-Weight-1M", reference("UsedWeight"));
            response.addHeaderObject("Cache-Control", reference("CacheControl"));
            if (TAGGED.contains(operation.getOperationId())) {
                response.addHeaderObject("ETag", reference("ETag"));
            }
            if (operation.getOperationId().equals("listCandles")) {
                response.addHeaderObject("Retry-After", reference("RetryAfter"));
            }
            if (each.getKey().equals("202")) {
                response.addHeaderObject("Location", reference("Location"));
            }
        }
        if (TAGGED.contains(operation.getOperationId())) {
            operation
                    .getResponses()
                    .addApiResponse(
                            "304",
                            new ApiResponse()
                                    .description("What If-None-Match names still holds.")
                                    .addHeaderObject("ETag", reference("ETag"))
                                    .addHeaderObject("X-Request-Id", reference("RequestId")));
        }
    }
}
