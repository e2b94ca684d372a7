package io.tapeline.query.mirror.stream;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Control messages and the exchange's words for wrong ones (EXCHANGES.md A.3). */
final class ControlReaderTest {

    @Test
    void eachRequestOfTheTableIsUnderstood() {
        assertThat(
                        ControlReader.read(
                                "{\"method\":\"SUBSCRIBE\",\"params\":[\"btcusdt@aggTrade\","
                                        + "\"btcusdt@depth\"],\"id\":1}"))
                .isEqualTo(
                        new ControlMessage.Subscribe(
                                List.of("btcusdt@aggTrade", "btcusdt@depth"), "1"));
        assertThat(
                        ControlReader.read(
                                "{\"id\":\"a1-B2_c\",\"params\":[\"btcusdt@depth\"],"
                                        + "\"method\":\"UNSUBSCRIBE\"}"))
                .isEqualTo(new ControlMessage.Unsubscribe(List.of("btcusdt@depth"), "\"a1-B2_c\""));
        assertThat(ControlReader.read("{\"method\":\"LIST_SUBSCRIPTIONS\",\"id\":-3}"))
                .isEqualTo(new ControlMessage.ListSubscriptions("-3"));
        assertThat(
                        ControlReader.read(
                                "{\"method\":\"SET_PROPERTY\",\"params\":[\"combined\",true],"
                                        + "\"id\":null}"))
                .isEqualTo(new ControlMessage.SetCombined(true, "null"));
        assertThat(ControlReader.read("{\"method\":\"GET_PROPERTY\",\"params\":[\"combined\"]}"))
                .isEqualTo(new ControlMessage.GetCombined("null"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            textBlock =
                    """
                    {"method":"SET_PROPERTY","params":["colour",true],"id":5}|{"code":0,"msg":"Unknown property","id":5}
                    {"method":"GET_PROPERTY","params":["colour"],"id":"x"}|{"code":0,"msg":"Unknown property","id":"x"}
                    {"method":"SET_PROPERTY","params":["combined",1],"id":5}|{"code":1,"msg":"Invalid value type: expected Boolean"}
                    {"method":"SET_PROPERTY","params":["combined"],"id":5}|{"code":1,"msg":"Invalid value type: expected Boolean"}
                    {"method":"SET_PROPERTY","params":[7,true],"id":5}|{"code":2,"msg":"Invalid request: property name must be a string"}
                    {"method":"GET_PROPERTY","id":5}|{"code":2,"msg":"Invalid request: property name must be a string"}
                    {"method":"SUBSCRIBE","params":["a@depth"],"id":1.5}|{"code":2,"msg":"Invalid request: request ID must be an unsigned integer"}
                    {"method":"SUBSCRIBE","params":["a@depth"],"id":{}}|{"code":2,"msg":"Invalid request: request ID must be an unsigned integer"}
                    {"method":"SUBSCRIBE","params":[],"id":"1234567890123456789012345678901234567"}|{"code":2,"msg":"Invalid request: request ID must be an unsigned integer"}
                    {"method":"SUBSCRIBE","params":[],"id":9223372036854775808}|{"code":2,"msg":"Invalid request: request ID must be an unsigned integer"}
                    {"method":"SUBSCRIBED","id":1}|{"code":2,"msg":"Invalid request: unknown variant `SUBSCRIBED`, expected one of `SUBSCRIBE`, `UNSUBSCRIBE`, `LIST_SUBSCRIPTIONS`, `SET_PROPERTY`, `GET_PROPERTY` at line 1 column 22"}
                    {"method":"SET_PROPERTY","params":["combined",true,1],"id":5}|{"code":2,"msg":"Invalid request: too many parameters"}
                    {"method":"LIST_SUBSCRIPTIONS","params":["a"],"id":5}|{"code":2,"msg":"Invalid request: too many parameters"}
                    {"params":["btcusdt@depth"],"id":1}|{"code":2,"msg":"Invalid request: missing field `method` at line 1 column 35"}
                    {"method":"SUBSCRIBE","id":1}|{"code":2,"msg":"Invalid request: missing field `params` at line 1 column 29"}
                    {"method":"SUBSCRIBE","params":[1],"id":1}|{"code":2,"msg":"Invalid request: missing field `params` at line 1 column 42"}
                    """)
    void whatIsWrongIsToldInTheExchangesWords(String text, String answer) {
        assertThat(ControlReader.read(text)).isEqualTo(new ControlMessage.Wrong(answer));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "hello",
                "{\"method\":",
                "{\"method\":\"SUBSCRIBE\"}}",
                "~~",
                "{\"method\":\"SUBSCRIBE\",\"params\":[\"a\"",
            })
    void whatIsNoJsonIsToldWhere(String text) {
        assertThat(ControlReader.read(text))
                .isInstanceOfSatisfying(
                        ControlMessage.Wrong.class,
                        wrong ->
                                assertThat(wrong.answer())
                                        .matches(
                                                "\\{\"code\":3,\"msg\":\"Invalid JSON: expected"
                                                        + " value at line [0-9]+ column"
                                                        + " [0-9]+\"}"));
    }

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '~',
            delimiter = '|',
            value = {"[]", "7", "null", "\"a\""})
    void jsonThatIsNoObjectIsRefused(String text) {
        assertThat(ControlReader.read(text))
                .isInstanceOfSatisfying(
                        ControlMessage.Wrong.class,
                        wrong -> assertThat(wrong.answer()).startsWith("{\"code\":2,"));
    }
}
