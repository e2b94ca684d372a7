package io.tapeline.query.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.tapeline.fuzz.Target;
import java.nio.charset.StandardCharsets;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What a client says over {@code /v1/ws}: a command, a problem, or no object at all. */
public final class LiveCommandFuzz implements Target {

    private static final JsonMapper JSON = JsonMapper.shared();

    @Override
    public List<byte[]> seeds() {
        return List.of(
                        "{\"op\":\"subscribe\",\"id\":1,\"types\":[\"price\",\"book\"],"
                                + "\"instruments\":[\"binance:BTCUSDT\"]}",
                        "{\"op\":\"unsubscribe\",\"id\":\"a\",\"types\":[\"candle\"]}",
                        "{\"op\":\"list\"}",
                        "{\"id\":null,\"op\":\"ping\"}",
                        "[[[[{\"op\":1}]]]]")
                .stream()
                .map(text -> text.getBytes(StandardCharsets.UTF_8))
                .toList();
    }

    @Override
    public void read(byte[] input) {
        JsonNode message = LiveCommand.parse(new String(input, StandardCharsets.UTF_8), JSON);
        if (message == null) {
            return;
        }
        try {
            LiveCommand command = LiveCommand.read(message);
            LiveQuestion question = command.question();
            if (question != null) {
                assertThat(question.types()).isNotEmpty();
                assertThat(question.instruments().size())
                        .isLessThanOrEqualTo(LiveQuestion.MOST_INSTRUMENTS);
            }
        } catch (ProblemException e) {
            assertThat(e.problem().status()).isEqualTo(400);
            assertThat(String.valueOf(e.getMessage()).length()).isLessThan(1_000);
        }
    }
}
