package io.tapeline.query.routing;

import com.sun.net.httpserver.HttpExchange;
import io.tapeline.schemas.market.Instrument;
import io.tapeline.schemas.proto.FeedMessage;
import io.tapeline.schemas.proto.FeedRequest;
import io.tapeline.schemas.proto.FeedSubject;
import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** Feeds as an aggregator gives them, of what the test tells. */
public final class FakeFeeds implements AutoCloseable {

    static final String PATH = "/internal/feed";

    private final Map<FeedSubject, List<FeedMessage>> held = new ConcurrentHashMap<>();
    private final Map<String, OpenFeed> open = new ConcurrentHashMap<>();
    private final List<FeedSubject> begun = new CopyOnWriteArrayList<>();
    private final List<FeedSubject> ended = new CopyOnWriteArrayList<>();
    private final AtomicInteger opened = new AtomicInteger();

    private static final class OpenFeed {
        private final OutputStream out;
        private final CountDownLatch over = new CountDownLatch(1);

        OpenFeed(OutputStream out) {
            this.out = out;
        }

        synchronized void write(FeedMessage message) {
            try {
                message.writeDelimitedTo(out);
                out.flush();
            } catch (IOException e) {
                over.countDown();
            }
        }
    }

    /** What is told to each who begins with it; nothing: it takes the question and is silent. */
    public FakeFeeds holds(Store store, Instrument instrument, FeedMessage... messages) {
        held.put(subject(store, instrument), List.of(messages));
        return this;
    }

    public static FeedSubject subject(Store store, Instrument instrument) {
        return FeedSubject.newBuilder().setStore(store.id()).setInstrument(instrument.id()).build();
    }

    /** To all who follow, whatever they asked for. */
    public void tell(FeedMessage message) {
        open.values().forEach(feed -> feed.write(message));
    }

    /** In order. */
    public List<FeedSubject> begun() {
        return List.copyOf(begun);
    }

    public List<FeedSubject> ended() {
        return List.copyOf(ended);
    }

    /** Feeds that were ever opened. */
    public int opened() {
        return opened.get();
    }

    /** Breaks the connections. */
    public void breakAll() {
        open.values().forEach(feed -> feed.over.countDown());
    }

    void answer(HttpExchange exchange) throws IOException, InterruptedException {
        String path = exchange.getRequestURI().getPath();
        if (path.equals(PATH)) {
            serve(exchange);
            return;
        }
        OpenFeed feed = open.get(path.substring(PATH.length() + 1));
        if (feed == null) {
            exchange.sendResponseHeaders(404, -1);
            return;
        }
        FeedRequest request = FeedRequest.parseFrom(exchange.getRequestBody());
        exchange.sendResponseHeaders(204, -1);
        ended.addAll(request.getEndList());
        for (FeedSubject subject : request.getBeginList()) {
            begun.add(subject);
            held.getOrDefault(subject, List.of()).forEach(feed::write);
        }
    }

    private void serve(HttpExchange exchange) throws IOException, InterruptedException {
        String id = "feed-" + opened.incrementAndGet();
        exchange.sendResponseHeaders(200, 0);
        OpenFeed feed = new OpenFeed(exchange.getResponseBody());
        open.put(id, feed);
        feed.write(FeedMessage.newBuilder().setOpened(id).build());
        while (!feed.over.await(500, TimeUnit.MILLISECONDS)) {
            feed.write(FeedMessage.newBuilder().setBeatUs(1).build());
        }
        open.remove(id);
    }

    @Override
    public void close() {
        breakAll();
    }
}
