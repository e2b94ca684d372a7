package io.tapeline.ingestor.json;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
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
