package io.tapeline.query.routing;

import com.google.protobuf.Message;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.tapeline.schemas.access.SharedSecret;
import io.tapeline.schemas.proto.PartitionRoute;
import io.tapeline.schemas.proto.RoutingTable;
import io.tapeline.schemas.proto.StoreRoutes;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;

/** Speaks the internal contract of an aggregator over real HTTP; answers what the test tells it. */
public final class FakeAggregator implements AutoCloseable {

    private record Reply(int status, byte[] body, Map<String, String> headers) {}

    private final HttpServer server;
    private final Map<String, Reply> replies = new ConcurrentHashMap<>();
    private final List<String> asked = new CopyOnWriteArrayList<>();
    private final Set<String> hanging = ConcurrentHashMap.newKeySet();
    private final CountDownLatch closed = new CountDownLatch(1);
    private final FakeFeeds feeds = new FakeFeeds();
    private volatile RoutingTable table = RoutingTable.getDefaultInstance();
    private volatile boolean hangsOnAll;
    private volatile boolean cutOff;
    private volatile SharedSecret secret = SharedSecret.NONE;

    public FakeAggregator() {
        try {
            server =
                    HttpServer.create(
                            new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/", this::answer);
        server.start();
    }

    public String address() {
        return "127.0.0.1:" + server.getAddress().getPort();
    }

    public String url() {
        return "http://" + address();
    }

    /** Everything is its own, in as many partitions. */
    public FakeAggregator ownsAll(int partitions) {
        return routes(partitions, address(), List.of());
    }

    public FakeAggregator routes(int partitions, String active, List<String> standbys) {
        table = tableOf(partitions, active, standbys);
        return this;
    }

    public static RoutingTable tableOf(int partitions, String active, List<String> standbys) {
        RoutingTable.Builder all = RoutingTable.newBuilder();
        for (Store store : Store.values()) {
            StoreRoutes.Builder routes = StoreRoutes.newBuilder().setStore(store.id());
            for (int partition = 0; partition < partitions; partition++) {
                routes.addPartitions(
                        PartitionRoute.newBuilder()
                                .setPartition(partition)
                                .setActive(active)
                                .addAllStandbys(standbys));
            }
            all.addStores(routes);
        }
        return all.build();
    }

    /**
     * @param path with its query, as it comes
     */
    public FakeAggregator on(String path, Message answer) {
        replies.put(path, new Reply(200, answer.toByteArray(), Map.of()));
        return this;
    }

    public FakeAggregator on(String path, int status, byte[] body, Map<String, String> headers) {
        replies.put(path, new Reply(status, body, headers));
        return this;
    }

    public FakeAggregator on(String path, int status, String body) {
        return on(path, status, body.getBytes(StandardCharsets.UTF_8), Map.of());
    }

    /** The same whatever its query is. */
    public FakeAggregator onAnyQuery(String path, Message answer) {
        return on(path + "?", answer);
    }

    /** Takes the question and does not answer before it is closed. */
    public FakeAggregator hangsOn(String path) {
        hanging.add(path);
        return this;
    }

    /** Takes whatever it is asked, the table too, and answers nothing before it is closed. */
    public FakeAggregator hangsOnAll() {
        hangsOnAll = true;
        return this;
    }

    /** From now on its table is marked as one that may be old. */
    public FakeAggregator cutOff() {
        cutOff = true;
        return this;
    }

    /** From now on who does not tell it is refused. */
    public FakeAggregator asksFor(SharedSecret newSecret) {
        secret = newSecret;
        return this;
    }

    /** The feeds of those who follow it. */
    public FakeFeeds feeds() {
        return feeds;
    }

    /** Paths of the questions so far, those for the routing table left out. */
    public List<String> asked() {
        return List.copyOf(asked);
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            String path = exchange.getRequestURI().toString();
            if (!secret.admits(exchange.getRequestHeaders().getFirst(SharedSecret.HEADER))) {
                exchange.sendResponseHeaders(403, -1);
                return;
            }
            Reply reply = new Reply(404, new byte[0], Map.of());
            if (hangsOnAll) {
                closed.await();
            }
            if (path.startsWith(FakeFeeds.PATH)) {
                feeds.answer(exchange);
                return;
            }
            if (path.equals("/internal/routing")) {
                reply =
                        new Reply(
                                200,
                                table.toByteArray(),
                                cutOff ? Map.of(Aggregators.BEHIND, "true") : Map.of());
            } else {
                asked.add(path);
                if (hanging.contains(path)) {
                    closed.await();
                }
                reply =
                        replies.getOrDefault(
                                path, replies.getOrDefault(path.replaceFirst("\\?.*", "?"), reply));
            }
            reply.headers()
                    .forEach((name, value) -> exchange.getResponseHeaders().set(name, value));
            exchange.getResponseHeaders().set("Content-Type", "application/x-protobuf");
            exchange.sendResponseHeaders(
                    reply.status(), reply.body().length == 0 ? -1 : reply.body().length);
            if (reply.body().length > 0) {
                exchange.getResponseBody().write(reply.body());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        closed.countDown();
        feeds.close();
        server.stop(0);
    }
}
