package io.tapeline.aggregator;

import io.tapeline.schemas.access.SharedSecret;
import io.tapeline.schemas.topic.KafkaAccess;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * The settings as Spring reads them; {@link AggregatorSettings} says what each means and which
 * values it may have.
 */
@ConfigurationProperties("tapeline")
record AggregatorProperties(
        @DefaultValue("data") Path dataDir,
        @DefaultValue Kafka kafka,
        @DefaultValue Aggregator aggregator,
        @DefaultValue Internal internal) {

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
    record Kafka(
            @DefaultValue("localhost:9092") String bootstrap,
            @DefaultValue("tapeline.") String topicPrefix,
            @DefaultValue("6") int partitions,
            @DefaultValue("1") short replication,
            @DefaultValue Map<String, String> properties) {}

    /**
     * {@code tapeline.aggregator.}: this process.
     *
     * @param httpHost address of the internal server
     * @param httpPort port of the internal server; 0 for any that is free
     * @param advertisedHost what other instances are told to ask; empty: the address
     * @param threads stream threads
     * @param standbys replicas kept warm on other instances, where there are any
     * @param guarantee what a crash may do to the clean topics: exactly-once or at-least-once
     * @param commitInterval how often outputs become visible to readers of committed records
     * @param sessionTimeout after how long without a heartbeat an instance is taken for dead
     * @param candlesKept newest candles kept of each instrument and interval
     * @param priceSilence how long a price with bid and ask must be out of date before one without
     *     is taken
     * @param reordering how long an update that came before its turn waits for what goes before it,
     *     which another line may bring, before the book is lost; anew with each step of the book;
     *     zero: at once
     * @param bookLevels most levels of a side of a book; beyond it the farthest go, and answers
     *     about what lies there are not complete
     * @param auditHeals whether a book that the exchange's own pictures contradict is lost and
     *     asked for anew; else it is counted and logged alone
     * @param auditEvery time between two REST snapshots, of weight 5, that the books of a partition
     *     are held against, one pair after another; zero: none
     * @param streams further settings of Kafka Streams, over those that are set here
     */
    record Aggregator(
            @DefaultValue("127.0.0.1") String httpHost,
            @DefaultValue("8082") int httpPort,
            @DefaultValue("") String advertisedHost,
            @DefaultValue("1") int threads,
            @DefaultValue("1") int standbys,
            @DefaultValue("exactly-once") Guarantee guarantee,
            @DefaultValue("100ms") Duration commitInterval,
            @DefaultValue("10s") Duration sessionTimeout,
            @DefaultValue("1500") int candlesKept,
            @DefaultValue("10s") Duration priceSilence,
            @DefaultValue("1s") Duration reordering,
            @DefaultValue("15000") int bookLevels,
            @DefaultValue("true") boolean auditHeals,
            @DefaultValue("10s") Duration auditEvery,
            @DefaultValue Map<String, String> streams) {}

    /**
     * {@code tapeline.internal.}: how parts of Tapeline know one another.
     *
     * @param secret what whoever asks an internal server must tell, 16 to 256 visible characters of
     *     ASCII; the same for all parts. Empty: nobody is asked, which only loopback and networks
     *     without others can bear
     */
    record Internal(@DefaultValue("") String secret) {

        SharedSecret sharedSecret() {
            return new SharedSecret(secret);
        }

        /** Without the secret. */
        @Override
        public String toString() {
            return "Internal[" + sharedSecret() + "]";
        }
    }

    AggregatorSettings toSettings() {
        return new AggregatorSettings(
                new KafkaAccess(kafka.bootstrap(), kafka.properties()),
                kafka.topicPrefix(),
                kafka.partitions(),
                kafka.replication(),
                dataDir,
                aggregator.httpHost(),
                aggregator.httpPort(),
                aggregator.advertisedHost(),
                aggregator.threads(),
                aggregator.standbys(),
                aggregator.guarantee(),
                aggregator.commitInterval(),
                aggregator.sessionTimeout(),
                aggregator.candlesKept(),
                aggregator.priceSilence(),
                aggregator.reordering(),
                new BookSettings(
                        aggregator.bookLevels(), aggregator.auditHeals(), aggregator.auditEvery()),
                aggregator.streams(),
                internal.sharedSecret());
    }
}
