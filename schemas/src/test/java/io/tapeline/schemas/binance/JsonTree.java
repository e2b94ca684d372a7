package io.tapeline.schemas.binance;

import java.io.StringWriter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;

/** Takes the recordings' JSON apart: maps, lists, texts, and what else stands as it is written. */
final class JsonTree {

    private static final JsonFactory JSON = new JsonFactory();

    /** A number, true, false or null, as written. */
    record Literal(String text) {}

    private JsonTree() {}

    static Object parse(String text) {
        try (JsonParser in = JSON.createParser(ObjectReadContext.empty(), text)) {
            return value(in, in.nextToken());
        }
    }

    private static Object value(JsonParser in, @Nullable JsonToken token) {
        if (token == JsonToken.START_OBJECT) {
            Map<String, Object> fields = new LinkedHashMap<>();
            for (String name = in.nextName(); name != null; name = in.nextName()) {
                fields.put(name, value(in, in.nextToken()));
            }
            return fields;
        }
        if (token == JsonToken.START_ARRAY) {
            List<Object> elements = new ArrayList<>();
            for (JsonToken t = in.nextToken(); t != JsonToken.END_ARRAY; t = in.nextToken()) {
                elements.add(value(in, t));
            }
            return elements;
        }
        return token == JsonToken.VALUE_STRING ? in.getString() : new Literal(in.getString());
    }

    static String write(Object value) {
        StringWriter out = new StringWriter();
        try (JsonGenerator json = JSON.createGenerator(ObjectWriteContext.empty(), out)) {
            write(json, value);
        }
        return out.toString();
    }

    private static void write(JsonGenerator json, Object value) {
        if (value instanceof Map<?, ?> fields) {
            json.writeStartObject();
            fields.forEach((name, field) -> {
                json.writeName((String) name);
                write(json, field);
            });
            json.writeEndObject();
        } else if (value instanceof List<?> elements) {
            json.writeStartArray();
            elements.forEach(element -> write(json, element));
            json.writeEndArray();
        } else if (value instanceof Literal literal) {
            json.writeRawValue(literal.text());
        } else {
            json.writeString((String) value);
        }
    }

    @SuppressWarnings("unchecked")
    static Map<String, Object> object(Object value) {
        return (Map<String, Object>) value;
    }

    @SuppressWarnings("unchecked")
    static List<Object> array(Object value) {
        return (List<Object>) value;
    }

    /** A field that must be there. */
    static Object field(Object value, String name) {
        return Objects.requireNonNull(object(value).get(name), name);
    }
}
