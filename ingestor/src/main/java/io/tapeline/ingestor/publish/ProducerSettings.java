package io.tapeline.ingestor.publish;

import java.time.Duration;

/**
 * How records go to Kafka.
 *
 * @param bufferBytes what the producer may hold while Kafka is away, compressed
 * @param batchBytes of one batch; small ones halve the rate
 * @param linger longest time a record waits for others
 * @param deliverWithin longest time from taking a record to its acknowledgement; what takes longer
 *     is lost and goes to the ledger
 */
public record ProducerSettings(
        String bootstrap,
        long bufferBytes,
        int batchBytes,
        Duration linger,
        Duration deliverWithin) {

    public static final Duration REQUEST_TIMEOUT = Duration.ofSeconds(15);

    public ProducerSettings {
        if (bootstrap.isBlank()) {
            throw new IllegalArgumentException("producer: bootstrap is empty");
        }
        if (batchBytes < 1 || bufferBytes < 4L * batchBytes) {
            throw new IllegalArgumentException(
                    "producer: bufferBytes "
                            + bufferBytes
                            + " does not hold four batches of batchBytes "
                            + batchBytes);
        }
        if (linger.isNegative() || deliverWithin.compareTo(linger.plus(REQUEST_TIMEOUT)) < 0) {
            throw new IllegalArgumentException(
                    "producer: deliverWithin "
                            + deliverWithin
                            + " is below linger "
                            + linger
                            + " and the request's time-out "
                            + REQUEST_TIMEOUT);
        }
    }

    public static ProducerSettings ofDefaults(String bootstrap) {
        return new ProducerSettings(
                bootstrap, 64L << 20, 256 << 10, Duration.ofMillis(5), Duration.ofMinutes(3));
    }
}
