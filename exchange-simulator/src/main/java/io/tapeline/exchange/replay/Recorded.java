package io.tapeline.exchange.replay;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** One line of a recording, understood as far as the simulator needs it. */
sealed interface Recorded {

    JsonMapper JSON = JsonMapper.shared();

    /** A price and an absolute quantity, as text. */
    record Level(String price, String quantity) {}

    /** What an event says beyond its bytes. */
    sealed interface Content {}

    record Diff(long firstId, long lastId, List<Level> bids, List<Level> asks) implements Content {}

    /** One trade, or (from an {@code aggTrade}) several of the same order at one price. */
    record Fill(
            long firstId,
            long lastId,
            String price,
            String quantity,
            long millis,
            boolean buyerIsMaker)
            implements Content {}

    /** Anything that is only passed on. */
    record Opaque() implements Content {}

    /**
     * An event of a stream.
     *
     * @param symbol upper case; empty for a stream of all symbols
     * @param payload the exchange's bytes, without the envelope
     * @param eventMillis {@code E}; -1 where the event has none
     */
    record Event(String stream, String symbol, byte[] payload, long eventMillis, Content content)
            implements Recorded {}

    /** An answer of {@code GET /api/v3/depth}. */
    record Snapshot(long lastUpdateId, List<Level> bids, List<Level> asks) implements Recorded {}

    /** Neither an event nor an answer: an acknowledgement, say. */
    record Ignored() implements Recorded {}

    static Recorded parse(byte[] raw) {
        JsonNode root;
        try {
            root = JSON.readTree(raw);
        } catch (JacksonException e) {
            return new Ignored();
        }
        JsonNode stream = root.path("stream");
        if (stream.isString() && root.has("data")) {
            return event(stream.stringValue(), root.path("data"), Envelope.payload(raw));
        }
        if (root.has("lastUpdateId") && root.path("bids").isArray()) {
            return new Snapshot(
                    root.path("lastUpdateId").longValue(),
                    levels(root.path("bids")),
                    levels(root.path("asks")));
        }
        return streamOf(root).<Recorded>map(name -> event(name, root, raw)).orElseGet(Ignored::new);
    }

    private static Event event(String stream, JsonNode data, byte[] payload) {
        int at = stream.indexOf('@');
        JsonNode s = data.path("s");
        String symbol =
                s.isString()
                        ? s.stringValue()
                        : stream.startsWith("!") || at < 0
                                ? ""
                                : stream.substring(0, at).toUpperCase(Locale.ROOT);
        JsonNode time = data.isArray() ? data.path(data.size() - 1).path("E") : data.path("E");
        return new Event(
                stream,
                symbol,
                payload,
                time.isIntegralNumber() ? time.longValue() : -1,
                content(data));
    }

    private static Content content(JsonNode data) {
        return switch (data.path("e").asString("")) {
            case "depthUpdate" ->
                    new Diff(
                            data.path("U").longValue(),
                            data.path("u").longValue(),
                            levels(data.path("b")),
                            levels(data.path("a")));
            case "trade" -> fill(data, data.path("t").longValue(), data.path("t").longValue());
            case "aggTrade" -> fill(data, data.path("f").longValue(), data.path("l").longValue());
            default -> new Opaque();
        };
    }

    private static Fill fill(JsonNode data, long first, long last) {
        return new Fill(
                first,
                last,
                data.path("p").stringValue(),
                data.path("q").stringValue(),
                data.path("T").longValue(),
                data.path("m").booleanValue());
    }

    private static List<Level> levels(JsonNode array) {
        List<Level> levels = new ArrayList<>(array.size());
        for (JsonNode level : array) {
            levels.add(new Level(level.path(0).stringValue(), level.path(1).stringValue()));
        }
        return levels;
    }

    /**
     * The stream that an event without an envelope must be of; raw recordings of books are taken
     * for the fast speed.
     */
    private static Optional<String> streamOf(JsonNode event) {
        if (event.isArray()) {
            return event.path(0).path("e").asString("").equals("24hrMiniTicker")
                    ? Optional.of("!miniTicker@arr")
                    : Optional.empty();
        }
        String symbol = event.path("s").asString("").toLowerCase(Locale.ROOT);
        if (symbol.isEmpty()) {
            return Optional.empty();
        }
        @Nullable String type =
                switch (event.path("e").asString("")) {
                    case "trade" -> "trade";
                    case "aggTrade" -> "aggTrade";
                    case "depthUpdate" -> "depth@100ms";
                    case "24hrTicker" -> "ticker";
                    case "24hrMiniTicker" -> "miniTicker";
                    case "kline" -> "kline_" + event.path("k").path("i").asString("");
                    case "" ->
                            event.has("u") && event.has("B") && event.has("A")
                                    ? "bookTicker"
                                    : null;
                    default -> null;
                };
        return type == null ? Optional.empty() : Optional.of(symbol + "@" + type);
    }
}
