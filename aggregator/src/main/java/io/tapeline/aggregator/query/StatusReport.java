package io.tapeline.aggregator.query;

import io.tapeline.aggregator.line.LineFlow;
import io.tapeline.aggregator.line.LineTally;
import io.tapeline.aggregator.store.BookTable;
import io.tapeline.aggregator.store.StoreNames;
import io.tapeline.aggregator.sync.SynchronisedBook;
import io.tapeline.schemas.proto.AggregatorStatus;
import io.tapeline.schemas.proto.BookCount;
import io.tapeline.schemas.proto.LineCounts;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.state.HostInfo;
import org.apache.kafka.streams.state.QueryableStoreTypes;

/** How this instance goes. */
final class StatusReport {

    private final HostInfo address;
    private final KafkaStreams streams;
    private final LocalStores stores;
    private final StatusSources sources;
    private final BookTables bookTables = new BookTables();

    StatusReport(
            HostInfo address, KafkaStreams streams, LocalStores stores, StatusSources sources) {
        this.address = address;
        this.streams = streams;
        this.stores = stores;
        this.sources = sources;
    }

    AggregatorStatus now() {
        AggregatorStatus.Builder status =
                AggregatorStatus.newBuilder()
                        .setInstance(address.host() + ":" + address.port())
                        .setState(streams.state().name())
                        .setPrices(prices())
                        .addAllLags(sources.lags().get())
                        .setNewestEventUs(sources.counters().newestEventMicros())
                        .putAllCounters(sources.counters().all());
        sources.restorations()
                .named()
                .forEach((name, count) -> status.putCounters(name, count.getAsLong()));
        sources.counters().lines().all().stream()
                .sorted(
                        Comparator.comparing(LineTally::venue)
                                .thenComparing(LineTally::line)
                                .thenComparing(LineTally::kind))
                .forEach(tally -> status.addLines(counts(tally)));
        booksByState()
                .forEach((state, count) ->
                        status.addBooks(BookCount.newBuilder().setState(state).setBooks(count)));
        return status.build();
    }

    private static LineCounts counts(LineTally tally) {
        return LineCounts.newBuilder()
                .setVenue(tally.venue().id())
                .setLine(tally.line())
                .setKind(tally.kind().id())
                .setReceived(tally.of(LineFlow.RECEIVED))
                .setFirst(tally.of(LineFlow.FIRST))
                .setDuplicates(tally.of(LineFlow.DUPLICATES))
                .setLate(tally.of(LineFlow.LATE))
                .setHeld(tally.of(LineFlow.HELD))
                .setPassedOver(tally.of(LineFlow.PASSED_OVER))
                .setMalformed(tally.of(LineFlow.MALFORMED))
                .setMissed(tally.of(LineFlow.MISSED))
                .setMissedIds(tally.of(LineFlow.MISSED_IDS))
                .build();
    }

    private int prices() {
        return stores
                .askAll(
                        StoreNames.PRICES,
                        QueryableStoreTypes.<String, Object>keyValueStore(),
                        (store, standing) ->
                                standing == Standing.STANDBY ? 0L : store.approximateNumEntries())
                .stream()
                .mapToInt(each -> each.answer().intValue())
                .sum();
    }

    private Map<String, Integer> booksByState() {
        Map<String, Integer> counts = new TreeMap<>();
        for (LocalStores.PartitionAnswer<List<BookTable>> each :
                stores.askAll(StoreNames.BOOKS, bookTables, (tables, _) -> tables)) {
            boolean standby = each.standing() == Standing.STANDBY;
            for (BookTable table : standby ? List.<BookTable>of() : each.answer()) {
                for (SynchronisedBook book : table.books()) {
                    String state = book.ask(view -> TrustMarks.state(view, each.standing()));
                    counts.merge(state, 1, Integer::sum);
                }
            }
        }
        return counts;
    }
}
