package io.tapeline.query.web;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import io.tapeline.query.consume.Readers;
import io.tapeline.query.record.RecordingCounts;
import io.tapeline.query.registry.InstrumentRegistry;
import io.tapeline.query.routing.Address;
import io.tapeline.query.routing.Fleet;
import io.tapeline.query.routing.Ingestors;
import io.tapeline.schemas.proto.AggregatorStatus;
import io.tapeline.schemas.proto.BookCount;
import io.tapeline.schemas.proto.IngestorStatus;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** How the installation does: what its parts say of themselves. */
@RestController
@Tag(name = "Service")
public final class StatusController {

    private static final String PATH = "/internal/status";

    private final Fleet fleet;
    private final Ingestors ingestors;
    private final InstrumentRegistry registry;
    private final Readers readers;
    private final RecordingCounts counts;
    private final Clock clock;

    StatusController(
            Fleet fleet,
            Ingestors ingestors,
            InstrumentRegistry registry,
            Readers readers,
            RecordingCounts counts,
            Clock clock) {
        this.fleet = fleet;
        this.ingestors = ingestors;
        this.registry = registry;
        this.readers = readers;
        this.counts = counts;
        this.clock = clock;
    }

    @GetMapping("/v1/status")
    @Operation(
            operationId = "getStatus",
            summary = "How the installation does",
            description =
                    "Lines, lag, books by state, freshness. Parts that do not answer are named as"
                            + " unreachable.")
    public StatusJson status() {
        Map<Address, AggregatorStatus> aggregators =
                new TreeMap<>(Comparator.comparing(Address::toString));
        Set<Address> known = fleet.instances();
        Map<Address, IngestorStatus> fetchers =
                new TreeMap<>(Comparator.comparing(Address::toString));
        // At the same time, so that those who hang cost one time-out, not two.
        CompletableFuture<Map<Address, IngestorStatus>> others =
                CompletableFuture.supplyAsync(
                        () -> fleet.askEach(ingestors.addresses(), PATH, IngestorStatus.parser()),
                        Thread::startVirtualThread);
        aggregators.putAll(fleet.askEach(known, PATH, AggregatorStatus.parser()));
        fetchers.putAll(others.join());
        List<StatusJson.Unreachable> unreachable = new ArrayList<>();
        unreachable.addAll(unreachable("aggregator", known, aggregators.keySet()));
        unreachable.addAll(unreachable("ingestor", ingestors.addresses(), fetchers.keySet()));
        return new StatusJson(
                new LineReport(aggregators.values(), clock).lines(fetchers.values()),
                books(aggregators),
                lag(aggregators),
                freshness(aggregators),
                registry.size(),
                history(),
                aggregators.entrySet().stream().map(StatusController::aggregator).toList(),
                fetchers.entrySet().stream().map(StatusController::ingestor).toList(),
                unreachable);
    }

    /** Those asked that did not answer, in the order of their addresses. */
    private static List<StatusJson.Unreachable> unreachable(
            String part, Collection<Address> asked, Set<Address> answered) {
        return asked.stream()
                .filter(address -> !answered.contains(address))
                .map(Address::toString)
                .distinct()
                .sorted()
                .map(address -> new StatusJson.Unreachable(part, address))
                .toList();
    }

    private static Map<String, Long> books(Map<Address, AggregatorStatus> aggregators) {
        Map<String, Long> books = new TreeMap<>();
        for (AggregatorStatus aggregator : aggregators.values()) {
            for (BookCount count : aggregator.getBooksList()) {
                books.merge(count.getState(), (long) count.getBooks(), Long::sum);
            }
        }
        return books;
    }

    private static StatusJson.Lag lag(Map<Address, AggregatorStatus> aggregators) {
        List<StatusJson.PartitionLag> partitions = new ArrayList<>();
        aggregators
                .values()
                .forEach(aggregator ->
                        aggregator
                                .getLagsList()
                                .forEach(lag ->
                                        partitions.add(
                                                new StatusJson.PartitionLag(
                                                        lag.getTopic(),
                                                        lag.getPartition(),
                                                        lag.getPosition(),
                                                        lag.getEnd(),
                                                        Math.max(
                                                                0,
                                                                lag.getEnd() - lag.getPosition()),
                                                        aggregator.getInstance()))));
        Long records =
                aggregators.isEmpty()
                        ? null
                        : (Long) partitions.stream().mapToLong(StatusJson.PartitionLag::lag).sum();
        return new StatusJson.Lag(records, partitions);
    }

    private StatusJson.Freshness freshness(Map<Address, AggregatorStatus> aggregators) {
        long newest =
                aggregators.values().stream()
                        .mapToLong(AggregatorStatus::getNewestEventUs)
                        .max()
                        .orElse(0);
        return new StatusJson.Freshness(Trusted.time(newest), Trusted.ageMs(newest, clock));
    }

    private StatusJson.History history() {
        RecordingState state = RecordingState.of(readers, counts);
        return new StatusJson.History(
                state.state(),
                state.why(),
                state.since(),
                counts.candles(),
                counts.prices(),
                counts.gaps(),
                counts.dead(),
                counts.missed());
    }

    private static StatusJson.AggregatorJson aggregator(Map.Entry<Address, AggregatorStatus> e) {
        AggregatorStatus status = e.getValue();
        return new StatusJson.AggregatorJson(
                e.getKey().toString(),
                status.getInstance(),
                status.getState(),
                status.getPrices(),
                new TreeMap<>(status.getCountersMap()));
    }

    private static StatusJson.IngestorJson ingestor(Map.Entry<Address, IngestorStatus> e) {
        return new StatusJson.IngestorJson(
                e.getKey().toString(),
                e.getValue().getInstance(),
                new TreeMap<>(e.getValue().getCountersMap()));
    }
}
