package io.tapeline.ingestor.rest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import io.tapeline.schemas.market.ExchangeTimeUnit;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Test;

class RestTransportIT {

    @Test
    void anAnswerThatStopsInItsMiddleIsGivenUp() throws Exception {
        CountDownLatch over = new CountDownLatch(1);
        HttpServer server =
                HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext(
                "/",
                exchange -> {
                    try (exchange) {
                        exchange.sendResponseHeaders(200, 100);
                        exchange.getResponseBody().write('{');
                        exchange.getResponseBody().flush();
                        assertThat(over.await(60, TimeUnit.SECONDS)).isTrue();
                    } catch (InterruptedException e) {
                        Thread.currentThread().interrupt();
                    }
                });
        server.start();
        RestSettings settings =
                new RestSettings(
                        URI.create("http://127.0.0.1:" + server.getAddress().getPort()),
                        ExchangeTimeUnit.MILLISECONDS,
                        6000,
                        61_000,
                        0.8,
                        1,
                        2,
                        3,
                        Duration.ofSeconds(2));
        try (RestTransport transport = new RestTransport(settings)) {
            CompletableFuture<RestAnswer> answer =
                    transport.send(new RestRequest.Depth("BTCUSDT", 100));
            assertThatThrownBy(() -> answer.get(30, TimeUnit.SECONDS))
                    .hasCauseInstanceOf(TimeoutException.class);
            assertThat(answer).isDone();
        } finally {
            over.countDown();
            server.stop(0);
        }
    }
}
