package io.tapeline.query;

import io.tapeline.query.history.Keep;
import io.tapeline.query.socket.SocketSettings;
import io.tapeline.query.through.ThroughLimits;
import io.tapeline.schemas.access.SharedSecret;
import io.tapeline.schemas.topic.KafkaAccess;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.NestedConfigurationProperty;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * What the query API is told, under {@code tapeline.}
 *
 * @param dataDir the history is kept in {@code history} under it
 * @param corsOrigins pages of other origins that may read the API; none by default
 */
@ConfigurationProperties("tapeline")
public record QuerySettings(
        @DefaultValue("data") Path dataDir,
        @DefaultValue({}) List<String> corsOrigins,
        @DefaultValue Kafka kafka,
        @DefaultValue Aggregator aggregator,
        @DefaultValue Ingestor ingestor,
        @DefaultValue History history,
        @NestedConfigurationProperty @DefaultValue ClickHouseProperties clickhouse,
        @DefaultValue ReadThrough readThrough,
        @DefaultValue Stream stream,
        @DefaultValue Socket socket,
        @DefaultValue Limits limits,
        @DefaultValue Internal internal) {

    /**
     * {@code tapeline.internal.}: how parts of Tapeline know one another.
     *
     * @param secret what whoever asks an internal server must tell, 16 to 256 visible characters of
     *     ASCII; the same for all parts. Empty: nobody is asked, which only loopback and networks
     *     without others can bear
     */
    public record Internal(@DefaultValue("") String secret) {

        SharedSecret sharedSecret() {
            return new SharedSecret(secret);
        }

        /** Without the secret. */
        @Override
        public String toString() {
            return "Internal[" + sharedSecret() + "]";
        }
    }

    /**
     * {@code tapeline.kafka.}: where Kafka is, and how its topics are.
     *
     * @param bootstrap where Kafka is: {@code host:port}, several with commas
     * @param topicPrefix what every topic's name begins with
     * @param partitions of every topic; cannot be changed once there are topics
     * @param replication of topics that this makes
     * @param properties of every client of Kafka, by Kafka's own names: {@code
     *     TAPELINE_KAFKA_PROPERTIES_SECURITY_PROTOCOL} sets {@code security.protocol}; what a
     *     client is for stands above them
     */
    public record Kafka(
            @DefaultValue("localhost:9092") String bootstrap,
            @DefaultValue("tapeline.") String topicPrefix,
            @DefaultValue("6") int partitions,
            @DefaultValue("1") short replication,
            @DefaultValue Map<String, String> properties) {

        public Kafka {
            within("kafka.partitions", partitions, 1, 1_000);
            within("kafka.replication", replication, 1, 10);
        }

        KafkaAccess access() {
            return new KafkaAccess(bootstrap, properties);
        }

        /** Without the properties' values. */
        @Override
        public String toString() {
            return "Kafka[" + access() + ", " + topicPrefix + "]";
        }
    }

    /**
     * {@code tapeline.aggregator.}: who holds the state.
     *
     * @param urls of some aggregators, {@code http://host:port}; the others are found through them
     * @param timeout how long a question may take, whoever of them has to be asked
     * @param routingEvery how often the routing table is asked for
     */
    public record Aggregator(
            @DefaultValue({}) List<URI> urls,
            @DefaultValue("2s") Duration timeout,
            @DefaultValue("5s") Duration routingEvery) {

        public Aggregator {
            bases("aggregator.urls", urls);
            positive("aggregator.timeout", timeout);
            positive("aggregator.routing-every", routingEvery);
        }
    }

    /**
     * @param urls of all ingestors, asked for their lines
     */
    public record Ingestor(@DefaultValue({}) List<URI> urls) {

        public Ingestor {
            bases("ingestor.urls", urls);
        }
    }

    /**
     * @param memory most that the history's engine uses
     * @param batchRecords most records of one write
     * @param batchWait longest that a record waits for others to be written with it
     * @param keepCandles candles that are older are deleted, in whole days; 0: never
     * @param keepPrices likewise prices
     * @param keepTickers likewise 24 hour statistics
     */
    public record History(
            @DefaultValue("512MB") String memory,
            @DefaultValue("10000") int batchRecords,
            @DefaultValue("500ms") Duration batchWait,
            @DefaultValue("0d") Duration keepCandles,
            @DefaultValue("0d") Duration keepPrices,
            @DefaultValue("90d") Duration keepTickers) {

        public History {
            within("history.batch-records", batchRecords, 1, 100_000);
            positive("history.batch-wait", batchWait);
            var _ = new Keep(keepCandles, keepPrices, keepTickers);
        }

        Keep keep() {
            return new Keep(keepCandles, keepPrices, keepTickers);
        }
    }

    /**
     * {@code tapeline.read-through.}: candles that the history does not hold, from the exchange.
     *
     * @param enabled whether the exchange is asked, through the ingestors
     * @param timeout how long one question waits for the exchange
     * @param minutes most that the candles of one page may need of the exchange; a page that needs
     *     more is shorter
     * @param concurrent requests to the exchange at a time
     */
    public record ReadThrough(
            @DefaultValue("true") boolean enabled,
            @DefaultValue("10s") Duration timeout,
            @DefaultValue("48000") int minutes,
            @DefaultValue("8") int concurrent) {

        public ReadThrough {
            positive("read-through.timeout", timeout);
            within("read-through.minutes", minutes, ThroughLimits.LEAST_MINUTES, 1_000_000);
            within("read-through.concurrent", concurrent, 1, 32);
        }
    }

    /**
     * {@code tapeline.stream.}: what is told as it changes, by server-sent events and WebSockets.
     *
     * @param subscribers most that listen at the same time, WebSockets included
     * @param queued most changes that wait for one subscriber
     * @param books most books that are followed at the same time, all subscribers together
     * @param bookEvery least time between two looks at the best levels of a watched book that
     *     changes
     * @param bookDepth these levels, a side
     */
    public record Stream(
            @DefaultValue("10000") int subscribers,
            @DefaultValue("10000") int queued,
            @DefaultValue("500") int books,
            @DefaultValue("250ms") Duration bookEvery,
            @DefaultValue("500") int bookDepth) {

        public Stream {
            within("stream.subscribers", subscribers, 1, 100_000);
            within("stream.queued", queued, 1, 1_000_000);
            within("stream.books", books, 1, 10_000);
            positive("stream.book-every", bookEvery);
            within("stream.book-depth", bookDepth, 1, 5_000);
        }
    }

    /**
     * {@code tapeline.socket.}: WebSockets, those of the mirror included.
     *
     * @param connections most at the same time
     * @param subscriptions most of one connection
     * @param messagesPerSecond that one client may send, pings included; twice as many at once
     * @param takesWithin a client that takes nothing for so long is let go
     * @param pingEvery a client that says nothing for so long is asked for a sign of life, and let
     *     go if it gives none within as long again
     */
    public record Socket(
            @DefaultValue("10000") int connections,
            @DefaultValue("1024") int subscriptions,
            @DefaultValue("10") int messagesPerSecond,
            @DefaultValue("10s") Duration takesWithin,
            @DefaultValue("20s") Duration pingEvery) {

        /** The mirror's SUBSCRIBE of all 1,024 streams that there may be has some 25,000. */
        private static final int MOST_MESSAGE_BYTES = 32 << 10;

        public Socket {
            within("socket.connections", connections, 1, 1_000_000);
            within("socket.subscriptions", subscriptions, 1, 100_000);
            within("socket.messages-per-second", messagesPerSecond, 1, 10_000);
            positive("socket.takes-within", takesWithin);
            positive("socket.ping-every", pingEvery);
        }

        SocketSettings toSettings() {
            return new SocketSettings(
                    connections, MOST_MESSAGE_BYTES, messagesPerSecond, takesWithin, pingEvery);
        }
    }

    /**
     * @param concurrent questions of live state that are worked on at the same time; more are
     *     turned away
     * @param concurrentLists likewise those of all prices or instruments
     * @param concurrentHistory likewise those of the past, and orders
     * @param patience how long a question of a list or of the past waits for a place
     * @param instruments most that the registry holds
     */
    public record Limits(
            @DefaultValue("512") int concurrent,
            @DefaultValue("16") int concurrentLists,
            @DefaultValue("32") int concurrentHistory,
            @DefaultValue("500ms") Duration patience,
            @DefaultValue("50000") int instruments) {

        public Limits {
            within("limits.concurrent", concurrent, 1, 100_000);
            within("limits.concurrent-lists", concurrentLists, 1, 10_000);
            within("limits.concurrent-history", concurrentHistory, 1, 10_000);
            if (patience.isNegative()) {
                throw new IllegalArgumentException(
                        "tapeline.limits.patience: " + patience + " is negative");
            }
            within("limits.instruments", instruments, 1, 10_000_000);
        }
    }

    private static void within(String name, long value, long least, long most) {
        if (value < least || value > most) {
            throw new IllegalArgumentException(
                    "tapeline." + name + ": " + value + " is not " + least + " to " + most);
        }
    }

    private static void positive(String name, Duration value) {
        if (value.isZero() || value.isNegative()) {
            throw new IllegalArgumentException(
                    "tapeline." + name + ": " + value + " is not positive");
        }
    }

    private static void bases(String name, List<URI> urls) {
        for (URI url : urls) {
            if (!"http".equals(url.getScheme()) || url.getHost() == null || url.getPort() < 1) {
                throw new IllegalArgumentException(
                        "tapeline."
                                + name
                                + ": \""
                                + url
                                + "\" is not of the form http://host:port");
            }
        }
    }
}
