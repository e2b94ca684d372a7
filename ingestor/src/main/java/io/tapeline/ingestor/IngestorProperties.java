package io.tapeline.ingestor;

import io.tapeline.ingestor.publish.ProducerSettings;
import io.tapeline.schemas.access.SharedSecret;
import io.tapeline.schemas.topic.KafkaAccess;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.NestedConfigurationProperty;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * The settings under {@code tapeline.} that an ingestor reads, each also an environment variable
 * ({@code TAPELINE_BINANCE_REST_URL}).
 *
 * @param symbols which pairs, as the venue spells them; none: all that are trading
 */
@ConfigurationProperties("tapeline")
record IngestorProperties(
        @DefaultValue Kafka kafka,
        @DefaultValue @NestedConfigurationProperty BinanceProperties binance,
        @DefaultValue @NestedConfigurationProperty DeribitProperties deribit,
        @DefaultValue @NestedConfigurationProperty CoinGeckoProperties coingecko,
        @DefaultValue("") List<String> symbols,
        @DefaultValue Service ingestor,
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
            @DefaultValue Map<String, String> properties) {

        KafkaAccess access() {
            return new KafkaAccess(bootstrap, properties);
        }
    }

    /**
     * {@code tapeline.ingestor.}: this process.
     *
     * @param instance name of this process among others; one of its own for each
     * @param httpHost address of the internal server
     * @param httpPort port of the internal server; 0 for any that is free
     * @param lines names of the independent lines; the same in the same order in every process
     * @param handover how long streams go on after another process was given them, and after this
     *     one has left: who takes over subscribes before they end; 0 in a process that is alone
     * @param sessionTimeout after which the others take the share of a process that is not heard
     *     of; Kafka's brokers allow 6 s and more
     * @param buffer what may wait for Kafka, compressed
     * @param batch largest batch of records
     * @param linger how long a batch waits to be filled
     * @param deliverWithin how long Kafka may be away before events are lost
     * @param kafkaRequestWithin how long one request to Kafka may take before it is made again
     * @param kafkaStartWithin how long a Kafka that is away at the start is waited for
     */
    record Service(
            @DefaultValue("ingestor") String instance,
            @DefaultValue("127.0.0.1") String httpHost,
            @DefaultValue("8091") int httpPort,
            @DefaultValue("a") List<String> lines,
            @DefaultValue("3s") Duration handover,
            @DefaultValue("10s") Duration sessionTimeout,
            @DefaultValue("128MB") DataSize buffer,
            @DefaultValue("256KB") DataSize batch,
            @DefaultValue("5ms") Duration linger,
            @DefaultValue("3m") Duration deliverWithin,
            @DefaultValue("15s") Duration kafkaRequestWithin,
            @DefaultValue("2m") Duration kafkaStartWithin) {}

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

    /**
     * @throws IllegalArgumentException naming the setting that is wrong, and what is allowed
     */
    IngestorSettings toSettings() {
        return new IngestorSettings(
                ingestor.instance,
                new ProducerSettings(
                        kafka.access(),
                        ingestor.buffer.toBytes(),
                        Math.toIntExact(ingestor.batch.toBytes()),
                        ingestor.linger,
                        ingestor.deliverWithin,
                        ingestor.kafkaRequestWithin,
                        ingestor.kafkaStartWithin),
                kafka.topicPrefix,
                kafka.partitions,
                kafka.replication,
                new ShareSettings(ingestor.lines, ingestor.handover, ingestor.sessionTimeout),
                binance.toSettings(ingestor.lines, symbols),
                deribit.toSettings(ingestor.lines),
                coingecko.toSettings(),
                ingestor.httpHost,
                ingestor.httpPort,
                internal.sharedSecret());
    }
}
