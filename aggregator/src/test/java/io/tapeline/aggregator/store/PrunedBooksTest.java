package io.tapeline.aggregator.store;

import static io.tapeline.aggregator.book.Books.BTC;
import static org.assertj.core.api.Assertions.assertThat;

import io.tapeline.aggregator.book.Books;
import io.tapeline.aggregator.book.OrderBook;
import io.tapeline.aggregator.sync.BookSync;
import io.tapeline.aggregator.sync.RecordSource;
import io.tapeline.aggregator.sync.SyncSettings;
import io.tapeline.schemas.market.EpochMicros;
import io.tapeline.schemas.market.Levels;
import io.tapeline.schemas.market.Side;
import io.tapeline.schemas.wire.MalformedPayload;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A book of which levels had to go is restored without them, and with the narrower range. */
class PrunedBooksTest {

    private static final int MOST = 32;

    private record Entry(byte[] key, byte[] value) {}

    private static BookTable table() {
        return new BookTable(new BookSync(SyncSettings.DEFAULT.withBooks(MOST, true)));
    }

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2, 3, 4})
    void areRestoredAsTheyAre(long seed) throws MalformedPayload {
        Random random = new Random(seed);
        BookTable table = table();
        BookTable standby = table();
        List<Entry> log = new ArrayList<>();
        int pruned = 0;
        for (int id = 10; id < 600; id++) {
            EpochMicros now = new EpochMicros(id);
            table.book(BTC)
                    .accept(
                            id == 10
                                    ? Books.snapshot(10, side(random, 0, 20), side(random, 500, 20))
                                    : Books.update(
                                            id,
                                            id,
                                            side(random, 0, random.nextInt(4)),
                                            side(random, 500, 1)),
                            new RecordSource(0, id, now),
                            now);
            OrderBook book = book(table);
            pruned += book.range().low() == null ? 0 : 1;
            if (random.nextInt(3) == 0) {
                log.clear();
                table.writeChanges((key, value) -> log.add(new Entry(key, value)));
                for (Entry entry : log) {
                    standby.restore(entry.key(), entry.value());
                }
                assertSame(book(standby), book, "seed " + seed + ", id " + id);
            }
        }
        assertThat(pruned).as("seed %s", seed).isPositive();
    }

    private static OrderBook book(BookTable table) {
        return Objects.requireNonNull(table.find(BTC)).current().book();
    }

    private static Levels side(Random random, int above, int count) {
        String[] levels = new String[count];
        for (int i = 0; i < count; i++) {
            levels[i] =
                    (above + 1 + random.nextInt(400))
                            + " "
                            + (random.nextInt(5) == 0 ? 0 : 1 + random.nextInt(9));
        }
        return Books.levels(levels);
    }

    private static void assertSame(OrderBook is, OrderBook should, String when) {
        assertThat(is.updateId()).as(when).isEqualTo(should.updateId());
        assertThat(is.range()).as(when).isEqualTo(should.range());
        for (Side side : Side.values()) {
            assertThat(should.size(side)).as(when).isLessThanOrEqualTo(MOST);
            assertThat(is.top(side, 100)).as(when).isEqualTo(should.top(side, 100));
        }
    }
}
