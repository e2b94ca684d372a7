package io.tapeline.standalone;

import java.math.BigDecimal;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * A client of {@code /v1/ws} that keeps the books of a known market as its documentation says, and
 * holds each state of each against the truth.
 */
final class FollowedOverSocket implements WebSocket.Listener, AutoCloseable {

    private final HttpClient client = HttpClient.newHttpClient();
    private final Map<String, KnownMarket.Known> market = new HashMap<>();
    private final Map<String, Book> books = new ConcurrentHashMap<>();
    private final Map<String, Integer> kinds = new ConcurrentHashMap<>();
    private final List<String> wrong = new CopyOnWriteArrayList<>();
    private final StringBuilder partial = new StringBuilder();
    private final WebSocket socket;

    private static final class Book {
        private final NavigableMap<Integer, Integer> bids =
                new TreeMap<>(Collections.reverseOrder());
        private final NavigableMap<Integer, Integer> asks = new TreeMap<>();
        private volatile long updateId = -1;
        private volatile String text = "";
    }

    FollowedOverSocket(int port, List<KnownMarket.Known> instruments) {
        List<String> ids = new ArrayList<>();
        for (KnownMarket.Known each : instruments) {
            market.put(each.instrument().symbol(), each);
            ids.add("\"" + each.instrument().id() + "\"");
        }
        socket =
                client.newWebSocketBuilder()
                        .buildAsync(URI.create("ws://127.0.0.1:" + port + "/v1/ws"), this)
                        .join();
        socket.sendText(
                        "{\"op\":\"subscribe\",\"types\":[\"price\",\"candle\",\"depth\"],"
                                + "\"instruments\":"
                                + ids
                                + "}",
                        true)
                .join();
    }

    @Override
    public @Nullable CompletionStage<?> onText(WebSocket from, CharSequence data, boolean last) {
        partial.append(data);
        if (last) {
            String message = partial.toString();
            partial.setLength(0);
            try {
                hear(JsonMapper.shared().readTree(message));
            } catch (RuntimeException e) {
                wrong.add("cannot be read: " + message + ": " + e);
            }
        }
        from.request(1);
        return null;
    }

    @Override
    public void onError(WebSocket from, Throwable error) {
        wrong.add("the connection failed: " + error);
    }

    private void hear(JsonNode message) {
        String event = message.get("event").asString();
        JsonNode data = message.path("data");
        switch (event) {
            case "depth" -> depth(data);
            case "price" -> price(data);
            case "candle", "answer" -> kinds.merge(event, 1, Integer::sum);
            default -> wrong.add(message.toString());
        }
    }

    private void depth(JsonNode depth) {
        String kind = depth.get("kind").asString();
        kinds.merge(kind, 1, Integer::sum);
        String symbol = depth.get("symbol").asString();
        Book book = books.computeIfAbsent(symbol, _ -> new Book());
        switch (kind) {
            case "snapshot" -> {
                book.bids.clear();
                book.asks.clear();
                become(book, symbol, depth);
            }
            case "delta" -> {
                if (depth.get("previousUpdateId").asLong() != book.updateId) {
                    wrong.add("at " + book.updateId + " came " + depth);
                }
                become(book, symbol, depth);
            }
            case "lost" -> kinds.merge("lost: " + depth.get("reason").asString(), 1, Integer::sum);
            default -> wrong.add(depth.toString());
        }
    }

    private void become(Book book, String symbol, JsonNode depth) {
        set(book.bids, depth.get("bids"));
        set(book.asks, depth.get("asks"));
        book.updateId = depth.get("updateId").asLong();
        StringBuilder text = new StringBuilder();
        book.bids.forEach(
                (price, quantity) -> text.append(price).append(':').append(quantity).append(' '));
        text.append('|');
        book.asks.forEach(
                (price, quantity) -> text.append(price).append(':').append(quantity).append(' '));
        book.text = text.toString();
        KnownMarket.Known known = market.get(symbol);
        if (known == null || !known.wasBook(book.updateId, book.text)) {
            wrong.add(symbol + " at " + book.updateId + " is " + book.text);
        }
    }

    private static void set(NavigableMap<Integer, Integer> side, JsonNode levels) {
        for (JsonNode level : levels) {
            int price = new BigDecimal(level.get(0).asString()).intValueExact();
            int quantity = new BigDecimal(level.get(1).asString()).intValueExact();
            if (quantity == 0) {
                side.remove(price);
            } else {
                side.put(price, quantity);
            }
        }
    }

    private void price(JsonNode price) {
        kinds.merge("price", 1, Integer::sum);
        String told =
                KnownMarket.price(
                        price.get("source").asString(),
                        Instant.parse(price.get("eventTime").asString()).toEpochMilli(),
                        new BigDecimal(price.get("price").asString()).longValueExact());
        KnownMarket.Known known = market.get(price.get("symbol").asString());
        if (known == null || !known.wasPrice(told)) {
            wrong.add("never was: " + told);
        }
    }

    /** What was told that is not true, or does not follow. */
    List<String> wrong() {
        return List.copyOf(wrong);
    }

    /** How many of each kind were heard. */
    int heard(String kind) {
        return kinds.getOrDefault(kind, 0);
    }

    Map<String, Integer> heard() {
        return new TreeMap<>(kinds);
    }

    /** -1 before the first snapshot. */
    long updateId(KnownMarket.Known instrument) {
        Book book = books.get(instrument.instrument().symbol());
        return book == null ? -1 : book.updateId;
    }

    /** Bids and asks. */
    String text(KnownMarket.Known instrument) {
        Book book = books.get(instrument.instrument().symbol());
        return book == null ? "" : book.text;
    }

    @Override
    public void close() {
        socket.abort();
        client.shutdownNow();
    }
}
