package io.tapeline.aggregator.store;

import static io.tapeline.aggregator.book.Books.BTC;
import static io.tapeline.aggregator.book.Books.levels;
import static io.tapeline.aggregator.book.Books.snapshot;
import static io.tapeline.aggregator.book.Books.update;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tapeline.aggregator.book.OrderBook;
import io.tapeline.aggregator.sync.Ahead;
import io.tapeline.aggregator.sync.BookSync;
import io.tapeline.aggregator.sync.Early;
import io.tapeline.aggregator.sync.Effect;
import io.tapeline.aggregator.sync.OpenGap;
import io.tapeline.aggregator.sync.RecordSource;
import io.tapeline.aggregator.sync.SyncSettings;
import io.tapeline.aggregator.sync.SyncState;
import io.tapeline.aggregator.sync.SynchronisedBook;
import io.tapeline.schemas.market.Decimal;
import io.tapeline.schemas.market.DepthMessage;
import io.tapeline.schemas.market.DepthSnapshot;
import io.tapeline.schemas.market.DepthUpdate;
import io.tapeline.schemas.market.EpochMicros;
import io.tapeline.schemas.market.Instrument;
import io.tapeline.schemas.market.Levels;
import io.tapeline.schemas.market.Price;
import io.tapeline.schemas.market.Quantity;
import io.tapeline.schemas.market.Side;
import io.tapeline.schemas.wire.MalformedPayload;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BookTableTest {

    private record Entry(byte[] key, byte[] value) {}

    private final List<Entry> log = new ArrayList<>();
    private final BookTable table = table();
    private long offset;

    private static BookTable table() {
        return new BookTable(new BookSync(SyncSettings.DEFAULT));
    }

    private void accept(DepthMessage message) {
        offset++;
        EpochMicros now = new EpochMicros(offset * 1_000);
        table.book(message.instrument()).accept(message, new RecordSource(3, offset, now), now);
    }

    private void commit() {
        table.writeChanges((key, value) -> log.add(new Entry(key, value)));
    }

    private static BookTable restored(List<Entry> entries) throws MalformedPayload {
        BookTable restored = table();
        for (Entry entry : entries) {
            restored.restore(entry.key(), entry.value());
        }
        return restored;
    }

    /** What compaction may leave: of each key the newest record, and of some the older ones too. */
    private static List<Entry> compacted(List<Entry> entries, Random random, int cleanUpTo) {
        Map<String, Integer> newest = new HashMap<>();
        for (int i = 0; i < entries.size(); i++) {
            newest.put(Arrays.toString(entries.get(i).key()), i);
        }
        List<Entry> left = new ArrayList<>();
        for (int i = 0; i < entries.size(); i++) {
            boolean superseded =
                    newest.getOrDefault(Arrays.toString(entries.get(i).key()), -1) != i;
            if (!superseded || i >= cleanUpTo || random.nextInt(4) == 0) {
                left.add(entries.get(i));
            }
        }
        return left;
    }

    private static void assertSame(BookTable actual, BookTable expected, String when) {
        for (SynchronisedBook each : expected.books()) {
            SynchronisedBook other = Objects.requireNonNull(actual.find(each.instrument()), when);
            SynchronisedBook.View is = other.current();
            SynchronisedBook.View should = each.current();
            assertThat(is.state()).as(when).isEqualTo(asRestored(should.state(), should.source()));
            assertThat(is.source()).as(when).isEqualTo(should.source());
            assertThat(is.eventTime()).as(when).isEqualTo(should.eventTime());
            assertSame(is.book(), should.book(), when);
        }
        assertThat(actual.books()).as(when).hasSize(expected.books().size());
    }

    /** Of a held snapshot the changelog tells the id alone, and of early updates no times. */
    private static SyncState asRestored(SyncState state, RecordSource source) {
        if (!(state instanceof SyncState.Live live)) {
            return state;
        }
        Ahead ahead = live.ahead();
        return new SyncState.Live(
                live.updateId(),
                live.since(),
                live.pacing(),
                ahead == null ? null : Ahead.restored(ahead.expected(), ahead.newest()),
                Early.restored(live.pending(), source.received()));
    }

    private static void assertSame(OrderBook is, OrderBook should, String when) {
        assertThat(is.updateId()).as(when).isEqualTo(should.updateId());
        assertThat(is.range()).as(when).isEqualTo(should.range());
        for (Side side : Side.values()) {
            Levels all = should.top(side, Integer.MAX_VALUE);
            assertThat(is.top(side, Integer.MAX_VALUE)).as(when).isEqualTo(all);
            for (int i = 0; i < all.size(); i++) {
                assertThat(is.level(all.price(i))).as(when).isEqualTo(should.level(all.price(i)));
            }
        }
    }

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2, 3, 4, 5, 6})
    void whatIsRestoredIsWhatWasWrittenWhateverCompactionLeft(long seed) throws Exception {
        Random random = new Random(seed);
        Instrument[] instruments = {
            BTC, Instrument.binance("ETHUSDT"), Instrument.binance("币安人生USDT")
        };
        Map<Instrument, Long> ids = new HashMap<>();
        for (int i = 0; i < 1_500; i++) {
            Instrument instrument = instruments[random.nextInt(instruments.length)];
            long id = ids.getOrDefault(instrument, 100L);
            accept(message(random, instrument, id));
            ids.put(instrument, id + 2);
            if (random.nextInt(3) == 0) {
                commit();
            }
            if (random.nextInt(60) == 0) {
                commit();
                String when = "seed " + seed + ", message " + i;
                assertSame(restored(log), table, when);
                List<Entry> left = compacted(log, random, random.nextInt(log.size() + 1));
                assertSame(restored(left), table, when + ", compacted");
            }
        }
    }

    private static DepthMessage message(Random random, Instrument instrument, long id) {
        int kind = random.nextInt(60);
        Levels bids = side(random, Side.BID, kind == 0 ? 40 : random.nextInt(8), kind == 7);
        Levels asks = side(random, Side.ASK, kind == 0 ? 40 : random.nextInt(8), false);
        if (kind <= 1) {
            return new DepthSnapshot(instrument, id + 2, bids, asks, 40);
        }
        long first = kind == 2 ? id + 2 : id + 1;
        return new DepthUpdate(instrument, new EpochMicros(id * 7), first, id + 2, bids, asks);
    }

    private static Levels side(Random random, Side side, int count, boolean wide) {
        List<Price> prices = new ArrayList<>();
        List<Quantity> quantities = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            int tick = 1 + i * 3 + random.nextInt(3);
            prices.add(new Price(Decimal.of(side == Side.BID ? 10_000 - tick : 10_000 + tick, 2)));
            quantities.add(
                    wide
                            ? Quantity.of("12345678901234567890.12345678")
                            : new Quantity(Decimal.of(random.nextInt(900), random.nextInt(5))));
        }
        return Levels.of(prices, quantities);
    }

    @Test
    void onlyWhatChangedIsWrittenAndEachLevelOnce() {
        accept(snapshot(10, levels("99 1", "98 2"), levels("101 1")));
        commit();
        accept(update(11, 11, levels("99 5"), levels()));
        accept(update(12, 12, levels("99 6", "98 0"), levels()));
        commit();
        commit();

        assertThat(log).hasSize(2);
        assertThat(log.get(1).value().length).isLessThan(log.get(0).value().length + 8);
    }

    @Test
    void aMissingRecordPutsTheBookInDoubtUntilTheNextBase() throws Exception {
        accept(snapshot(10, levels("99 1"), levels("101 1")));
        commit();
        for (int id = 11; id < 15; id++) {
            accept(update(id, id, levels("99 " + id), levels()));
            commit();
        }
        log.remove(2);

        SynchronisedBook book = Objects.requireNonNull(restored(log).find(BTC));
        assertThat(book.current().state())
                .isInstanceOfSatisfying(
                        SyncState.Resyncing.class,
                        lost -> assertThat(lost.gap().cause()).isEqualTo(OpenGap.Cause.RESTORE));
    }

    @Test
    void aRestoredBookGoesOnWhereItWas() throws Exception {
        accept(snapshot(10, levels("99 1"), levels("101 1")));
        commit();
        accept(update(11, 11, levels("98 2"), levels()));
        commit();
        BookTable other = restored(log);
        EpochMicros now = new EpochMicros(99_000);
        for (BookTable each : List.of(table, other)) {
            each.book(BTC)
                    .accept(
                            update(12, 12, levels("97 3"), levels()),
                            new RecordSource(3, 9, now),
                            now);
        }
        List<Entry> next = new ArrayList<>(log);
        other.writeChanges((key, value) -> next.add(new Entry(key, value)));

        assertSame(restored(next), table, "after the restored one went on");
    }

    @Test
    void ofAHeldSnapshotTheIdIsRestoredAndTheBookAsksForItAnew() throws Exception {
        accept(snapshot(10, levels("99 1"), levels("101 1")));
        commit();
        accept(snapshot(12, levels("98 1"), levels("101 1")));
        accept(snapshot(14, levels("97 1"), levels("101 1")));
        commit();

        SynchronisedBook book = Objects.requireNonNull(restored(log).find(BTC));
        assertThat(book.current().state())
                .isInstanceOfSatisfying(
                        SyncState.Live.class,
                        live -> assertThat(live.ahead()).isEqualTo(Ahead.restored(12, 14)));
        book.tick(new EpochMicros(1_000_000));
        assertThat(book.tick(new EpochMicros(3_000_000)).effects())
                .contains(new Effect.Request("behind a snapshot", 14));
    }

    @Test
    void aRestoredBookIsConfirmedByTheFirstMessageThatSpeaksForIt() throws Exception {
        accept(snapshot(10, levels("99 1"), levels("101 1")));
        commit();
        assertThat(table.book(BTC).current().confirmed()).isTrue();
        Map<DepthMessage, Boolean> confirms =
                Map.of(
                        update(9, 10, levels("99 1"), levels()), false,
                        snapshot(9, levels("99 1"), levels("101 1")), false,
                        snapshot(11, levels("99 1"), levels("101 1")), false,
                        snapshot(10, levels("99 1"), levels("101 1")), true,
                        update(11, 11, levels("99 2"), levels()), true);

        for (Map.Entry<DepthMessage, Boolean> each : confirms.entrySet()) {
            SynchronisedBook book = Objects.requireNonNull(restored(log).find(BTC));
            assertThat(book.current().confirmed()).isFalse();
            EpochMicros now = new EpochMicros(99_000);
            book.accept(each.getKey(), new RecordSource(3, 9, now), now);
            assertThat(book.current().confirmed())
                    .as("%s", each.getKey())
                    .isEqualTo(each.getValue());
        }
    }

    @Test
    void versionOneOfTheChangelogIsRead() throws Exception {
        accept(snapshot(10, levels("99.5 1", "98 2.25"), levels("101 1")));
        commit();
        accept(update(11, 12, levels("99.5 0", "97 3"), levels("101 7")));
        commit();

        assertThat(log.stream().map(BookTableTest::hex))
                .containsExactly(
                        GOLDEN_BASE_KEY + " " + GOLDEN_BASE, GOLDEN_DELTA_KEY + " " + GOLDEN_DELTA);
        BookTable golden =
                restored(
                        List.of(
                                entry(GOLDEN_BASE_KEY, GOLDEN_BASE),
                                entry(GOLDEN_DELTA_KEY, GOLDEN_DELTA)));
        assertSame(golden, table, "golden");
    }

    private static String hex(Entry entry) {
        return HexFormat.of().formatHex(entry.key())
                + " "
                + HexFormat.of().formatHex(entry.value());
    }

    private static Entry entry(String key, String value) {
        return new Entry(HexFormat.of().parseHex(key), HexFormat.of().parseHex(value));
    }

    private static final String GOLDEN_BASE_KEY = "010062696e616e63653a42544355534454";
    private static final String GOLDEN_BASE =
            "0101000ae8070602e80701e80700000100000000010202a80fe101001e640001e40f6400";
    private static final String GOLDEN_DELTA_KEY = "010162696e616e63653a42544355534454";
    private static final String GOLDEN_DELTA =
            "0101010ce05d0604d00f01e807000000000002940fac0200320001e40fbc0500";

    @Test
    void bytesOfAnotherKindAreRefused() {
        assertThatThrownBy(() -> table.restore(new byte[] {9}, new byte[] {1}))
                .isInstanceOf(MalformedPayload.class)
                .hasMessageContaining("unknown version 9");
    }
}
