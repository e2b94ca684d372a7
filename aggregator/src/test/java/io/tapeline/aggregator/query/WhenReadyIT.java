package io.tapeline.aggregator.query;

import static org.assertj.core.api.Assertions.assertThat;

import io.tapeline.schemas.access.SharedSecret;
import io.tapeline.schemas.trace.RequestId;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.Callback;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.slf4j.MDC;

class WhenReadyIT {

    /** Answers with the id that is in the log's context. */
    private static final class Telling extends Handler.Abstract.NonBlocking {
        @Override
        public boolean handle(Request request, Response response, Callback callback) {
            response.getHeaders().put("Logged", String.valueOf(MDC.get(RequestId.LOGGED)));
            callback.succeeded();
            return true;
        }
    }

    @Test
    void the_id_of_a_question_is_in_the_logs_context_while_it_is_answered_and_no_longer()
            throws Exception {
        Server server = new Server();
        ServerConnector connector = new ServerConnector(server, 1, 1);
        connector.setHost("127.0.0.1");
        server.addConnector(connector);
        AtomicReference<@Nullable Handler> questions = new AtomicReference<>(new Telling());
        server.setHandler(new WhenReady(SharedSecret.NONE, questions));
        server.start();
        try (HttpClient client = HttpClient.newHttpClient()) {
            URI address = URI.create("http://127.0.0.1:" + connector.getLocalPort() + "/x");
            List<String> logged = new ArrayList<>();
            for (String id : List.of("a.question-1", "not sane", "", "another")) {
                HttpRequest.Builder question = HttpRequest.newBuilder(address);
                if (!id.isEmpty()) {
                    question.header(RequestId.HEADER, id);
                }
                logged.add(
                        client.send(question.build(), BodyHandlers.discarding())
                                .headers()
                                .firstValue("Logged")
                                .orElseThrow());
            }
            assertThat(logged).containsExactly("a.question-1", "null", "null", "another");
        } finally {
            server.stop();
        }
    }

    @Test
    void whoDoesNotTellTheSecretIsToldNothing() throws Exception {
        Server server = new Server();
        ServerConnector connector = new ServerConnector(server, 1, 1);
        connector.setHost("127.0.0.1");
        server.addConnector(connector);
        String secret = "0123456789abcdef";
        AtomicReference<@Nullable Handler> questions = new AtomicReference<>();
        server.setHandler(new WhenReady(new SharedSecret(secret), questions));
        server.start();
        try (HttpClient client = HttpClient.newHttpClient()) {
            URI address = URI.create("http://127.0.0.1:" + connector.getLocalPort() + "/x");
            List<Integer> answers = new ArrayList<>();
            for (boolean ready : List.of(false, true)) {
                questions.set(ready ? new Telling() : null);
                for (String told : List.of("", "0123456789abcdeF", secret)) {
                    HttpRequest.Builder question = HttpRequest.newBuilder(address);
                    if (!told.isEmpty()) {
                        question.header(SharedSecret.HEADER, told);
                    }
                    answers.add(
                            client.send(question.build(), BodyHandlers.discarding()).statusCode());
                }
            }
            assertThat(answers).containsExactly(403, 403, 503, 403, 403, 200);
            HttpRequest ofAPage =
                    HttpRequest.newBuilder(address)
                            .header(SharedSecret.HEADER, secret)
                            .header("Origin", "https://page.example")
                            .build();
            assertThat(client.send(ofAPage, BodyHandlers.discarding()).statusCode()).isEqualTo(403);
        } finally {
            server.stop();
        }
    }
}
