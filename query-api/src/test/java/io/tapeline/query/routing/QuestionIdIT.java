package io.tapeline.query.routing;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import io.tapeline.schemas.trace.RequestId;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.slf4j.MDC;

class QuestionIdIT {

    @Test
    void the_id_of_a_question_goes_with_it_to_who_is_asked() throws Exception {
        List<String> heard = new CopyOnWriteArrayList<>();
        HttpServer instance =
                HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        instance.createContext(
                "/",
                question -> {
                    heard.add(String.valueOf(question.getRequestHeaders().get(RequestId.HEADER)));
                    question.sendResponseHeaders(200, -1);
                    question.close();
                });
        instance.start();
        try (Exchange exchange = new Exchange(Duration.ofSeconds(10))) {
            Address address =
                    Address.of(URI.create("http://127.0.0.1:" + instance.getAddress().getPort()));
            try (MDC.MDCCloseable _ = MDC.putCloseable(RequestId.LOGGED, "question-7")) {
                var _ = exchange.get(address, "/internal/routing");
            }
            var _ = exchange.get(address, "/internal/routing");
        } finally {
            instance.stop(0);
        }
        assertThat(heard).containsExactly("[question-7]", "null");
    }
}
