package io.tapeline.aggregator.topology;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.groups.Tuple.tuple;

import io.tapeline.aggregator.book.Books;
import io.tapeline.aggregator.store.BookStateStore;
import io.tapeline.aggregator.store.BookStoreBuilder;
import io.tapeline.aggregator.store.BookTable;
import io.tapeline.aggregator.store.SnapshotCounts;
import io.tapeline.aggregator.store.StoreNames;
import io.tapeline.aggregator.sync.BookSync;
import io.tapeline.aggregator.sync.RecordSource;
import io.tapeline.aggregator.sync.SyncSettings;
import io.tapeline.aggregator.tap.Tap;
import io.tapeline.schemas.market.BookEvent;
import io.tapeline.schemas.market.DepthMessage;
import io.tapeline.schemas.market.EpochMicros;
import io.tapeline.schemas.proto.Gap;
import io.tapeline.schemas.proto.GapOutcome;
import io.tapeline.schemas.proto.ResyncKind;
import io.tapeline.schemas.proto.ResyncRequest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.streams.processor.api.MockProcessorContext;
import org.junit.jupiter.api.Test;

class BookProcessorTest {

    private static final EpochMicros NOW = new EpochMicros(1_000_000);

    private record Entry(byte[] key, byte[] value) {}

    /** A changelog of which the second of three records is missing. */
    private static List<Entry> brokenChangelog() {
        BookTable table = new BookTable(new BookSync(SyncSettings.DEFAULT));
        List<Entry> log = new ArrayList<>();
        List<DepthMessage> messages =
                List.of(
                        Books.snapshot(10, Books.levels("99 1"), Books.levels("101 1")),
                        Books.update(11, 11, Books.levels("98 1"), Books.levels()),
                        Books.update(12, 12, Books.levels("97 1"), Books.levels()));
        for (DepthMessage message : messages) {
            table.book(Books.BTC).accept(message, new RecordSource(0, 1, NOW), NOW);
            table.writeChanges((key, value) -> log.add(new Entry(key, value)));
        }
        log.remove(1);
        return log;
    }

    @Test
    void aLiveBookIsLookedAtOnceAWhile() throws Exception {
        BookStateStore store =
                new BookStoreBuilder(
                                StoreNames.BOOKS,
                                new BookSync(SyncSettings.DEFAULT),
                                new SnapshotCounts())
                        .build();
        store.table()
                .book(Books.BTC)
                .accept(
                        Books.snapshot(10, Books.levels("99 1"), Books.levels("101 1")),
                        new RecordSource(0, 1, NOW),
                        NOW);
        MockProcessorContext<byte[], Object> context = new MockProcessorContext<>();
        context.addStateStore(store);
        context.setCurrentSystemTimeMs(4_500);
        BookProcessor processor =
                new BookProcessor(
                        Decoders::depth, new FlowCounters(), Tap.closed(), Duration.ofSeconds(10));
        processor.init(context);
        for (long millis = 5_000; millis <= 26_000; millis += 500) {
            context.setCurrentSystemTimeMs(millis);
            context.scheduledPunctuators().getFirst().getPunctuator().punctuate(millis);
        }

        List<Object> told = new ArrayList<>();
        context.forwarded().forEach(each -> told.add(each.record().value()));
        assertThat(told)
                .containsExactly(
                        look(new EpochMicros(15_000_000)), look(new EpochMicros(25_000_000)));
    }

    private static ResyncRequest look(EpochMicros requested) {
        return ResyncRequest.newBuilder()
                .setInstrument(Books.BTC.id())
                .setKind(ResyncKind.RESYNC_KIND_DEPTH_AUDIT)
                .setReason("audit")
                .setRequestedUs(requested.value())
                .build();
    }

    @Test
    void aBookThatCouldNotBeRestoredIsInTheLedgerAndLostForThoseWhoFollow() throws Exception {
        BookStateStore store =
                new BookStoreBuilder(
                                StoreNames.BOOKS,
                                new BookSync(SyncSettings.DEFAULT),
                                new SnapshotCounts())
                        .build();
        for (Entry entry : brokenChangelog()) {
            store.table().restore(entry.key(), entry.value());
        }
        MockProcessorContext<byte[], Object> context = new MockProcessorContext<>();
        context.setCurrentSystemTimeMs(1_000);
        context.addStateStore(store);
        BookProcessor processor =
                new BookProcessor(
                        Decoders::depth, new FlowCounters(), Tap.closed(), Duration.ofSeconds(10));
        processor.init(context);
        context.setCurrentSystemTimeMs(5_000);
        context.scheduledPunctuators().getFirst().getPunctuator().punctuate(5_000);
        context.scheduledPunctuators().getFirst().getPunctuator().punctuate(5_500);

        List<Object> told = new ArrayList<>();
        context.forwarded().forEach(each -> told.add(each.record().value()));
        assertThat(told)
                .filteredOn(BookEvent.Lost.class::isInstance)
                .containsExactly(
                        new BookEvent.Lost(Books.BTC, new EpochMicros(5_000_000), "restart"));
        assertThat(told)
                .filteredOn(Gap.class::isInstance)
                .extracting(each -> ((Gap) each).getOutcome(), each -> ((Gap) each).getCause())
                .containsExactly(tuple(GapOutcome.GAP_OUTCOME_OPEN, "restart"));
    }
}
