package io.tapeline.schemas.topic;

import io.tapeline.schemas.market.Instrument;
import java.nio.charset.StandardCharsets;
import org.apache.kafka.common.utils.Utils;

/** Which partition an instrument's records are in: as Kafka's producer hashes the UTF-8 key. */
public final class InstrumentPartitioner {

    private InstrumentPartitioner() {}

    /**
     * The partition of an instrument's records.
     *
     * @param partitions how many the topic has, one or more
     */
    public static int partitionOf(Instrument instrument, int partitions) {
        byte[] key = instrument.id().getBytes(StandardCharsets.UTF_8);
        return Utils.toPositive(Utils.murmur2(key)) % partitions;
    }
}
