package io.tapeline.query.guard;

import static org.assertj.core.api.Assertions.assertThat;

import io.tapeline.fuzz.Target;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * What stands in {@code X-Forwarded-For}: whatever it is, who asks is told by an address, and not
 * by what stands before the one that the proxy has seen.
 */
public final class ClientsFuzz implements Target {

    private static final String PROXY = "10.0.0.1";
    private static final String SEEN = "203.0.113.1";

    private final Clients clients =
            new Clients(List.of(Network.parse("10.0.0.0/8"), Network.parse("fd00::/8")));

    @Override
    public List<byte[]> seeds() {
        return List.of(
                        "203.0.113.1, 10.1.2.3",
                        "6.6.6.6, 203.0.113.1:51234",
                        "[2001:db8:1:2:3:4:5:6]:443, fd00::1",
                        "::ffff:10.1.2.3,fe80::1%lo,unknown,",
                        "0x7f.1, 1.2.3, [::1")
                .stream()
                .map(text -> text.getBytes(StandardCharsets.UTF_8))
                .toList();
    }

    @Override
    public void read(byte[] input) {
        String told = new String(input, StandardCharsets.UTF_8);
        assertThat(clients.of(PROXY, List.of(told))).matches("[0-9a-f.:]{3,40}(/64)?");
        assertThat(clients.of(PROXY, List.of(told, SEEN))).isEqualTo(SEEN);
        assertThat(clients.of(SEEN, List.of(told))).isEqualTo(SEEN);
    }
}
