package io.tapeline.ingestor.json;

import static org.assertj.core.api.Assertions.assertThat;

import io.tapeline.fuzz.Input;
import io.tapeline.fuzz.JsonOracle;
import io.tapeline.fuzz.Target;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/**
 * Ends of values beside Jackson: of JSON each element and member is found where it is, of anything
 * else nothing outside the text. An input's first bytes are what stands before and after the text.
 */
public final class JsonBytesFuzz implements Target {

    /** What is nested deeper than this is refused, within its rights. */
    private static final int DEEPEST = 63;

    @Override
    public List<byte[]> seeds() {
        return List.of(
                Input.of(0, "[1,\"a\\\"]\",{\"b\":[]},-1.5e3,null, [ ] ]"),
                Input.of(9, " {\"stream\":\"btcusdt@depth\",\"data\":{\"a\":\"\\\\\"},\"\":{}}"),
                Input.of(3, "{\"e\" : \"kline\" , \"k\":{\"t\":1,\"x\":true}}"),
                Input.of(1, "[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]"));
    }

    @Override
    public void read(byte[] input) {
        Input in = new Input(input);
        int before = in.below(16);
        byte[] value = in.rest();
        // What stands around the text is JSON too, which must not be read.
        byte[] text = new byte[before + value.length + 8];
        Arrays.fill(text, (byte) ']');
        System.arraycopy(value, 0, text, before, value.length);
        int to = before + value.length;
        List<String> elements = elements(text, before, to);
        List<String> members = members(text, before, to);
        String json = new String(value, StandardCharsets.UTF_8);
        OptionalInt depth = JsonOracle.depth(json);
        if (!JsonOracle.isUtf8(value) || depth.isEmpty() || depth.getAsInt() > DEEPEST) {
            return;
        }
        int from = JsonBytes.skipSpace(text, before, to);
        int end = JsonBytes.endOfValue(text, from, to);
        assertThat(end).as(json).isNotEqualTo(JsonBytes.NONE);
        assertThat(JsonBytes.skipSpace(text, end, to)).as(json).isEqualTo(to);
        try (JsonParser oracle = JsonOracle.parser(json)) {
            JsonToken first = oracle.nextToken();
            assertThat(elements != null).isEqualTo(first == JsonToken.START_ARRAY);
            assertThat(members != null).isEqualTo(first == JsonToken.START_OBJECT);
            if (elements != null) {
                assertThat(elements).isEqualTo(values(oracle));
            } else if (members != null) {
                assertThat(members).isEqualTo(values(oracle));
            }
        }
    }

    /** Null if they are not well-formed. */
    private static @Nullable List<String> elements(byte[] text, int from, int to) {
        JsonElements elements = new JsonElements(text, from, to);
        List<String> found = new ArrayList<>();
        while (elements.next()) {
            assertThat(elements.elementFrom()).isBetween(from, elements.elementTo() - 1);
            assertThat(elements.elementTo()).isLessThanOrEqualTo(to);
            found.add(kind(text[elements.elementFrom()]));
        }
        return elements.wellFormed() ? found : null;
    }

    private static @Nullable List<String> members(byte[] text, int from, int to) {
        JsonMembers members = new JsonMembers(text, from, to);
        List<String> found = new ArrayList<>();
        while (members.next()) {
            assertThat(members.valueFrom()).isBetween(from, members.valueTo() - 1);
            assertThat(members.valueTo()).isLessThanOrEqualTo(to);
            assertThat(members.keyText()).isNotNull();
            assertThat(members.valueText()).isNotNull();
            found.add(kind(text[members.valueFrom()]));
        }
        return members.wellFormed() ? found : null;
    }

    /** What kind of value begins so. */
    private static String kind(byte first) {
        return switch (first) {
            case '{' -> "object";
            case '[' -> "array";
            case '"' -> "text";
            default -> "other";
        };
    }

    private static String kind(JsonToken first) {
        if (first == JsonToken.START_OBJECT) {
            return "object";
        }
        if (first == JsonToken.START_ARRAY) {
            return "array";
        }
        return first == JsonToken.VALUE_STRING ? "text" : "other";
    }

    private static List<String> values(JsonParser oracle) {
        List<String> values = new ArrayList<>();
        for (JsonToken token = oracle.nextToken();
                token != JsonToken.END_ARRAY && token != JsonToken.END_OBJECT;
                token = oracle.nextToken()) {
            if (token == JsonToken.PROPERTY_NAME) {
                continue;
            }
            values.add(kind(token));
            oracle.skipChildren();
        }
        return values;
    }
}
