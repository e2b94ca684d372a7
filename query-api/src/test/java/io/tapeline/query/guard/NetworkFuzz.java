package io.tapeline.query.guard;

import static org.assertj.core.api.Assertions.assertThat;

import io.tapeline.fuzz.Target;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Addresses and networks of proxies: one that is taken contains its own address. */
public final class NetworkFuzz implements Target {

    @Override
    public List<byte[]> seeds() {
        return List.of("10.0.0.0/8", "192.168.1.7", "fd00::/7", "::1", "::ffff:10.1.2.3/97")
                .stream()
                .map(text -> text.getBytes(StandardCharsets.UTF_8))
                .toList();
    }

    @Override
    public void read(byte[] input) {
        Network network;
        try {
            network = Network.parse(new String(input, StandardCharsets.UTF_8));
        } catch (IllegalArgumentException e) {
            return;
        }
        assertThat(network.contains(network.address())).isTrue();
    }
}
