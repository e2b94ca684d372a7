package io.tapeline.exchange.replay;

import io.tapeline.exchange.market.TimePrecision;
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

    /** How the keys of instruments begin that can be played. */
    String BINANCE = "binance:";

    /** What the name of a request says that was made to audit a book. */
    String LOOK = "purpose=audit";

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
     * What the envelope says of an event beyond its stream.
     *
     * @param line which of several connections received it; empty where it is not told
     * @param precision of the payload's times
     */
    record Origin(String line, TimePrecision precision) {

        static final Origin UNTOLD = new Origin("", TimePrecision.MILLISECOND);

        long millis(long time) {
            return switch (precision) {
                case MILLISECOND -> time;
                case MICROSECOND -> Math.floorDiv(time, 1_000L);
            };
        }
    }

    /**
     * An event of a stream.
     *
     * @param symbol upper case; empty for a stream of all symbols
     * @param payload the exchange's bytes, without the envelope
     * @param eventMillis {@code E}, in milliseconds; -1 where the event has none
     */
    record Event(
            String stream,
            String symbol,
            byte[] payload,
            long eventMillis,
            Content content,
            Origin origin)
            implements Recorded {}

    /**
     * An answer of {@code GET /api/v3/depth}.
     *
     * @param symbol empty where the recording does not tell it
     * @param look whether it was asked for to be held against a book that somebody had already, and
     *     is of the best levels alone; else books were made of it
     */
    record Snapshot(
            String symbol, long lastUpdateId, List<Level> bids, List<Level> asks, boolean look)
            implements Recorded {}

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
            return enveloped(stream.stringValue(), root, raw);
        }
        if (isSnapshot(root)) {
            return snapshot("", root, false);
        }
        return streamOf(root)
                .<Recorded>map(name -> event(name, root, raw, Origin.UNTOLD))
                .orElseGet(Ignored::new);
    }

    /**
     * A line of {@code tapeline capture} says more in its envelope: the instrument, the line, the
     * unit of times. What other venues sent, and answers other than books, are nothing to play.
     */
    private static Recorded enveloped(String stream, JsonNode root, byte[] raw) {
        String key = root.path("key").asString(BINANCE);
        JsonNode data = root.path("data");
        if (!key.startsWith(BINANCE)) {
            return new Ignored();
        }
        if (stream.startsWith("rest/")) {
            return isSnapshot(data)
                    ? snapshot(key.substring(BINANCE.length()), data, stream.contains(LOOK))
                    : new Ignored();
        }
        Origin origin =
                new Origin(
                        root.path("line").asString(""),
                        root.path("unit").asString("").equals("us")
                                ? TimePrecision.MICROSECOND
                                : TimePrecision.MILLISECOND);
        return event(stream, data, Envelope.payload(raw), origin);
    }

    private static boolean isSnapshot(JsonNode node) {
        return node.has("lastUpdateId") && node.path("bids").isArray();
    }

    private static Snapshot snapshot(String symbol, JsonNode node, boolean look) {
        return new Snapshot(
                symbol,
                node.path("lastUpdateId").longValue(),
                levels(node.path("bids")),
                levels(node.path("asks")),
                look);
    }

    private static Event event(String stream, JsonNode data, byte[] payload, Origin origin) {
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
                time.isIntegralNumber() ? origin.millis(time.longValue()) : -1,
                content(data, origin),
                origin);
    }

    private static Content content(JsonNode data, Origin origin) {
        return switch (data.path("e").asString("")) {
            case "depthUpdate" ->
                    new Diff(
                            data.path("U").longValue(),
                            data.path("u").longValue(),
                            levels(data.path("b")),
                            levels(data.path("a")));
            case "trade" ->
                    fill(data, data.path("t").longValue(), data.path("t").longValue(), origin);
            case "aggTrade" ->
                    fill(data, data.path("f").longValue(), data.path("l").longValue(), origin);
            default -> new Opaque();
        };
    }

    private static Fill fill(JsonNode data, long first, long last, Origin origin) {
        return new Fill(
                first,
                last,
                data.path("p").stringValue(),
                data.path("q").stringValue(),
                origin.millis(data.path("T").longValue()),
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
