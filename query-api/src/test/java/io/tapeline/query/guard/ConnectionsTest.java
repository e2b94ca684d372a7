package io.tapeline.query.guard;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

final class ConnectionsTest {

    @Test
    void aClientHasAsManyAsItMayAndGetsItsPlacesBackOnce() {
        Connections connections = new Connections(2);
        Connections.Lease first = connections.open("a").orElseThrow();
        Connections.Lease second = connections.open("a").orElseThrow();
        assertThat(connections.open("a")).isEmpty();
        assertThat(connections.open("b")).isPresent();
        first.close();
        first.close();
        assertThat(connections.open("a")).isPresent();
        assertThat(connections.open("a")).isEmpty();
        second.close();
        assertThat(connections.clients()).isEqualTo(2);
        assertThat(connections.refusal())
                .isEqualTo(new Refusal.TooManyConnections(2, Duration.ofSeconds(10)));
    }

    @Test
    void clientsThatLeftAreForgotten() {
        Connections connections = new Connections(0);
        for (int i = 0; i < 1_000; i++) {
            connections.open("client " + i).orElseThrow().close();
        }
        assertThat(connections.clients()).isZero();
    }
}
