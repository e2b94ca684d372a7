package io.tapeline.query.document;

import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;

/** Values at the bounds of what a parameter's schema allows, and just beyond them. */
final class Bounds {

    private Bounds() {}

    static List<String> within(JsonNode schema) {
        List<String> values = new ArrayList<>();
        schema.path("enum").forEach(each -> values.add(each.asString()));
        if (schema.path("type").asString("").equals("integer")) {
            values.add(schema.get("minimum").asString());
            values.add(schema.get("maximum").asString());
        }
        if (schema.path("format").asString("").equals("date-time")) {
            values.addAll(
                    List.of(
                            "1970-01-01T00:00:01Z",
                            "2024-08-09T00:00:00.000001Z",
                            "2024-08-09T02:00:00+02:00"));
        }
        int most = schema.path("maxLength").asInt(0);
        boolean isFree = !schema.has("pattern") && !schema.has("format");
        if (most > 0 && most <= 64 && isFree) {
            values.add("A".repeat(most));
        }
        return values;
    }

    static List<String> beyond(JsonNode schema, boolean ofPath) {
        List<String> values = new ArrayList<>();
        if (schema.has("enum")) {
            values.addAll(List.of("nosuch", schema.get("enum").get(0).asString() + " "));
        }
        if (schema.path("type").asString("").equals("integer")) {
            values.add(Long.toString(schema.get("minimum").asLong() - 1));
            values.add(Long.toString(schema.get("maximum").asLong() + 1));
            values.addAll(List.of("1.0", "one", "0x1", "-1"));
        }
        if (schema.path("format").asString("").equals("date-time")) {
            values.addAll(
                    List.of("yesterday", "1723161600000", "2024-08-09", "2024-13-01T00:00:00Z"));
        }
        int most = schema.path("maxLength").asInt(0);
        // A longer request line is refused as a whole.
        if (most > 0 && most < 5_000) {
            values.add("9".repeat(most + 1));
        }
        if (schema.has("pattern")) {
            values.add("a b");
        }
        if (!ofPath && !schema.has("enum")) {
            values.add("");
        }
        return values;
    }
}
