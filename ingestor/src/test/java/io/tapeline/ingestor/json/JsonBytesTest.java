package io.tapeline.ingestor.json;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class JsonBytesTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '\0',
            value = {
                "{\"a\":1},2 | {\"a\":1}",
                "[1,[2,{}]]] | [1,[2,{}]]",
                "\"a\\\"b\",1 | \"a\\\"b\"",
                "{\"a\":\"}]\"}x | {\"a\":\"}]\"}",
                "{\"a\\\\\":\"\\\\\"} | {\"a\\\\\":\"\\\\\"}",
                "-1.5e3,2 | -1.5e3",
                "null} | null",
                "true | true"
            })
    void aValueEndsWhereItsBracketsAndQuotesDo(String text, String value) {
        byte[] bytes = utf8(text);
        assertThat(JsonBytes.endOfValue(bytes, 0, bytes.length)).isEqualTo(utf8(value).length);
    }

    @ParameterizedTest
    @ValueSource(strings = {"{", "{\"a\":1", "[1,2}", "{]", "\"abc", "\"abc\\\"", "", ",", "}"})
    void aTextThatEndsBeforeItsValueHasNoEnd(String text) {
        byte[] bytes = utf8(text);
        assertThat(JsonBytes.endOfValue(bytes, 0, bytes.length)).isEqualTo(JsonBytes.NONE);
    }

    /** Eight bytes at a time, beside one at a time. */
    @Test
    void aStringEndsAtItsFirstQuoteThatIsNotEscaped() {
        long seed = Long.getLong("tapeline.test.seed", System.nanoTime());
        System.out.println("JsonBytesTest: -Dtapeline.test.seed=" + seed);
        Random random = new Random(seed);
        byte[] letters = {
            'a', '"', '\\', '!', '#', '[', ']', (byte) 0xa2, (byte) 0xdc, 0, 'b', 'c'
        };
        for (int i = 0; i < 20_000; i++) {
            byte[] text = new byte[1 + random.nextInt(40)];
            // Quotes and escapes are rare in every second text, so that its strings are long.
            int rare = i % 2 == 0 ? 1 : 8;
            for (int at = 0; at < text.length; at++) {
                text[at] =
                        random.nextInt(rare) == 0
                                ? letters[random.nextInt(letters.length)]
                                : (byte) 'x';
            }
            int from = random.nextInt(text.length);
            int to = from + random.nextInt(text.length - from + 1);
            assertThat(JsonBytes.endOfString(text, from, to))
                    .as("%s from %d to %d", Arrays.toString(text), from, to)
                    .isEqualTo(byteByByte(text, from, to));
        }
    }

    private static int byteByByte(byte[] text, int from, int to) {
        for (int at = from + 1; at < to; at++) {
            if (text[at] == '"') {
                return at + 1;
            }
            if (text[at] == '\\') {
                at++;
            }
        }
        return JsonBytes.NONE;
    }

    @Test
    void membersComeInTheirOrder() {
        assertThat(members("{ \"a\" : 1 , \"b\":{\"c\":[2]},\"d\":\"x\" } "))
                .containsExactly("1", "{\"c\":[2]}", "x", "well formed");
        assertThat(members("{}")).containsExactly("well formed");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"a\":1,}",
                "{\"a\":1 \"b\":2}",
                "{\"a\" 1}",
                "{a:1}",
                "{\"a\":1}x",
                "[1]"
            })
    void aBrokenObjectIsNotWellFormed(String text) {
        assertThat(members(text)).doesNotContain("well formed");
    }

    @Test
    void elementsComeInTheirOrder() {
        assertThat(elements("[1, [2,3] ,{\"a\":\"]\"}]"))
                .containsExactly("1", "[2,3]", "{\"a\":\"]\"}", "well formed");
        assertThat(elements("[]")).containsExactly("well formed");
    }

    @ParameterizedTest
    @ValueSource(strings = {"[1,]", "[1 2]", "[1", "[1]x", "{}", "[,1]"})
    void aBrokenArrayIsNotWellFormed(String text) {
        assertThat(elements(text)).doesNotContain("well formed");
    }

    private static List<String> members(String text) {
        byte[] bytes = utf8(text);
        JsonMembers members = new JsonMembers(bytes, 0, bytes.length);
        List<String> values = new ArrayList<>();
        while (members.next()) {
            values.add(members.valueText());
        }
        if (members.wellFormed()) {
            values.add("well formed");
        }
        return values;
    }

    private static List<String> elements(String text) {
        byte[] bytes = utf8(text);
        JsonElements elements = new JsonElements(bytes, 0, bytes.length);
        List<String> values = new ArrayList<>();
        while (elements.next()) {
            values.add(
                    new String(
                            bytes,
                            elements.elementFrom(),
                            elements.elementTo() - elements.elementFrom(),
                            StandardCharsets.UTF_8));
        }
        if (elements.wellFormed()) {
            values.add("well formed");
        }
        return values;
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
