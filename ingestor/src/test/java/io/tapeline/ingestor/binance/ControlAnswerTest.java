package io.tapeline.ingestor.binance;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.OptionalLong;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ControlAnswerTest {

    @Test
    void aResultIsAcceptance() {
        assertThat(read("{\"result\":null,\"id\":7}")).isEqualTo(new ControlAnswer.Accepted(7));
        assertThat(read("{\"result\":true,\"id\":3}")).isEqualTo(new ControlAnswer.Accepted(3));
        assertThat(read("{\"result\":[1],\"id\":3}")).isEqualTo(new ControlAnswer.Accepted(3));
    }

    @Test
    void aListTellsWhatTheConnectionCarries() {
        assertThat(read("{\"result\":[\"a@ticker\",\"币安人生usdt@ticker\"],\"id\":3}"))
                .isEqualTo(new ControlAnswer.Listed(3, Set.of("a@ticker", "币安人生usdt@ticker")));
        assertThat(read("{\"result\":[],\"id\":4}"))
                .isEqualTo(new ControlAnswer.Listed(4, Set.of()));
    }

    @Test
    void bothShapesOfErrorsAreRefusals() {
        assertThat(read("{\"code\":2,\"msg\":\"Invalid request: invalid stream\"}"))
                .isEqualTo(
                        new ControlAnswer.Refused(
                                OptionalLong.empty(), 2, "Invalid request: invalid stream"));
        assertThat(read("{\"code\":0,\"msg\":\"Unknown property\",\"id\":5}"))
                .isEqualTo(new ControlAnswer.Refused(OptionalLong.of(5), 0, "Unknown property"));
        assertThat(read("{\"error\":{\"code\":2,\"msg\":\"x\"},\"id\":2}"))
                .isEqualTo(new ControlAnswer.Refused(OptionalLong.of(2), 2, "x"));
    }

    @Test
    void whatIsNeitherIsNoAnswer() {
        assertThat(read("{\"e\":\"kline\"}")).isNull();
        assertThat(read("{\"result\":null,\"id\":null}")).isNull();
        assertThat(read("{\"result\":null,\"id\":1")).isNull();
        assertThat(read("[]")).isNull();
    }

    private static @Nullable ControlAnswer read(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        return ControlAnswer.read(bytes, 0, bytes.length);
    }
}
