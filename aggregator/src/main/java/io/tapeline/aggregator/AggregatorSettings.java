package io.tapeline.aggregator;

import io.tapeline.aggregator.sync.SyncSettings;
import io.tapeline.schemas.access.SharedSecret;
import io.tapeline.schemas.topic.KafkaAccess;
import io.tapeline.schemas.topic.Topics;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.function.Consumer;

/**
 * What an aggregator is told. {@link #of} gives the defaults.
 *
 * @param access where Kafka is, and how it is reached
 * @param topicPrefix of every topic; the application's id begins with it too
 * @param partitions of every topic
 * @param replication of topics that have to be created, changelogs included
 * @param dataDir local state lies under {@code aggregator} in it; one instance a directory
 * @param httpHost the address that the internal server binds to
 * @param httpPort 0: any free one
 * @param advertisedHost what other instances are told; empty: {@code httpHost}
 * @param threads stream threads
 * @param standbys replicas kept warm on other instances, where there are any
 * @param guarantee what a crash may do to the clean topics
 * @param commitInterval how often outputs become visible to readers of committed records
 * @param sessionTimeout after how long without a heartbeat an instance is taken for dead; the
 *     broker allows 6 s and more by default
 * @param candlesKept newest candles kept of each instrument and interval
 * @param priceSilence how long a price with bid and ask must be out of date before one without is
 *     taken
 * @param reordering how long an update that came before its turn waits for what goes before it,
 *     which another line may bring, before the book is lost; anew with each step of the book
 * @param books how books are bounded and audited
 * @param kafka further settings of Kafka Streams, over those that are set here
 * @param secret what the internal server asks for
 */
public record AggregatorSettings(
        KafkaAccess access,
        String topicPrefix,
        int partitions,
        short replication,
        Path dataDir,
        String httpHost,
        int httpPort,
        String advertisedHost,
        int threads,
        int standbys,
        Guarantee guarantee,
        Duration commitInterval,
        Duration sessionTimeout,
        int candlesKept,
        Duration priceSilence,
        Duration reordering,
        BookSettings books,
        Map<String, String> kafka,
        SharedSecret secret) {

    private static final int MOST_PORT = 65_535;

    public AggregatorSettings {
        requireText("http-host", httpHost);
        requireAtLeast("partitions", partitions, 1);
        requireAtLeast("replication", replication, 1);
        requireAtLeast("threads", threads, 1);
        requireAtLeast("standbys", standbys, 0);
        requireAtLeast("candles-kept", candlesKept, 2);
        requireAtLeast("http-port", httpPort, 0);
        if (httpPort > MOST_PORT) {
            throw refused("http-port", httpPort, "at most " + MOST_PORT);
        }
        requirePositive("commit-interval", commitInterval);
        requirePositive("session-timeout", sessionTimeout);
        if (priceSilence.isNegative()) {
            throw refused("price-silence", priceSilence, "zero or more");
        }
        if (reordering.isNegative()) {
            throw refused("reordering", reordering, "zero or more");
        }
        kafka = Map.copyOf(kafka);
    }

    /** One replica on one broker, one thread, exactly-once; a free port on the loopback address. */
    public static AggregatorSettings of(String bootstrap, Path dataDir) {
        return new AggregatorSettings(
                KafkaAccess.of(bootstrap),
                Topics.DEFAULT_PREFIX,
                6,
                (short) 1,
                dataDir,
                "127.0.0.1",
                0,
                "",
                1,
                1,
                Guarantee.EXACTLY_ONCE,
                Duration.ofMillis(100),
                Duration.ofSeconds(10),
                1_500,
                Duration.ofSeconds(10),
                SyncSettings.DEFAULT.reordering(),
                BookSettings.USUAL,
                Map.of(),
                SharedSecret.NONE);
    }

    public AggregatorSettings withTopics(String prefix, int newPartitions) {
        return with(draft -> {
            draft.topicPrefix = prefix;
            draft.partitions = newPartitions;
        });
    }

    /**
     * @param port 0: any free one
     */
    public AggregatorSettings withHttpPort(int port) {
        return with(draft -> draft.httpPort = port);
    }

    public AggregatorSettings withStandbys(int newStandbys) {
        return with(draft -> draft.standbys = newStandbys);
    }

    public AggregatorSettings withGuarantee(Guarantee newGuarantee, Duration newCommitInterval) {
        return with(draft -> {
            draft.guarantee = newGuarantee;
            draft.commitInterval = newCommitInterval;
        });
    }

    public AggregatorSettings withSessionTimeout(Duration newSessionTimeout) {
        return with(draft -> draft.sessionTimeout = newSessionTimeout);
    }

    public AggregatorSettings withReordering(Duration newReordering) {
        return with(draft -> draft.reordering = newReordering);
    }

    /**
     * @param settings of Kafka Streams, over those that are set here
     */
    public AggregatorSettings withKafka(Map<String, String> settings) {
        return with(draft -> draft.kafka = settings);
    }

    public AggregatorSettings withSecret(SharedSecret newSecret) {
        return with(draft -> draft.secret = newSecret);
    }

    private AggregatorSettings with(Consumer<Draft> change) {
        Draft draft = new Draft(this);
        change.accept(draft);
        return draft.settings();
    }

    /** The same settings, of which some are about to be others. */
    private static final class Draft {

        private final AggregatorSettings before;
        private String topicPrefix;
        private int partitions;
        private int httpPort;
        private int standbys;
        private Guarantee guarantee;
        private Duration commitInterval;
        private Duration sessionTimeout;
        private Duration reordering;
        private Map<String, String> kafka;
        private SharedSecret secret;

        Draft(AggregatorSettings before) {
            this.before = before;
            this.topicPrefix = before.topicPrefix;
            this.partitions = before.partitions;
            this.httpPort = before.httpPort;
            this.standbys = before.standbys;
            this.guarantee = before.guarantee;
            this.commitInterval = before.commitInterval;
            this.sessionTimeout = before.sessionTimeout;
            this.reordering = before.reordering;
            this.kafka = before.kafka;
            this.secret = before.secret;
        }

        AggregatorSettings settings() {
            return new AggregatorSettings(
                    before.access,
                    topicPrefix,
                    partitions,
                    before.replication,
                    before.dataDir,
                    before.httpHost,
                    httpPort,
                    before.advertisedHost,
                    before.threads,
                    standbys,
                    guarantee,
                    commitInterval,
                    sessionTimeout,
                    before.candlesKept,
                    before.priceSilence,
                    reordering,
                    before.books,
                    kafka,
                    secret);
        }
    }

    private static void requireText(String field, String value) {
        if (value.isBlank()) {
            throw refused(field, value, "not blank");
        }
    }

    private static void requireAtLeast(String field, int value, int least) {
        if (value < least) {
            throw refused(field, value, "at least " + least);
        }
    }

    private static void requirePositive(String field, Duration value) {
        if (value.isNegative() || value.isZero()) {
            throw refused(field, value, "above zero");
        }
    }

    private static IllegalArgumentException refused(String field, Object value, String allowed) {
        return new IllegalArgumentException(
                "aggregator: " + field + " " + value + " is not allowed; allowed: " + allowed);
    }
}
