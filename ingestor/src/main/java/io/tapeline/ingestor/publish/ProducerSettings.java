package io.tapeline.ingestor.publish;

import io.tapeline.schemas.topic.KafkaAccess;
import java.time.Duration;

/**
 * How records go to Kafka.
 *
 * @param kafka where they go
 * @param bufferBytes what the producer may hold while Kafka is away, compressed
 * @param batchBytes of one batch; small ones halve the rate
 * @param linger longest time a record waits for others
 * @param deliverWithin longest time from taking a record to its acknowledgement; what takes longer
 *     is lost and goes to the ledger
 * @param requestWithin longest time that one request to Kafka may take before it is made again
 * @param startWithin how long a Kafka that is away at the start is waited for
 */
public record ProducerSettings(
        KafkaAccess kafka,
        long bufferBytes,
        int batchBytes,
        Duration linger,
        Duration deliverWithin,
        Duration requestWithin,
        Duration startWithin) {

    /** More than a minute of the whole market: docs/decisions/kafka-away.md counts it. */
    private static final long BUFFER_BYTES = 128L << 20;

    private static final Duration REQUEST_WITHIN = Duration.ofSeconds(15);
    private static final Duration START_WITHIN = Duration.ofMinutes(2);

    public ProducerSettings {
        if (batchBytes < 1 || bufferBytes < 4L * batchBytes) {
            throw new IllegalArgumentException(
                    "producer: bufferBytes "
                            + bufferBytes
                            + " does not hold four batches of batchBytes "
                            + batchBytes);
        }
        if (linger.isNegative() || !requestWithin.isPositive() || startWithin.isNegative()) {
            throw new IllegalArgumentException(
                    "producer: linger "
                            + linger
                            + " or startWithin "
                            + startWithin
                            + " is negative, or requestWithin "
                            + requestWithin
                            + " is not positive");
        }
        if (deliverWithin.compareTo(linger.plus(requestWithin)) < 0) {
            throw new IllegalArgumentException(
                    "producer: deliverWithin "
                            + deliverWithin
                            + " is below linger "
                            + linger
                            + " and requestWithin "
                            + requestWithin
                            + " together");
        }
    }

    public String bootstrap() {
        return kafka.bootstrap();
    }

    public static ProducerSettings ofDefaults(String bootstrap) {
        return new ProducerSettings(
                KafkaAccess.of(bootstrap),
                BUFFER_BYTES,
                256 << 10,
                Duration.ofMillis(5),
                Duration.ofMinutes(3),
                REQUEST_WITHIN,
                START_WITHIN);
    }

    public ProducerSettings withBuffer(long newBufferBytes, int newBatchBytes) {
        return new ProducerSettings(
                kafka,
                newBufferBytes,
                newBatchBytes,
                linger,
                deliverWithin,
                requestWithin,
                startWithin);
    }

    public ProducerSettings withRequestWithin(Duration newRequestWithin) {
        return new ProducerSettings(
                kafka,
                bufferBytes,
                batchBytes,
                linger,
                deliverWithin,
                newRequestWithin,
                startWithin);
    }

    public ProducerSettings withStartWithin(Duration newStartWithin) {
        return new ProducerSettings(
                kafka,
                bufferBytes,
                batchBytes,
                linger,
                deliverWithin,
                requestWithin,
                newStartWithin);
    }
}
