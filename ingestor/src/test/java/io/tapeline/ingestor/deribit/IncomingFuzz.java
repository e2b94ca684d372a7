package io.tapeline.ingestor.deribit;

import static org.assertj.core.api.Assertions.assertThat;

import io.tapeline.fuzz.Target;
import io.tapeline.ingestor.json.JsonBytes;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** What comes over Deribit's socket: one of the shapes, or none; data is cut out whole. */
public final class IncomingFuzz implements Target {

    @Override
    public List<byte[]> seeds() {
        return List.of(
                        "{\"jsonrpc\":\"2.0\",\"method\":\"subscription\",\"params\":{\"channel\":"
                                + "\"deribit_price_index.btc_usd\",\"data\":{\"price\":1.5}}}",
                        "{\"method\":\"heartbeat\",\"params\":{\"type\":\"test_request\"}}",
                        "{\"id\":3,\"result\":[\"deribit_price_index.btc_usd\",1]}",
                        "{\"id\":4,\"error\":{\"code\":10028,\"message\":\"too_many_requests\"}}")
                .stream()
                .map(text -> text.getBytes(StandardCharsets.UTF_8))
                .toList();
    }

    @Override
    public void read(byte[] input) {
        Incoming incoming = Incoming.read(input, 0, input.length);
        if (incoming instanceof Incoming.Notification(String channel, byte[] data)) {
            assertThat(channel).isNotEmpty();
            assertThat(JsonBytes.endOfValue(data, 0, data.length)).isEqualTo(data.length);
            assertThat(input).containsSequence(data);
        }
    }
}
