package io.tapeline.ingestor.http;

import com.google.protobuf.Message;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.tapeline.schemas.access.PageRequest;
import io.tapeline.schemas.access.SharedSecret;
import io.tapeline.schemas.proto.IngestorStatus;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What other parts of Tapeline ask an ingestor. Not for the public: it binds to the loopback
 * address unless told otherwise, and answers those alone who know the installation's secret, where
 * there is one. Answers are Protobuf, refusals plain text.
 */
public final class InternalServer implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(InternalServer.class);

    private static final int MOST_REQUESTS = 32;
    private static final int BACKLOG = 64;
    private static final Reply NO_VENUE = new Reply.Not(404, "venue: binance is switched off");
    private static final String PROTOBUF = "application/x-protobuf";
    private static final String TEXT = "text/plain; charset=utf-8";

    /** An answer, of either kind. */
    sealed interface Reply {

        record Found(Message message) implements Reply {}

        /**
         * @param location path of what was made
         */
        record Made(Message message, String location) implements Reply {}

        /**
         * @param reason names the parameter and what is allowed, or what went wrong
         */
        record Not(int status, String reason) implements Reply {}
    }

    private final HttpServer server;
    private final ExecutorService threads;
    private final SharedSecret secret;
    private final Semaphore room = new Semaphore(MOST_REQUESTS);
    private final Supplier<IngestorStatus> status;
    private final Optional<CandleRequests> candles;
    private final Optional<JobRequests> jobs;

    private InternalServer(
            HttpServer server,
            ExecutorService threads,
            SharedSecret secret,
            Supplier<IngestorStatus> status,
            Optional<CandleRequests> candles,
            Optional<JobRequests> jobs) {
        this.server = server;
        this.threads = threads;
        this.secret = secret;
        this.status = status;
        this.candles = candles;
        this.jobs = jobs;
    }

    /**
     * @param port 0 for any that is free
     * @param secret what whoever asks must tell
     * @param candles empty if there is no exchange to fetch them from
     * @param jobs likewise
     */
    public static InternalServer start(
            String host,
            int port,
            SharedSecret secret,
            Supplier<IngestorStatus> status,
            Optional<CandleRequests> candles,
            Optional<JobRequests> jobs) {
        HttpServer server;
        try {
            server = HttpServer.create(new InetSocketAddress(host, port), BACKLOG);
        } catch (IOException e) {
            throw new UncheckedIOException(
                    "tapeline.ingestor.http-port: cannot listen on " + host + ":" + port, e);
        }
        ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
        InternalServer internal =
                new InternalServer(server, threads, secret, status, candles, jobs);
        server.createContext("/", internal::handle);
        server.setExecutor(threads);
        server.start();
        if (secret.isMissingAt(server.getAddress())) {
            log.atWarn()
                    .addKeyValue("host", host)
                    .log("Internal server answers other machines, and no secret is set");
        }
        return internal;
    }

    public int port() {
        return server.getAddress().getPort();
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            if (!secret.admits(exchange.getRequestHeaders().getFirst(SharedSecret.HEADER))
                    || PageRequest.isOne(exchange.getRequestHeaders()::getFirst)) {
                reply(exchange, new Reply.Not(403, ""));
                return;
            }
            if (!room.tryAcquire()) {
                exchange.getResponseHeaders().set("Retry-After", "1");
                reply(exchange, new Reply.Not(503, "too many requests at a time"));
                return;
            }
            try {
                reply(exchange, answer(exchange));
            } catch (RuntimeException e) {
                log.atError()
                        .addKeyValue("path", exchange.getRequestURI().getPath())
                        .setCause(e)
                        .log("an internal request failed");
                reply(exchange, new Reply.Not(500, "failed: see the log"));
            } finally {
                room.release();
            }
        }
    }

    private Reply answer(HttpExchange exchange) throws IOException {
        String path = exchange.getRequestURI().getRawPath();
        if (JobRequests.isPathOf(path)) {
            return jobs.isPresent() ? jobs.get().answer(exchange) : NO_VENUE;
        }
        if (!exchange.getRequestMethod().equals("GET")) {
            return new Reply.Not(405, "method: only GET is allowed");
        }
        if (path.equals("/internal/status")) {
            return new Reply.Found(status.get());
        }
        if (path.startsWith(CandleRequests.PATH)) {
            return candles.<Reply>map(requests ->
                            requests.answer(
                                    path.substring(CandleRequests.PATH.length()),
                                    exchange.getRequestURI().getRawQuery()))
                    .orElse(NO_VENUE);
        }
        return new Reply.Not(
                404,
                "path: only /internal/status, "
                        + JobRequests.PATH
                        + " and "
                        + CandleRequests.PATH
                        + "{venue}/{symbol}");
    }

    private static void reply(HttpExchange exchange, Reply reply) throws IOException {
        switch (reply) {
            case Reply.Found(Message message) ->
                    send(exchange, 200, PROTOBUF, message.toByteArray());
            case Reply.Made(Message message, String location) -> {
                exchange.getResponseHeaders().set("Location", location);
                send(exchange, 201, PROTOBUF, message.toByteArray());
            }
            case Reply.Not(int status, String reason) -> {
                if (status == 503 && !exchange.getResponseHeaders().containsKey("Retry-After")) {
                    exchange.getResponseHeaders().set("Retry-After", "5");
                }
                send(exchange, status, TEXT, reason.getBytes(StandardCharsets.UTF_8));
            }
        }
    }

    private static void send(HttpExchange exchange, int status, String type, byte[] body)
            throws IOException {
        exchange.getResponseHeaders().set("Content-Type", type);
        exchange.sendResponseHeaders(status, body.length == 0 ? -1 : body.length);
        if (body.length > 0) {
            exchange.getResponseBody().write(body);
        }
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
