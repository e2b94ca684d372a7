package io.tapeline.chaos.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class WireIT {

    private static final byte[] HELLO = "hello".getBytes(StandardCharsets.UTF_8);
    private static final int PATIENCE_MILLIS = 20_000;

    private ServerSocket server;
    private Wire wire;
    private Socket near;
    private Socket away;

    @BeforeEach
    void connect() throws IOException {
        InetAddress loopback = InetAddress.getLoopbackAddress();
        server = new ServerSocket(0, 1, loopback);
        wire = new Wire(server.getLocalPort());
        near = new Socket(loopback, wire.port());
        away = server.accept();
        near.setSoTimeout(PATIENCE_MILLIS);
        away.setSoTimeout(PATIENCE_MILLIS);
    }

    @AfterEach
    void disconnect() throws IOException {
        near.close();
        away.close();
        wire.close();
        server.close();
    }

    @Test
    void in_fair_weather_it_carries_both_ways_and_tells_the_end() throws IOException {
        near.getOutputStream().write(HELLO);
        assertThat(away.getInputStream().readNBytes(HELLO.length)).isEqualTo(HELLO);
        away.getOutputStream().write(HELLO);
        away.shutdownOutput();
        assertThat(near.getInputStream().readAllBytes()).isEqualTo(HELLO);
    }

    @Test
    void in_the_dark_nothing_arrives_and_afterwards_all_does() throws IOException {
        wire.set(Weather.DARK);
        near.getOutputStream().write(HELLO);
        away.setSoTimeout(300);
        assertThatThrownBy(() -> away.getInputStream().read())
                .isInstanceOf(SocketTimeoutException.class);

        wire.set(Weather.FAIR);

        away.setSoTimeout(PATIENCE_MILLIS);
        assertThat(away.getInputStream().readNBytes(HELLO.length)).isEqualTo(HELLO);
    }

    @Test
    void a_slow_wire_takes_at_least_its_latency() throws IOException {
        wire.set(Weather.slow(Duration.ofMillis(200), 1_000_000));
        long begun = System.nanoTime();

        near.getOutputStream().write(HELLO);

        assertThat(away.getInputStream().readNBytes(HELLO.length)).isEqualTo(HELLO);
        assertThat(System.nanoTime() - begun).isGreaterThanOrEqualTo(200_000_000L);
    }

    @Test
    void a_cut_resets_both_ends_and_the_next_connection_is_carried() throws IOException {
        near.getOutputStream().write(HELLO);
        assertThat(away.getInputStream().readNBytes(HELLO.length)).isEqualTo(HELLO);

        wire.cut();

        assertThatThrownBy(() -> near.getInputStream().read()).isInstanceOf(SocketException.class);
        assertThatThrownBy(() -> away.getInputStream().read()).isInstanceOf(SocketException.class);
        try (Socket again = new Socket(InetAddress.getLoopbackAddress(), wire.port());
                Socket there = server.accept()) {
            again.getOutputStream().write(HELLO);
            assertThat(there.getInputStream().readNBytes(HELLO.length)).isEqualTo(HELLO);
        }
    }
}
