package io.tapeline.query.mirror.stream;

import static org.assertj.core.api.Assertions.assertThat;

import io.tapeline.fuzz.JsonOracle;
import io.tapeline.fuzz.Target;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** What a client says over its socket: whatever it is, the answer is one value of JSON. */
public final class ControlMessageFuzz implements Target {

    @Override
    public List<byte[]> seeds() {
        return List.of(
                        "{\"method\":\"SUBSCRIBE\",\"params\":[\"btcusdt@depth\"],\"id\":1}",
                        "{\"id\":\"a1-B2_c\",\"params\":[\"btcusdt@depth\"],\"method\":\"UNSUBSCRIBE\"}",
                        "{\"method\":\"LIST_SUBSCRIPTIONS\",\"id\":-3}",
                        "{\"method\":\"SET_PROPERTY\",\"params\":[\"combined\",true],\"id\":null}",
                        "{\"method\":\"GET_PROPERTY\",\"params\":[\"x\"],\"id\":9223372036854775807}",
                        "{\"method\":{\"a\":[1e400,\"\\ud800\"]},\"id\":1.5}",
                        "[1]",
                        "")
                .stream()
                .map(text -> text.getBytes(StandardCharsets.UTF_8))
                .toList();
    }

    @Override
    public List<String> words() {
        return List.of("\"method\":", "\"params\":", "\"id\":", "\"combined\"", "1e1000000000");
    }

    @Override
    public void read(byte[] input) {
        String text = new String(input, StandardCharsets.UTF_8);
        String answer =
                switch (ControlReader.read(text)) {
                    case ControlMessage.Subscribe(List<String> names, String id) ->
                            named(names, id);
                    case ControlMessage.Unsubscribe(List<String> names, String id) ->
                            named(names, id);
                    case ControlMessage.ListSubscriptions(String id) ->
                            ControlMessage.result("[]", id);
                    case ControlMessage.SetCombined(_, String id) -> ControlMessage.done(id);
                    case ControlMessage.GetCombined(String id) -> ControlMessage.result("true", id);
                    case ControlMessage.Wrong(String wrong) -> wrong;
                };
        assertThat(JsonOracle.depth(answer)).as(answer).isPresent();
        // The answer does not grow with what was said, but for the variant that is not known.
        assertThat(answer.length()).isLessThan(1_000 + 6 * text.length());
    }

    private static String named(List<String> names, String id) {
        names.forEach(name -> assertThat(StreamName.parse(name)).isNotNull());
        return ControlMessage.wrapped("invalid stream", id);
    }
}
