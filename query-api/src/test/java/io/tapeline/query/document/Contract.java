package io.tapeline.query.document;

import com.networknt.schema.Error;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * The OpenAPI document, read as a reader reads it. Stricter than the document in one thing: what an
 * object is not said to have, it must not have.
 */
final class Contract {

    private final JsonNode document;
    private final SchemaRegistry registry =
            SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12);
    private final Map<String, Schema> schemas = new HashMap<>();

    Contract(String openApi) {
        document = JsonMapper.shared().readTree(openApi);
        for (JsonNode shape : document.at("/components/schemas")) {
            if (shape.has("properties") && !shape.has("additionalProperties")) {
                ((ObjectNode) shape).put("additionalProperties", false);
            }
        }
    }

    /** A way to ask. */
    record Operation(String method, String path, JsonNode said) {

        String id() {
            return said.get("operationId").asString();
        }

        List<Parameter> parameters() {
            List<Parameter> all = new ArrayList<>();
            said.path("parameters").forEach(each -> all.add(new Parameter(each)));
            return all;
        }

        JsonNode responses() {
            return said.get("responses");
        }

        @Override
        public String toString() {
            return id() + ": " + method + " " + path;
        }
    }

    /** Of a path or a query. */
    record Parameter(JsonNode said) {

        String name() {
            return said.get("name").asString();
        }

        boolean isOfPath() {
            return said.get("in").asString().equals("path");
        }

        boolean isRequired() {
            return said.path("required").asBoolean(false);
        }

        JsonNode schema() {
            return said.get("schema");
        }

        String example() {
            return said.get("example").asString();
        }
    }

    JsonNode document() {
        return document;
    }

    List<Operation> operations() {
        Map<String, Operation> all = new TreeMap<>();
        for (var path : document.get("paths").properties()) {
            for (var method : path.getValue().properties()) {
                Operation operation =
                        new Operation(
                                method.getKey().toUpperCase(Locale.ROOT),
                                path.getKey(),
                                method.getValue());
                all.put(operation.id(), operation);
            }
        }
        return List.copyOf(all.values());
    }

    Operation operation(String id) {
        return operations().stream()
                .filter(each -> each.id().equals(id))
                .findFirst()
                .orElseThrow(() -> new AssertionError("the document has no operation " + id));
    }

    /** What is wrong with a value that should have the shape; empty where nothing is. */
    List<String> faults(JsonNode shape, JsonNode value) {
        Schema schema =
                schemas.computeIfAbsent(
                        shape.toString(),
                        _ -> {
                            ObjectNode whole = ((ObjectNode) shape).deepCopy();
                            whole.set("components", document.get("components"));
                            return registry.getSchema(whole);
                        });
        return schema
                .validate(
                        value,
                        context ->
                                context.executionConfig(
                                        config -> config.formatAssertionsEnabled(true)))
                .stream()
                .map(Error::toString)
                .toList();
    }

    /** Null where the document does not tell that the operation answers so. */
    static @Nullable JsonNode response(Operation operation, int status) {
        return operation.responses().get(Integer.toString(status));
    }
}
