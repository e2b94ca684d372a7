package io.tapeline.ingestor.consume;

import io.tapeline.ingestor.share.Carried;
import io.tapeline.ingestor.share.LineNotes;
import io.tapeline.schemas.market.Venue;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.ListConsumerGroupOffsetsOptions;
import org.apache.kafka.clients.admin.ListConsumerGroupOffsetsResult;
import org.apache.kafka.clients.admin.ListConsumerGroupOffsetsSpec;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.GroupIdNotFoundException;

/** What the owners of the lines have noted beside their groups' offsets. Thread-safe. */
public final class GroupNotes implements LineNotes, AutoCloseable {

    private static final int WITHIN_MILLIS = 5_000;

    private final Admin admin;
    private final GroupSettings settings;
    private final List<String> lines;

    private GroupNotes(Admin admin, GroupSettings settings, Collection<String> lines) {
        this.admin = admin;
        this.settings = settings;
        this.lines = List.copyOf(lines);
    }

    public static GroupNotes open(GroupSettings settings, Collection<String> lines) {
        Admin admin =
                Admin.create(
                        settings.kafka()
                                .client(
                                        Map.of(
                                                AdminClientConfig.CLIENT_ID_CONFIG,
                                                "tapeline-ingestor-"
                                                        + settings.instance()
                                                        + "-notes")));
        return new GroupNotes(admin, settings, lines);
    }

    @Override
    public CompletableFuture<Map<String, Map<Integer, Map<Venue, Carried>>>> read() {
        Map<String, ListConsumerGroupOffsetsSpec> groups = new HashMap<>();
        lines.forEach(
                line -> groups.put(settings.lineGroup(line), new ListConsumerGroupOffsetsSpec()));
        ListConsumerGroupOffsetsResult asked =
                admin.listConsumerGroupOffsets(
                        groups, new ListConsumerGroupOffsetsOptions().timeoutMs(WITHIN_MILLIS));
        Map<String, CompletableFuture<Map<TopicPartition, OffsetAndMetadata>>> answers =
                new HashMap<>();
        groups.keySet().forEach(group -> answers.put(group, offsets(asked, group)));
        return CompletableFuture.allOf(answers.values().toArray(CompletableFuture[]::new))
                .thenApply(_ -> {
                    Map<String, Map<TopicPartition, OffsetAndMetadata>> known = new HashMap<>();
                    answers.forEach((group, answer) -> known.put(group, answer.join()));
                    return notes(known);
                });
    }

    /** A line's group that nobody has joined yet has said nothing. */
    private static CompletableFuture<Map<TopicPartition, OffsetAndMetadata>> offsets(
            ListConsumerGroupOffsetsResult asked, String group) {
        return asked.partitionsToOffsetAndMetadata(group)
                .toCompletionStage()
                .exceptionally(failure -> {
                    Throwable cause =
                            failure instanceof CompletionException ? failure.getCause() : failure;
                    if (cause instanceof GroupIdNotFoundException) {
                        return Map.of();
                    }
                    throw new CompletionException(cause);
                })
                .toCompletableFuture();
    }

    private Map<String, Map<Integer, Map<Venue, Carried>>> notes(
            Map<String, Map<TopicPartition, OffsetAndMetadata>> groups) {
        Map<String, Map<Integer, Map<Venue, Carried>>> notes = new HashMap<>();
        for (String line : lines) {
            Map<Integer, Map<Venue, Carried>> ofLine = new HashMap<>();
            groups.getOrDefault(settings.lineGroup(line), Map.of())
                    .forEach((partition, offset) ->
                            Optional.ofNullable(offset)
                                    .flatMap(known -> Carried.fromText(known.metadata()))
                                    .ifPresent(said -> ofLine.put(partition.partition(), said)));
            notes.put(line, ofLine);
        }
        return notes;
    }

    @Override
    public void close() {
        admin.close(java.time.Duration.ofSeconds(1));
    }
}
