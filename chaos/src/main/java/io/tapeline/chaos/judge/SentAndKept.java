package io.tapeline.chaos.judge;

import io.tapeline.exchange.SimulatedExchange;
import io.tapeline.exchange.ledger.Ledger;
import io.tapeline.schemas.proto.Gap;
import io.tapeline.schemas.topic.Topics;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Holds the exchange's own ledger of what it wrote to sockets against the raw topics: each payload
 * must be there, or an entry of the gap ledger must say why not.
 */
public final class SentAndKept implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(40);

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
    public Verdict judge() throws InterruptedException {
        return judge(Duration.ZERO);
    }

    /**
     * @param apart how far the exchange's times and those of whoever received may have been from
     *     each other: by their clocks, and by the wire
     * @throws Contradiction naming what is neither kept nor explained
     */
    public Verdict judge(Duration apart) throws InterruptedException {
        List<Ledger.Entry> sent = sentSinceTheLastTime();
        List<Ledger.Entry> missing = new ArrayList<>();
        Patience.until(
                "the raw topics",
                PATIENCE,
                () -> {
                    tape.update();
                    missing.clear();
                    sent.stream()
                            .filter(entry -> !tape.has(entry.stream(), text(entry)))
                            .forEach(missing::add);
                    return missing.isEmpty() ? "" : unexplained(sent.size(), missing, apart);
                });
        return new Verdict(sent.size(), missing.size());
    }

    private List<Ledger.Entry> sentSinceTheLastTime() {
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
        return sent;
    }

    /**
     * @return empty where the ledger of gaps has all that is missing
     */
    private String unexplained(int sent, List<Ledger.Entry> missing, Duration apart) {
        GapLedger gaps = new GapLedger(gaps(), apart);
        List<Ledger.Entry> unexplained =
                missing.stream().filter(entry -> !gaps.explains(entry)).toList();
        return unexplained.isEmpty()
                ? ""
                : unexplained.size()
                        + " of "
                        + sent
                        + " payloads are neither there nor in the ledger of gaps, such as "
                        + unexplained.stream()
                                .limit(3)
                                .map(e -> e.stream() + " " + abridged(text(e)))
                                .toList()
                        + "; gaps: "
                        + gaps;
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

    @Override
    public void close() {
        tape.close();
    }
}
