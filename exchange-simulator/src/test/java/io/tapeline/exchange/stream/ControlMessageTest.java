package io.tapeline.exchange.stream;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** EXCHANGES A.3. */
class ControlMessageTest {

    @Test
    void requestsAreUnderstood() {
        assertThat(
                        ControlMessage.parse(
                                "{\"method\":\"SUBSCRIBE\",\"params\":[\"btcusdt@aggTrade\",\"btcusdt@depth\"],\"id\":1}"))
                .isEqualTo(
                        new ControlMessage.Subscribe(
                                List.of("btcusdt@aggTrade", "btcusdt@depth"), "1"));
        assertThat(
                        ControlMessage.parse(
                                "{\"id\":\"a-1\",\"method\":\"UNSUBSCRIBE\",\"params\":[\"btcusdt@depth\"]}"))
                .isEqualTo(new ControlMessage.Unsubscribe(List.of("btcusdt@depth"), "\"a-1\""));
        assertThat(ControlMessage.parse("{\"method\":\"LIST_SUBSCRIPTIONS\",\"id\":null}"))
                .isEqualTo(new ControlMessage.ListSubscriptions("null"));
        assertThat(
                        ControlMessage.parse(
                                "{\"method\":\"SET_PROPERTY\",\"params\":[\"combined\",true],\"id\":-9223372036854775808}"))
                .isEqualTo(new ControlMessage.SetCombined(true, "-9223372036854775808"));
        assertThat(ControlMessage.parse("{\"method\":\"GET_PROPERTY\",\"params\":[\"combined\"]}"))
                .isEqualTo(new ControlMessage.GetCombined("null"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '\'',
            textBlock =
                    """
                    {"method":"SET_PROPERTY","params":["colour",true],"id":7}|{"code":0,"msg":"Unknown property","id":7}
                    {"method":"GET_PROPERTY","params":["colour"],"id":7}|{"code":0,"msg":"Unknown property","id":7}
                    {"method":"SET_PROPERTY","params":["combined","yes"],"id":7}|{"code":1,"msg":"Invalid value type: expected Boolean"}
                    {"method":"SET_PROPERTY","params":[1,true],"id":7}|{"code":2,"msg":"Invalid request: property name must be a string"}
                    {"method":"SUBSCRIBE","params":[],"id":1.5}|{"code":2,"msg":"Invalid request: request ID must be an unsigned integer"}
                    {"method":"SUBSCRIBE","params":[],"id":9223372036854775808}|{"code":2,"msg":"Invalid request: request ID must be an unsigned integer"}
                    {"method":"LISTEN","params":[],"id":1}|{"code":2,"msg":"Invalid request: unknown variant `LISTEN`, expected one of `SUBSCRIBE`, `UNSUBSCRIBE`, `LIST_SUBSCRIPTIONS`, `SET_PROPERTY`, `GET_PROPERTY` at line 1 column 18"}
                    {"method":"GET_PROPERTY","params":["combined",1],"id":7}|{"code":2,"msg":"Invalid request: too many parameters"}
                    {"method":"LIST_SUBSCRIPTIONS","params":["x"],"id":7}|{"code":2,"msg":"Invalid request: too many parameters"}
                    {"params":["btcusdt@trade"],"id":1}|{"code":2,"msg":"Invalid request: missing field `method` at line 1 column 35"}
                    nonsense|{"code":3,"msg":"Invalid JSON: expected value at line 1 column 1"}
                    """)
    void refusalsUseTheExchangesWords(String request, String answer) {
        ControlMessage message = ControlMessage.parse(request);
        assertThat(message).isInstanceOf(ControlMessage.Refused.class);
        if (request.equals("nonsense")) {
            assertThat(((ControlMessage.Refused) message).answer())
                    .startsWith(
                            "{\"code\":3,\"msg\":\"Invalid JSON: expected value at line 1 column ");
        } else {
            assertThat(message).isEqualTo(new ControlMessage.Refused(answer));
        }
    }
}
