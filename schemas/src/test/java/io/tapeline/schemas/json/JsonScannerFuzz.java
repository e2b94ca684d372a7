package io.tapeline.schemas.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import io.tapeline.fuzz.JsonOracle;
import io.tapeline.fuzz.Target;
import io.tapeline.schemas.market.Decimal;
import io.tapeline.schemas.wire.MalformedPayload;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.OptionalInt;
import java.util.regex.Pattern;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/**
 * The scanner beside Jackson: it goes past what Jackson goes past and nothing else, and reads the
 * same texts, names and numbers.
 */
public final class JsonScannerFuzz implements Target {

    /** Deeper than this it refuses, within its rights. */
    private static final int DEEPEST = 32;

    /** An exponent of two digits or more. */
    private static final Pattern BEYOND = Pattern.compile(".*[eE][+-]?[0-9]{2,}");

    @Override
    public List<byte[]> seeds() {
        return List.of(
                        "{\"e\":\"depth\",\"E\":1723161255208,\"pu\":-7,\"lastUpdateId\":0}",
                        "[[\"61737.63000000\",\"0.00000000\"],[],{},[1.5e-08,true,false,null]]",
                        "{\"a\\u0062\":\"\\\"\\\\\\/\\b\\f\\n\\r\\t\\ud83d\\ude00\",\"\":\"币安\"}",
                        "\n\t [ -0 , 0.5E+12 , 9223372036854775807 , -9223372036854775808 ]\r\n",
                        "[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[1]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]")
                .stream()
                .map(text -> text.getBytes(StandardCharsets.UTF_8))
                .toList();
    }

    @Override
    public void read(byte[] input) throws MalformedPayload {
        if (!JsonOracle.isUtf8(input)) {
            skips(input); // its business is to end, and no more
            return;
        }
        String text = new String(input, StandardCharsets.UTF_8);
        OptionalInt depth = JsonOracle.depth(text);
        boolean skipped = skips(input);
        if (depth.isEmpty() || depth.getAsInt() > DEEPEST) {
            assertThat(skipped && depth.isEmpty()).as("skips what is no JSON: %s", text).isFalse();
            return;
        }
        assertThat(skipped).as("skips JSON: %s", text).isTrue();
        JsonScanner scanner = new JsonScanner("fuzz", input);
        try (JsonParser oracle = JsonOracle.parser(text)) {
            value(scanner, oracle, oracle.nextToken());
        }
        scanner.end();
    }

    private static boolean skips(byte[] input) {
        JsonScanner scanner = new JsonScanner("fuzz", input);
        try {
            scanner.skip("payload");
            scanner.end();
            return true;
        } catch (MalformedPayload e) {
            return false;
        }
    }

    private static void value(JsonScanner in, JsonParser oracle, JsonToken token)
            throws MalformedPayload {
        switch (token) {
            case START_OBJECT -> object(in, oracle);
            case START_ARRAY -> array(in, oracle);
            case VALUE_STRING -> assertThat(in.text("text")).isEqualTo(oracle.getString());
            case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> number(in, oracle.getString());
            case VALUE_TRUE -> assertThat(in.bool("bool")).isTrue();
            case VALUE_FALSE -> assertThat(in.bool("bool")).isFalse();
            case VALUE_NULL -> assertThat(in.nothing()).isTrue();
            case NOT_AVAILABLE, END_OBJECT, END_ARRAY, PROPERTY_NAME, VALUE_EMBEDDED_OBJECT ->
                    fail("the oracle tells " + token);
        }
    }

    private static void object(JsonScanner in, JsonParser oracle) throws MalformedPayload {
        in.beginObject("object");
        int key = in.firstKey();
        for (String name = oracle.nextName(); name != null; name = oracle.nextName()) {
            assertThat(key).isNotEqualTo(JsonScanner.NO_KEY);
            assertThat(in.keyName(key)).isEqualTo(name);
            value(in, oracle, oracle.nextToken());
            key = in.nextKey("object");
        }
        assertThat(key).isEqualTo(JsonScanner.NO_KEY);
    }

    private static void array(JsonScanner in, JsonParser oracle) throws MalformedPayload {
        in.beginArray("array");
        boolean more = in.firstElement();
        for (JsonToken token = oracle.nextToken();
                token != JsonToken.END_ARRAY;
                token = oracle.nextToken()) {
            assertThat(more).isTrue();
            value(in, oracle, token);
            more = in.nextElement("array");
        }
        assertThat(more).isFalse();
    }

    /** What is beyond a decimal's bounds it refuses, within its rights. */
    private static void number(JsonScanner in, String written) throws MalformedPayload {
        Decimal number;
        try {
            number = in.number("number");
        } catch (MalformedPayload e) {
            boolean isLong = written.length() > Decimal.MAX_DIGITS;
            assertThat(isLong || BEYOND.matcher(written).matches()).as(written).isTrue();
            return;
        }
        assertThat(number.toBigDecimal()).isEqualByComparingTo(new BigDecimal(written));
    }
}
