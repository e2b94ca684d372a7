package io.tapeline.aggregator.store;

import static io.tapeline.aggregator.book.Books.levels;
import static io.tapeline.aggregator.book.Books.snapshot;
import static io.tapeline.aggregator.book.Books.update;

import io.tapeline.aggregator.sync.BookSync;
import io.tapeline.aggregator.sync.RecordSource;
import io.tapeline.aggregator.sync.SyncSettings;
import io.tapeline.schemas.market.DepthMessage;
import io.tapeline.schemas.market.DepthSnapshot;
import io.tapeline.schemas.market.EpochMicros;
import io.tapeline.schemas.market.Instrument;
import java.util.ArrayList;
import java.util.List;

/** A table that has seen a little of everything, and the records that it wrote of it. */
final class JournaledBooks {

    /** A record of the changelog. */
    record Record(byte[] key, byte[] value) {}

    final BookTable table = emptyTable();
    final List<Record> records = new ArrayList<>();

    JournaledBooks() {
        accept(update(5, 6, levels("97 3"), levels()));
        accept(snapshot(10, levels("99.5 1", "98 2.25"), levels("101 1")));
        accept(
                new DepthSnapshot(
                        Instrument.binance("ETHUSDT"),
                        7,
                        levels("3 12345678901234567890"),
                        levels("4 1"),
                        5_000));
        accept(update(11, 12, levels("99.5 0", "97 3"), levels("101 7")));
        accept(update(20, 21, levels("99.5 5"), levels("102 7")));
    }

    static BookTable emptyTable() {
        return new BookTable(new BookSync(SyncSettings.DEFAULT));
    }

    private void accept(DepthMessage message) {
        EpochMicros now = new EpochMicros(1_000_000L * (1 + records.size()));
        RecordSource source = new RecordSource(3, records.size(), now);
        table.book(message.instrument()).accept(message, source, now);
        table.writeChanges((key, value) -> records.add(new Record(key, value)));
    }
}
