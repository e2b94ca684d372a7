package io.tapeline.query.document;

import static org.assertj.core.api.Assertions.assertThat;

import io.tapeline.kafka.test.KafkaCluster;
import io.tapeline.kafka.test.KafkaTest;
import io.tapeline.query.Api;
import io.tapeline.query.Await;
import io.tapeline.query.Tape;
import io.tapeline.query.document.Contract.Operation;
import io.tapeline.query.document.Contract.Parameter;
import io.tapeline.query.routing.FakeAggregator;
import java.io.InputStream;
import java.net.URLEncoder;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Walks the OpenAPI document: each operation with what it says is good, at its bounds, and beyond
 * them. Whatever is answered, the document told of it.
 */
@KafkaTest
final class ContractIT {

    private static final String PROBLEM = "application/problem+json";
    private static final Set<String> UNLIKE_OTHERS =
            Set.of("startCollection", "getCollection", "cancelCollection", "openSocket");

    @TempDir private static Path directory;

    private static FakeAggregator aggregator;
    private static Tape tape;
    private static Api api;
    private static Contract contract;

    @BeforeAll
    static void start(KafkaCluster cluster) throws Exception {
        aggregator = KnownMarket.aggregator(Tape.PARTITIONS);
        tape = new Tape(cluster);
        KnownMarket.tell(tape);
        List<String> settings = new ArrayList<>(tape.settings());
        settings.add("--tapeline.aggregator.urls=" + aggregator.url());
        api = Api.with(directory, settings);
        contract = new Contract(api.get("/openapi.json").body());
        Await.until(
                "topics are read",
                () -> {
                    String status = api.get("/v1/status").body();
                    return status.contains("\"instruments\":2,")
                            && status.contains("\"state\":\"RECORDING\"")
                            && status.contains("\"gaps\":1,");
                });
    }

    @AfterAll
    static void stop() {
        api.close();
        tape.close();
        aggregator.close();
    }

    /** What an operation is asked. */
    private static String request(Operation operation, Map<String, String> values) {
        String path = operation.path();
        StringBuilder query = new StringBuilder();
        for (var each : values.entrySet()) {
            String value = URLEncoder.encode(each.getValue(), StandardCharsets.UTF_8);
            if (path.contains("{" + each.getKey() + "}")) {
                path = path.replace("{" + each.getKey() + "}", value.replace("+", "%20"));
            } else {
                query.append(query.isEmpty() ? '?' : '&')
                        .append(each.getKey())
                        .append('=')
                        .append(value);
            }
        }
        return path + query;
    }

    /** The document's own examples of what must be given. */
    private static Map<String, String> needed(Operation operation) {
        Map<String, String> values = new LinkedHashMap<>();
        for (Parameter each : operation.parameters()) {
            if (each.isRequired()) {
                values.put(each.name(), each.example());
            }
        }
        return values;
    }

    private static Map<String, String> with(
            Operation operation, Parameter parameter, String value) {
        Map<String, String> values = needed(operation);
        if (operation.id().equals("stream") && parameter.name().equals("types")) {
            values.put("instruments", "binance:BTCUSDT");
        }
        values.put(parameter.name(), value);
        return values;
    }

    /** Asks, and holds the answer against the document. */
    private static int ask(Operation operation, String request, String... headers)
            throws Exception {
        HttpResponse<String> answer =
                switch (operation.method()) {
                    case "GET" ->
                            operation.id().equals("stream")
                                    ? beginning(request, headers)
                                    : api.get(request, headers);
                    case "POST" -> api.post(request, "application/json", "{}", headers);
                    default -> api.send(operation.method(), request, headers);
                };
        return held(operation, request, answer);
    }

    /** A stream has no end: what it begins with is enough. */
    private static HttpResponse<String> beginning(String request, String... headers)
            throws Exception {
        HttpResponse<InputStream> stream = api.open(request, headers);
        try (InputStream in = stream.body()) {
            return new Known<>(
                    stream,
                    new String(
                            stream.statusCode() == 200 ? in.readNBytes(5) : in.readAllBytes(),
                            StandardCharsets.UTF_8));
        }
    }

