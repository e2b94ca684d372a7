package io.tapeline.query.mirror.stream;

import static org.assertj.core.api.Assertions.assertThat;

import io.tapeline.fuzz.Input;
import io.tapeline.fuzz.JsonOracle;
import io.tapeline.fuzz.Target;
import java.util.List;

/**
 * The address by which a socket is opened. An input's first byte tells whether the rest is a path
 * after {@code /ws} or the query of {@code /stream}.
 */
public final class StreamAddressFuzz implements Target {

    @Override
    public List<byte[]> seeds() {
        return List.of(
                Input.of(0, "/btcusdt@depth/ethusdt@ticker/"),
                Input.of(0, "/%E5%B8%81%E5%AE%89usdt%40kline_1m"),
                Input.of(0, "?timeUnit=microsecond"),
                Input.of(1, "streams=btcusdt@depth20@100ms/%21miniTicker%40arr&timeUnit=x"),
                Input.of(1, "streams=a@bookTicker/b@miniTicker/c@depth5/d@kline_1M"));
    }

    @Override
    public void read(byte[] input) {
        Input in = new Input(input);
        boolean combined = in.below(2) == 1;
        String text = in.text();
        StreamAddress address =
                combined
                        ? StreamAddress.of("/stream", text)
                        : StreamAddress.of(
                                "/ws" + text.split("\\?", 2)[0],
                                text.contains("?") ? text.split("\\?", 2)[1] : null);
        switch (address) {
            case StreamAddress.Wanted(List<StreamName> streams, boolean inEnvelopes, _) -> {
                assertThat(inEnvelopes).isEqualTo(combined);
                assertThat(streams).hasSizeLessThanOrEqualTo(StreamAddress.MOST_STREAMS);
                for (StreamName stream : streams) {
                    assertThat(StreamName.parse(stream.text())).contains(stream);
                }
            }
            case StreamAddress.Refused(String body) ->
                    assertThat(JsonOracle.depth(body)).as(body).isPresent();
        }
    }
}
