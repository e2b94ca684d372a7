package io.tapeline.chaos.judge;

import io.tapeline.exchange.SimulatedExchange;
import io.tapeline.exchange.ledger.Ledger;
import io.tapeline.schemas.proto.Gap;
import io.tapeline.schemas.proto.GapKind;
import io.tapeline.schemas.topic.Topics;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Holds the exchange's own ledger of what it wrote to sockets against the raw topics: each payload
 * must be there, or an entry of the gap ledger must say why not.
 */
public final class SentAndKept implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(40);
    private static final Duration PAUSE = Duration.ofMillis(200);
    private static final JsonMapper JSON = JsonMapper.shared();

    private final SimulatedExchange exchange;
    private final String bootstrap;
    private final Topics topics;
    private final RawTape tape;
    private final Map<String, Long> judged = new HashMap<>();

    public SentAndKept(SimulatedExchange exchange, String bootstrap, Topics topics) {
        this.exchange = exchange;
        this.bootstrap = bootstrap;
        this.topics = topics;
        this.tape = new RawTape(bootstrap, topics);
    }

    public RawTape tape() {
        return tape;
    }

    /**
     * @param compared payloads that the exchange sent
     * @param explained those of them that are not in the raw topics and that the gap ledger names
     */
    public record Verdict(long compared, long explained) {}

    /**
     * Judges what was sent since the last call. Waits a while for what is still on its way.
     *
     * @throws Contradiction naming what is neither kept nor explained
     */
    public Verdict judge() {
        List<Ledger.Entry> sent = new ArrayList<>();
        for (String stream : exchange.ledger().streams()) {
            if (isPictures(stream)) {
                continue;
            }
            List<Ledger.Entry> entries =
                    exchange.ledger()
                            .entries(stream, judged.getOrDefault(stream, 0L), Integer.MAX_VALUE);
            if (!entries.isEmpty()) {
                sent.addAll(entries);
                judged.put(stream, entries.getLast().sequence() + 1);
            }
        }
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (true) {
            tape.update();
            List<Ledger.Entry> missing =
                    sent.stream().filter(entry -> !tape.has(entry.stream(), text(entry))).toList();
            Collection<Gap> gaps = missing.isEmpty() ? List.of() : gaps();
            List<Ledger.Entry> unexplained =
                    missing.stream().filter(entry -> !isExplained(entry, gaps)).toList();
            if (unexplained.isEmpty()) {
                return new Verdict(sent.size(), missing.size());
            }
            if (System.nanoTime() - deadline > 0) {
                throw new Contradiction(
                        unexplained.size()
                                + " of "
                                + sent.size()
                                + " payloads are neither in the raw topics nor in the ledger of"
                                + " gaps, such as "
                                + unexplained.stream()
                                        .limit(3)
                                        .map(e -> e.stream() + " " + abridged(text(e)))
                                        .toList()
                                + "; gaps: "
                                + gaps);
            }
            LockSupport.parkNanos(PAUSE.toNanos());
        }
    }

    /** The ledger of gaps as it stands: the newest entry of each id. */
    public Collection<Gap> gaps() {
        Map<String, Gap> newest = new LinkedHashMap<>();
        TopicReader.readAll(bootstrap, topics.gaps())
                .forEach(entry -> newest.put(entry.value().getId(), entry.value()));
        return newest.values();
    }

    /** Of books, for their audit: what does not come of them is not missed. */
    private static boolean isPictures(String stream) {
        return stream.endsWith("@depth20") || stream.endsWith("@bookTicker");
    }

    private static String text(Ledger.Entry entry) {
        return new String(entry.payload(), StandardCharsets.UTF_8);
    }

    private static String abridged(String text) {
        return text.length() > 160 ? text.substring(0, 160) + "..." : text;
    }

    /** Of Binance's streams; what the other venues sent must come, if a little later. */
    private static boolean isExplained(Ledger.Entry entry, Collection<Gap> gaps) {
        int at = entry.stream().indexOf('@');
        if (at < 0) {
            return false;
        }
        String symbol = entry.stream().substring(0, at).toUpperCase(Locale.ROOT);
        JsonNode event = JSON.readTree(entry.payload());
        return gaps.stream()
                .filter(gap -> gap.getInstrument().equals("binance:" + symbol))
                .anyMatch(gap -> explains(gap, event));
    }

    /**
     * Of an open candle only the last word counts; the span in which no line carried it explains
     * the others.
     */
    private static boolean explains(Gap gap, JsonNode event) {
        long eventMicros = event.path("E").asLong() * 1_000;
        boolean during = gap.getFrom() <= eventMicros && eventMicros <= gap.getTo();
        return switch (event.path("e").asString()) {
            case "depthUpdate" ->
                    gap.getKind() == GapKind.GAP_KIND_DEPTH
                            && gap.getFrom() <= event.get("U").asLong()
                            && event.get("u").asLong() <= gap.getTo();
            case "kline" -> {
                long openMicros = event.get("k").get("t").asLong() * 1_000;
                yield gap.getKind() == GapKind.GAP_KIND_CANDLES
                                && gap.getFrom() <= openMicros
                                && openMicros <= gap.getTo()
                        || gap.getKind() == GapKind.GAP_KIND_TICKERS && during;
            }
            default -> gap.getKind() == GapKind.GAP_KIND_TICKERS && during;
        };
    }

    @Override
    public void close() {
        tape.close();
    }
}
