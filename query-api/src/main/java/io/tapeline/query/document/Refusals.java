package io.tapeline.query.document;

import io.swagger.v3.oas.models.Operation;
import io.swagger.v3.oas.models.headers.Header;
import io.swagger.v3.oas.models.media.Content;
import io.swagger.v3.oas.models.media.MediaType;
import io.swagger.v3.oas.models.responses.ApiResponse;
import io.swagger.v3.oas.models.responses.ApiResponses;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Which problems an operation answers, each with one as it looks. */
final class Refusals {

    private static final String PROBLEM = "application/problem+json";
    private static final String ID = "b5c9f2a40d1e7733";

    private record Refusal(
            String status, String type, String title, String detail, String description) {

        Map<String, Object> example() {
            Map<String, Object> problem = new LinkedHashMap<>();
            problem.put("type", "urn:tapeline:" + type);
            problem.put("title", title);
            problem.put("status", Integer.valueOf(status));
            problem.put("detail", detail);
            if (type.equals("invalid-parameter")) {
                problem.put("parameter", "limt");
                problem.put("allowed", "a parameter: there are limit, cursor");
            }
            problem.put("requestId", ID);
            return problem;
        }
    }

    private static final Refusal INVALID =
            new Refusal(
                    "400",
                    "invalid-parameter",
                    "Invalid parameter",
                    "query: \"limt\" is not a parameter: there are limit, cursor",
                    "A parameter is wrong, unknown, missing or given twice: parameter says which,"
                            + " allowed what it may be.");
    private static final Refusal KEY =
            new Refusal(
                    "401",
                    "api-key",
                    "API key",
                    "The API key is not known here.",
                    "An API key is needed and missing, or it is not known here. Only where the"
                            + " installation has keys.");
    private static final Refusal UNKNOWN_INSTRUMENT =
            new Refusal(
                    "404",
                    "unknown-instrument",
                    "Unknown instrument",
                    "No instrument binance:NOSUCH is known. /v1/instruments lists those that are.",
                    "Not known; or known, and nothing has come of it yet (nothing-yet).");
    private static final Refusal UNKNOWN_COLLECTION =
            new Refusal(
                    "404",
                    "unknown-collection",
                    "Unknown collection",
                    "No such collection is known.",
                    "Not known, or ended so long ago that it is forgotten.");
    private static final Refusal NOT_JSON =
            new Refusal(
                    "406",
                    "not-acceptable",
                    "Not Acceptable",
                    "Answers are application/json.",
                    "Accept asks for something that answers are not.");
    private static final Refusal TYPE =
            new Refusal(
                    "415",
                    "unsupported-media-type",
                    "Unsupported Media Type",
                    "The request was refused: Unsupported Media Type.",
                    "The body is not application/json.");
    private static final Refusal HOST =
            new Refusal(
                    "421",
                    "unknown-host",
                    "Unknown host",
                    "This server does not answer to that name of a host. It does to localhost,"
                            + " 127.0.0.1, [::1]; tapeline.guard.allowed-hosts adds others.",
                    "The request names a host that the installation does not allow.");
    private static final Refusal WEIGHT =
            new Refusal(
                    "429",
                    "too-much-weight",
                    "Too much weight",
                    "This client has used 5998 of the weight of 6000 that it has in a minute, and"
                            + " this question does not fit. Streams cost less than asking again"
                            + " and again.",
                    "The client has used up its minute, or has as many live connections as it may."
                            + " Only where the installation bounds them.");
    private static final Refusal NOT_READY =
            new Refusal(
                    "503",
                    "not-ready",
                    "Not ready",
                    "No live answer: no aggregator is known.",
                    "Whoever holds the answer does not answer now (not-ready), or too much is being"
                            + " asked (overloaded).");
    private static final Refusal FAULT =
            new Refusal(
                    "500",
                    "internal-error",
                    "Internal error",
                    "The request could not be answered.",
                    "A fault of ours. Report it with its requestId.");

    private static final Set<String> WRITING = Set.of("startCollection", "cancelCollection");

    private static final Set<String> LIVE = Set.of("stream", "openSocket");

    private Refusals() {}

    /**
     * @param path as the document has it
     */
    static void apply(String path, Operation operation) {
        String id = operation.getOperationId();
        List<Refusal> all = new ArrayList<>(List.of(INVALID, KEY));
        boolean isLive = LIVE.contains(id);
        if (path.contains("{symbol}") || id.equals("stream")) {
            all.add(UNKNOWN_INSTRUMENT);
        }
        if (path.contains("{id}")) {
            all.add(UNKNOWN_COLLECTION);
        }
        if (!isLive) {
            all.add(NOT_JSON);
        }
        if (id.equals("startCollection")) {
            all.add(TYPE);
        }
        all.addAll(List.of(HOST, WEIGHT, FAULT, NOT_READY));
        ApiResponses responses = operation.getResponses();
        for (Refusal refusal : all) {
            responses.addApiResponse(refusal.status(), response(refusal));
        }
        if (WRITING.contains(id)) {
            operation.setSecurity(ApiDocument.KEYS);
        }
    }

    private static ApiResponse response(Refusal refusal) {
        ApiResponse response =
                new ApiResponse()
                        .description(refusal.description())
                        .content(
                                new Content()
                                        .addMediaType(
                                                PROBLEM,
                                                new MediaType()
                                                        .schema(Shapes.reference("Problem"))
                                                        .example(refusal.example())))
                        .addHeaderObject("X-Request-Id", Headers.reference("RequestId"));
        Header after = Headers.reference("RetryAfter");
        return switch (refusal.status()) {
            case "429", "503" -> response.addHeaderObject("Retry-After", after);
            case "401" ->
                    response.addHeaderObject("WWW-Authenticate", Headers.reference("Authenticate"));
            default -> response;
        };
    }
}