    private static int held(Operation operation, String request, HttpResponse<String> answer) {
        String what = operation.id() + " " + request + ": " + answer.statusCode();
        JsonNode told = Contract.response(operation, answer.statusCode());
        assertThat(told).as(what + " is not in the document: " + answer.body()).isNotNull();
        String type = answer.headers().firstValue("Content-Type").orElse("").replaceAll(";.*", "");
        JsonNode shape = told.path("content").path(type).path("schema");
        assertThat(shape.isMissingNode()).as(what + " as " + type).isFalse();
        if (type.endsWith("json")) {
            assertThat(contract.faults(shape, JsonMapper.shared().readTree(answer.body())))
                    .as(what + " " + answer.body())
                    .isEmpty();
        }
        for (String header : told.path("headers").propertyNames()) {
            if (Set.of("X-Request-Id", "Cache-Control", "ETag", "Location").contains(header)
                    && answer.statusCode() < 300
                    && !(header.equals("ETag") && isNotKept(answer))) {
                assertThat(answer.headers().firstValue(header)).as(what + " " + header).isPresent();
            }
        }
        return answer.statusCode();
    }

    private static boolean isNotKept(HttpResponse<String> answer) {
        return answer.headers().firstValue("Cache-Control").orElse("").equals("no-store");
    }

    @Test
    void everythingIsSaidOfEverything() {
        for (Operation operation : contract.operations()) {
            String id = operation.toString();
            assertThat(operation.said().path("summary").asString("")).as(id).isNotBlank();
            assertThat(operation.said().path("tags")).as(id).hasSize(1);
            for (Parameter each : operation.parameters()) {
                String name = id + " " + each.name();
                assertThat(each.said().path("description").asString("")).as(name).isNotBlank();
                assertThat(each.said().has("example")).as(name).isTrue();
                assertThat(contract.faults(each.schema(), each.said().get("example")))
                        .as(name)
                        .isEmpty();
            }
            for (var response : operation.responses().properties()) {
                for (var content : response.getValue().path("content").properties()) {
                    String name = id + " " + response.getKey() + " " + content.getKey();
                    assertThat(content.getValue().has("example")).as(name).isTrue();
                    assertThat(
                                    contract.faults(
                                            content.getValue().get("schema"),
                                            content.getValue().get("example")))
                            .as(name)
                            .isEmpty();
                }
            }
            for (JsonNode content : operation.said().at("/requestBody/content")) {
                assertThat(contract.faults(content.get("schema"), content.get("example")))
                        .as(id)
                        .isEmpty();
            }
        }
        for (var shape : contract.document().at("/components/schemas").properties()) {
            for (var property : shape.getValue().path("properties").properties()) {
                String name = shape.getKey() + "." + property.getKey();
                JsonNode said = property.getValue();
                assertThat(said.has("$ref") || said.has("type") || said.has("anyOf"))
                        .as(name)
                        .isTrue();
                if (said.has("example")) {
                    assertThat(contract.faults(said, said.get("example"))).as(name).isEmpty();
                }
            }
        }
        assertThat(contract.document().get("openapi").asString()).startsWith("3.1");
        assertThat(contract.operations()).hasSize(20);
    }

    @Test
    void theGoodExamplesAreAnsweredWell() throws Exception {
        for (Operation operation : contract.operations()) {
            if (UNLIKE_OTHERS.contains(operation.id())) {
                continue;
            }
            assertThat(ask(operation, request(operation, needed(operation))))
                    .as(operation.id())
                    .isEqualTo(200);
            for (Parameter each : operation.parameters()) {
                if (each.name().equals("cursor")) {
                    continue;
                }
                String request = request(operation, with(operation, each, each.example()));
                assertThat(ask(operation, request)).as(request).isEqualTo(200);
            }
        }
    }

    @Test
    void aCollectionIsStartedLookedAtAndEnded() throws Exception {
        Operation start = contract.operation("startCollection");
        String order = start.said().at("/requestBody/content/application~1json/example").toString();
        HttpResponse<String> begun = api.post(start.path(), "application/json", order);
        assertThat(held(start, order, begun)).isEqualTo(202);
        String at = begun.headers().firstValue("Location").orElseThrow();
        Operation look = contract.operation("getCollection");
        Operation end = contract.operation("cancelCollection");
        Await.until("it is read again", () -> api.get(at).statusCode() == 200);
        assertThat(ask(look, at)).isEqualTo(200);
        assertThat(ask(end, at)).isEqualTo(200);
        assertThat(ask(contract.operation("listCollections"), "/v1/collections")).isEqualTo(200);
        for (Operation operation : List.of(look, end)) {
            assertThat(ask(operation, request(operation, needed(operation)))).isEqualTo(404);
            assertThat(ask(operation, at + "?nosuch=1")).isEqualTo(400);
        }
        assertThat(ask(start, start.path())).isEqualTo(400);
        assertThat(held(start, order, api.post(start.path(), "text/plain", order))).isEqualTo(415);
    }

