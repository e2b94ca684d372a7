package io.tapeline.ingestor.consume;

import io.tapeline.ingestor.share.Carried;
import io.tapeline.ingestor.share.LineShare;
import io.tapeline.schemas.market.EpochMicros;
import io.tapeline.schemas.market.Venue;
import java.time.Duration;
import java.util.Collection;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Executor;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What the member of a line's group does: tells the share what it holds, and notes what the line
 * carries. Used on the member's thread.
 */
final class LineWork implements Membership.Work {

    private static final Logger log = LoggerFactory.getLogger(LineWork.class);

    private static final Duration NOTE_EVERY = Duration.ofSeconds(1);
    private static final Duration NOTES_WITHIN = Duration.ofSeconds(5);

    private final Consumer<byte[], byte[]> consumer;
    private final LineShare share;
    private final Executor decisions;
    private long notedNanos = System.nanoTime();

    LineWork(Consumer<byte[], byte[]> consumer, LineShare share, Executor decisions) {
        this.consumer = consumer;
        this.share = share;
        this.decisions = decisions;
    }

    @Override
    public void assigned(Collection<TopicPartition> partitions) {
        consumer.pause(partitions);
        Map<Integer, Map<Venue, Carried>> before = before(partitions);
        decisions.execute(() -> share.assigned(before));
    }

    /** Without the notes the line begins anew: better than not to stream. */
    private Map<Integer, Map<Venue, Carried>> before(Collection<TopicPartition> partitions) {
        Map<Integer, Map<Venue, Carried>> before = new HashMap<>();
        partitions.forEach(partition -> before.put(partition.partition(), Map.of()));
        try {
            consumer.committed(Set.copyOf(partitions), NOTES_WITHIN)
                    .forEach((partition, note) ->
                            Optional.ofNullable(note)
                                    .flatMap(known -> Carried.fromText(known.metadata()))
                                    .ifPresent(said -> before.put(partition.partition(), said)));
        } catch (KafkaException e) {
            log.atWarn()
                    .addKeyValue("line", share.line())
                    .setCause(e)
                    .log("until when the line was carried cannot be read");
        }
        return before;
    }

    /** What is promised for the time of the handover is noted before anybody else may ask. */
    @Override
    public void revoked(Collection<TopicPartition> partitions) {
        note(partitions, share.handover());
        decisions.execute(() -> share.revoked(numbers(partitions)));
    }

    @Override
    public void lost(Collection<TopicPartition> partitions) {
        decisions.execute(() -> share.lost(numbers(partitions)));
    }

    @Override
    public void record(ConsumerRecord<byte[], byte[]> record) {}

    @Override
    public void polled() {
        long now = System.nanoTime();
        if (now - notedNanos >= NOTE_EVERY.toNanos()) {
            notedNanos = now;
            decisions.execute(share::note);
            Map<TopicPartition, OffsetAndMetadata> notes =
                    notes(consumer.assignment(), Duration.ZERO);
            if (!notes.isEmpty()) {
                consumer.commitAsync(
                        notes,
                        (_, failure) -> {
                            if (failure != null) {
                                log.atDebug()
                                        .addKeyValue("line", share.line())
                                        .addKeyValue("reason", failure.toString())
                                        .log("not noted now; the next note is due soon");
                            }
                        });
            }
        }
    }

    private void note(Collection<TopicPartition> partitions, Duration ahead) {
        try {
            Map<TopicPartition, OffsetAndMetadata> notes = notes(partitions, ahead);
            if (!notes.isEmpty()) {
                consumer.commitSync(notes, NOTES_WITHIN);
            }
        } catch (KafkaException e) {
            log.atWarn()
                    .addKeyValue("line", share.line())
                    .setCause(e)
                    .log("until when the line is carried could not be noted");
        }
    }

    private Map<TopicPartition, OffsetAndMetadata> notes(
            Collection<TopicPartition> partitions, Duration ahead) {
        Map<Integer, Map<Venue, Carried>> said = share.notes();
        Map<TopicPartition, OffsetAndMetadata> notes = new HashMap<>();
        for (TopicPartition partition : partitions) {
            Map<Venue, Carried> venues = said.get(partition.partition());
            if (venues != null) {
                notes.put(
                        partition, new OffsetAndMetadata(0, Carried.toText(ahead(venues, ahead))));
            }
        }
        return notes;
    }

    private static Map<Venue, Carried> ahead(Map<Venue, Carried> venues, Duration by) {
        Map<Venue, Carried> moved = new EnumMap<>(Venue.class);
        venues.forEach((venue, carried) ->
                moved.put(
                        venue,
                        new Carried(
                                carried.since(),
                                new EpochMicros(carried.until().value() + by.toNanos() / 1_000))));
        return moved;
    }

    private static List<Integer> numbers(Collection<TopicPartition> partitions) {
        return partitions.stream().map(TopicPartition::partition).toList();
    }
}
