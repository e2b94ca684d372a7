package io.tapeline.ingestor;

import io.tapeline.ingestor.connection.DecisionThread;
import io.tapeline.ingestor.consume.FailedParts;
import io.tapeline.ingestor.consume.GroupNotes;
import io.tapeline.ingestor.consume.GroupSettings;
import io.tapeline.ingestor.consume.LineMembership;
import io.tapeline.ingestor.consume.RegistryTail;
import io.tapeline.ingestor.consume.RestMembership;
import io.tapeline.ingestor.discovery.Registry;
import io.tapeline.ingestor.feed.IngestorCounters;
import io.tapeline.ingestor.publish.KafkaPublisher;
import io.tapeline.ingestor.resync.Backfill;
import io.tapeline.ingestor.resync.LapseReview;
import io.tapeline.ingestor.resync.Lapses;
import io.tapeline.ingestor.resync.ResyncIntake;
import io.tapeline.ingestor.share.LineEvidence;
import io.tapeline.ingestor.share.LineShare;
import io.tapeline.schemas.market.Instrument;
import io.tapeline.schemas.market.Venue;
import io.tapeline.schemas.topic.Topics;
import java.time.Clock;
import java.time.Duration;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * What this process takes of the common work: its lines' shares, what it fetches for all lines, and
 * the registry that all processes keep together. Venues are told their shares once {@link #join}
 * has been called.
 */
final class Shares implements AutoCloseable {

    /** An exchange whose list cannot be had must not keep what is known from being streamed. */
    private static final Duration JOIN_WITHIN = Duration.ofSeconds(15);

    private final Parts parts = new Parts();
    private final ShareSettings settings;
    private final GroupSettings groups;
    private final Topics topics;
    private final int partitions;
    private final KafkaPublisher publisher;
    private final IngestorCounters counters;
    private final FailedParts failedParts;
    private final ScheduledExecutorService scheduler;
    private final DecisionThread decisions;
    private final Clock clock;
    private final Map<String, LineShare> lines = new LinkedHashMap<>();
    private final RestMembership.Held rest;
    private final Registry registry;
    private final Lapses lapses;

    private Shares(
            IngestorSettings settings,
            Topics topics,
            KafkaPublisher publisher,
            IngestorCounters counters,
            FailedParts failedParts,
            RegistryTail tail,
            ScheduledExecutorService scheduler,
            Clock clock) {
        this.settings = settings.share();
        this.groups =
                new GroupSettings(
                        settings.producer().kafka(),
                        settings.topicPrefix(),
                        settings.instance(),
                        UUID.randomUUID().toString(),
                        settings.share().sessionTimeout());
        this.topics = topics;
        this.partitions = settings.partitions();
        this.publisher = publisher;
        this.counters = counters;
        this.failedParts = failedParts;
        this.scheduler = scheduler;
        this.decisions = new DecisionThread("shares", scheduler);
        this.clock = clock;
        for (String line : settings.share().lines()) {
            lines.put(
                    line,
                    new LineShare(line, partitions, settings.share().handover(), scheduler, clock));
        }
        this.rest = new RestMembership.Held(partitions);
        this.registry =
                new Registry(
                        tail.before(),
                        entry ->
                                publisher.write(topics.instruments(), entry.getInstrument(), entry),
                        scheduler,
                        clock);
        this.lapses =
                new Lapses(
                        lines,
                        registry::streamedSince,
                        request ->
                                publisher.write(topics.resync(), request.getInstrument(), request),
                        counters,
                        scheduler,
                        clock);
    }

    /**
     * @param failedParts told what ends by itself
     * @param tail of the registry; stays the caller's
     * @param scheduler of one thread, on which all is decided; stays the caller's
     */
    static Shares of(
            IngestorSettings settings,
            Topics topics,
            KafkaPublisher publisher,
            IngestorCounters counters,
            FailedParts failedParts,
            RegistryTail tail,
            ScheduledExecutorService scheduler,
            Clock clock) {
        Shares shares =
                new Shares(
                        settings, topics, publisher, counters, failedParts, tail, scheduler, clock);
        tail.follow(written -> shares.decisions.post(() -> shares.registry.learned(written)));
        return shares;
    }

    /** What this process carries of the line. */
    LineShare line(String name) {
        LineShare line = lines.get(name);
        if (line == null) {
            throw new IllegalArgumentException(
                    "line: \"" + name + "\" is not one of " + lines.keySet());
        }
        return line;
    }

    /** What this process does of that which is done once for all lines. */
    RestMembership.Held rest() {
        return rest;
    }

    Registry registry() {
        return registry;
    }

    /** Whom a venue tells what its lines did not carry. */
    Lapses lapses() {
        return lapses;
    }

    /** Streamed by this process, on whatever line. */
    Set<Instrument> carried() {
        Set<Instrument> carried = new HashSet<>();
        lines.values().forEach(line -> carried.addAll(line.carried()));
        return carried;
    }

    /**
     * Takes a place in each group. To be called once, when all venues listen.
     *
     * @param venues what each can be asked for
     * @param ready when the registry is up to date; after a while this joins without it
     */
    void join(Map<Venue, Backfill> venues, CompletableFuture<Void> ready) {
        CompletableFuture<Void> latest =
                ready.copy().completeOnTimeout(null, JOIN_WITHIN.toMillis(), TimeUnit.MILLISECONDS);
        decisions.post(() ->
                registry.follow(
                        streamed -> lines.values().forEach(line -> line.streamed(streamed))));
        parts.add("handover", this::carryOn);
        LapseReview review =
                parts.add(
                        "review",
                        LapseReview.start(
                                new LineEvidence(
                                        lines.values(),
                                        parts.add("notes", GroupNotes.open(groups, lines.keySet())),
                                        partitions),
                                venues,
                                gap -> publisher.write(topics.gaps(), gap.getInstrument(), gap),
                                counters,
                                scheduler,
                                clock));
        parts.add(
                "rest membership",
                RestMembership.start(
                        groups,
                        topics.resync(),
                        rest,
                        new ResyncIntake(venues, review, counters, scheduler, clock),
                        letter ->
                                publisher.note(
                                        topics.deadLetters(),
                                        letter.getKey().toByteArray(),
                                        letter),
                        failedParts,
                        latest,
                        clock));
        List<String> names = settings.lines();
        for (int number = 0; number < names.size(); number++) {
            LineShare line = line(names.get(number));
            parts.add(
                    "membership of line " + line.line(),
                    LineMembership.start(
                            groups,
                            line,
                            number,
                            topics.instruments(),
                            scheduler,
                            failedParts,
                            latest));
        }
    }

    /** Those who take over have this long to subscribe. */
    private void carryOn() throws InterruptedException {
        if (settings.handover().isPositive() && !carried().isEmpty()) {
            Thread.sleep(settings.handover());
        }
    }

    /** Leaves the groups, and carries on for the time of the handover; streams end after this. */
    @Override
    public void close() {
        parts.close();
    }
}