    @Test
    void aPageOfThePastMayBeKeptAndOneThatGoesOnMayNot() {
        String past =
                "/v1/klines/binance/BTCUSDT?from=2024-08-09T00:00:00Z&to=2024-08-09T01:00:00Z";
        HttpResponse<String> kept = api.get(past);
        assertThat(kept.headers().firstValue("Cache-Control"))
                .as(kept.body())
                .hasValue("public, max-age=3600");
        String tag = kept.headers().firstValue("ETag").orElseThrow();
        assertThat(api.get(past, "If-None-Match", tag).statusCode()).isEqualTo(304);
        assertThat(
                        api.get("/v1/klines/binance/BTCUSDT?limit=5")
                                .headers()
                                .firstValue("Cache-Control"))
                .hasValue("no-store");
        assertThat(
                        api.get("/v1/prices/binance/BTCUSDT/history" + "?to=2024-08-09T00:02:00Z")
                                .headers()
                                .firstValue("Cache-Control"))
                .hasValue("public, max-age=3600");
    }

    @Test
    void whoAsksForASocketInAnyOtherWayIsRefused() throws Exception {
        Operation open = contract.operation("openSocket");
        assertThat(ask(open, open.path())).isEqualTo(400);
        assertThat(ask(open, open.path() + "?nosuch=1")).isEqualTo(400);
        assertThat(open.responses().has("101")).isTrue();
    }

    @Test
    void whatLiesAtABoundIsAllowed() throws Exception {
        Set<String> tried = new TreeSet<>();
        for (Operation operation : contract.operations()) {
            for (Parameter each : operation.parameters()) {
                for (String value : Bounds.within(each.schema())) {
                    String request = request(operation, with(operation, each, value));
                    assertThat(ask(operation, request)).as(request).isIn(200, 404);
                    tried.add(operation.id() + "." + each.name());
                }
            }
        }
        assertThat(tried)
                .contains(
                        "listCandles.interval",
                        "listCandles.limit",
                        "getBook.depth",
                        "getQuote.side",
                        "getBookVolume.operator",
                        "listInstruments.q");
    }

    @Test
    void whatLiesBeyondABoundIsRefusedByName() throws Exception {
        int tried = 0;
        for (Operation operation : contract.operations()) {
            for (Parameter each : operation.parameters()) {
                for (String value : Bounds.beyond(each.schema(), each.isOfPath())) {
                    Map<String, String> values = with(operation, each, value);
                    refused(operation, request(operation, values), each.name());
                    tried++;
                }
                if (!each.isOfPath()) {
                    Map<String, String> values = with(operation, each, each.example());
                    String once = request(operation, values);
                    refused(operation, once + "&" + each.name() + "=x", each.name());
                    if (each.isRequired()) {
                        values.remove(each.name());
                        refused(operation, request(operation, values), each.name());
                    }
                }
            }
            if (!UNLIKE_OTHERS.contains(operation.id())) {
                Map<String, String> values = needed(operation);
                values.put("nosuch", "1");
                refused(operation, request(operation, values), "query");
                if (operation.responses().has("406")) {
                    String good = request(operation, needed(operation));
                    assertThat(ask(operation, good, "Accept", "image/png")).as(good).isEqualTo(406);
                }
            }
        }
        assertThat(tried).isGreaterThan(100);
    }

    private static void refused(Operation operation, String request, String parameter)
            throws Exception {
        if (UNLIKE_OTHERS.contains(operation.id())) {
            return;
        }
        HttpResponse<String> answer =
                operation.id().equals("stream") ? beginning(request) : api.get(request);
        assertThat(held(operation, request, answer)).as(request).isEqualTo(400);
        assertThat(answer.headers().firstValue("Content-Type")).as(request).hasValue(PROBLEM);
        JsonNode problem = JsonMapper.shared().readTree(answer.body());
        assertThat(problem.path("parameter").asString("")).as(request).isEqualTo(parameter);
        assertThat(problem.path("allowed").asString("")).as(request).isNotBlank();
    }
}
