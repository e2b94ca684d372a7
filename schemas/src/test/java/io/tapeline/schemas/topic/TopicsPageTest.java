package io.tapeline.schemas.topic;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.Descriptors.Descriptor;
import io.tapeline.schemas.proto.Market;
import io.tapeline.schemas.proto.Query;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * The table of {@code docs/topics.md} is made from {@link Topics} and from what each topic is set
 * up with: run with {@code -Dtapeline.write-docs=true} to write it anew. What stands around the
 * table is written by hand.
 */
class TopicsPageTest {

    private static final Path PAGE = Path.of("..", "docs", "topics.md");
    private static final String BEGIN = "<!-- from here on made by TopicsPageTest -->";
    private static final String END = "<!-- until here -->";
    private static final String VERBATIM = "the exchange's bytes";

    /**
     * What a topic's declaration does not say. The value is a message of the contract, or verbatim.
     */
    private record Told(String value, String writer, String readers, String delivery) {}

    private static final String EXACTLY_ONCE = "exactly once";
    private static final String AT_LEAST_ONCE = "at least once";
    private static final String ONCE_A_LINE =
            "each frame once a line; what a dying ingestor held is fetched, or in `gaps`";

    private static final Map<String, Told> TOLD = new LinkedHashMap<>();

    static {
        TOLD.put("raw.klines", raw());
        TOLD.put("raw.tickers", raw());
        TOLD.put("raw.depth", raw());
        TOLD.put("klines", clean("Candle"));
        TOLD.put("tickers", clean("Ticker"));
        TOLD.put("prices", clean("LatestPrice"));
        TOLD.put("depth", new Told("BookEvent", "aggregator", "you", EXACTLY_ONCE));
        TOLD.put(
                "instruments",
                new Told("InstrumentInfo", "ingestor", "ingestor, query API, you", AT_LEAST_ONCE));
        TOLD.put(
                "gaps",
                new Told(
                        "Gap",
                        "aggregator, ingestor",
                        "query API, you",
                        "the aggregator's exactly once, the ingestor's at least once"));
        TOLD.put(
                "resync",
                new Told(
                        "ResyncRequest",
                        "aggregator, ingestor",
                        "ingestor",
                        "the aggregator's exactly once, the ingestor's at least once"));
        TOLD.put(
                "dead-letters",
                new Told("DeadLetter", "aggregator, ingestor, query API", "you", AT_LEAST_ONCE));
        TOLD.put(
                "collections",
                new Told("CollectionRecord", "query API", "query API", AT_LEAST_ONCE));
    }

    private static Told raw() {
        return new Told(VERBATIM, "ingestor", "aggregator", ONCE_A_LINE);
    }

    private static Told clean(String message) {
        return new Told(message, "aggregator", "query API, you", EXACTLY_ONCE);
    }

    private final Topics topics = new Topics("");

    @Test
    void theTableOfTopicsIsWhatTheTopicsAre() throws IOException {
        String page = Files.readString(PAGE);
        int from = page.indexOf(BEGIN) + BEGIN.length();
        int to = page.indexOf(END);
        String whole = page.substring(0, from) + "\n" + table() + page.substring(to);
        if (Boolean.getBoolean("tapeline.write-docs")) {
            Files.writeString(PAGE, whole);
        }
        assertThat(PAGE).hasContent(whole);
    }

    @Test
    void everyTopicIsToldOfAndEveryValueIsOfTheContract() {
        assertThat(TOLD.keySet())
                .containsExactlyElementsOf(topics.all().stream().map(Topic::name).toList());
        List<String> messages =
                Stream.of(Market.getDescriptor(), Query.getDescriptor())
                        .flatMap(file -> file.getMessageTypes().stream())
                        .map(Descriptor::getName)
                        .toList();
        assertThat(TOLD.values())
                .extracting(Told::value)
                .filteredOn(value -> !value.equals(VERBATIM))
                .isSubsetOf(messages);
    }

    private String table() {
        List<String> lines = new ArrayList<>();
        lines.add(
                "| topic | value | written by | read by | cleanup | kept | largest batch | delivery"
                        + " |");
        lines.add("|---|---|---|---|---|---|---:|---|");
        for (Topic<?> topic : topics.all()) {
            Told told = TOLD.get(topic.name());
            assertThat(told).as(topic.name()).isNotNull();
            Map<String, String> configs = topic.toNewTopic(6, (short) 1).configs();
            String most = configs.getOrDefault("max.message.bytes", "");
            lines.add(
                    "| `tapeline.%s` | %s | %s | %s | %s | %s | %d MiB | %s |"
                            .formatted(
                                    topic.name(),
                                    told.value().equals(VERBATIM)
                                            ? VERBATIM
                                            : "`" + told.value() + "`",
                                    told.writer(),
                                    told.readers(),
                                    configs.getOrDefault("cleanup.policy", ""),
                                    kept(topic, configs),
                                    Integer.parseInt(most) >> 20,
                                    told.delivery()));
        }
        return String.join("\n", lines) + "\n";
    }

    private static String kept(Topic<?> topic, Map<String, String> configs) {
        return switch (topic.cleanup()) {
            case DELETE -> days(configs, "retention.ms");
            case COMPACT ->
                    "the newest of each key; a tombstone " + days(configs, "delete.retention.ms");
        };
    }

    private static String days(Map<String, String> configs, String name) {
        Duration kept = Duration.ofMillis(Long.parseLong(configs.getOrDefault(name, "")));
        return kept.toDays() > 0 ? kept.toDays() + " d" : kept.toHours() + " h";
    }
}
