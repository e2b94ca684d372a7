package io.tapeline.capture.record;

import io.tapeline.capture.tape.TapeLine;
import io.tapeline.schemas.market.EpochNanos;
import io.tapeline.schemas.market.Instrument;
import io.tapeline.schemas.raw.RawHeaders;
import io.tapeline.schemas.raw.RawRecord;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Records of the raw topics that the options select, as lines; the others are counted. */
final class WantedRecords {

    private static final Logger LOG = LoggerFactory.getLogger(WantedRecords.class);
    private static final int MOST_COMPLAINTS = 20;

    private final CaptureOptions options;
    private final RawPartitions partitions;
    private long leftOut;
    private long malformed;

    WantedRecords(CaptureOptions options, RawPartitions partitions) {
        this.options = options;
        this.partitions = partitions;
    }

    /** Records that were not wanted. */
    long leftOut() {
        return leftOut;
    }

    /** Records that are no raw records. */
    long malformed() {
        return malformed;
    }

    /**
     * Empty where the record is not wanted, or is none.
     *
     * @param topicPartition by its index
     */
    Optional<TapeLine> of(int topicPartition, ConsumerRecord<byte[], byte[]> record) {
        RawRecord raw;
        try {
            raw = read(record);
        } catch (IllegalArgumentException e) {
            malformed++;
            if (malformed <= MOST_COMPLAINTS) {
                LOG.atWarn()
                        .addKeyValue("partition", partitions.get(topicPartition))
                        .addKeyValue("offset", record.offset())
                        .addKeyValue("reason", e.getMessage())
                        .log("Left out: no raw record");
            }
            return Optional.empty();
        }
        if (options.selection().takes(raw) && isWithin(raw.received())) {
            return Optional.of(new TapeLine(partitions.topic(topicPartition), raw));
        }
        leftOut++;
        return Optional.empty();
    }

    private boolean isWithin(EpochNanos received) {
        boolean after =
                !(options.from() instanceof Beginning.At(Instant from))
                        || received.compareTo(EpochNanos.of(from)) >= 0;
        boolean before =
                !(options.until() instanceof Ending.At(Instant until))
                        || received.compareTo(EpochNanos.of(until)) < 0;
        return after && before;
    }

    private static RawRecord read(ConsumerRecord<byte[], byte[]> record) {
        if (record.key() == null || record.value() == null) {
            throw new IllegalArgumentException("raw record: has no key or no value");
        }
        return RawHeaders.read(
                Instrument.parse(new String(record.key(), StandardCharsets.UTF_8)),
                record.value(),
                record.headers());
    }
}
