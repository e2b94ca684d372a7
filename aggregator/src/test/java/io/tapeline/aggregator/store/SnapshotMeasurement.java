package io.tapeline.aggregator.store;

import io.tapeline.aggregator.sync.BookSync;
import io.tapeline.aggregator.sync.RecordSource;
import io.tapeline.aggregator.sync.SyncSettings;
import io.tapeline.schemas.market.Decimal;
import io.tapeline.schemas.market.DepthSnapshot;
import io.tapeline.schemas.market.EpochMicros;
import io.tapeline.schemas.market.Instrument;
import io.tapeline.schemas.market.Levels;
import io.tapeline.schemas.market.Price;
import io.tapeline.schemas.market.Quantity;
import io.tapeline.schemas.market.Side;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;

/**
 * What a local snapshot costs: of the 250 books, 2,000 levels each, that a partition of six has of
 * a market of 1,500 pairs. {@code java ... SnapshotMeasurement}
 */
final class SnapshotMeasurement {

    private static final int BOOKS = 250;
    private static final int LEVELS_A_SIDE = 1_000;
    private static final int ROUNDS = 20;
    private static final long STEP_BYTES = 128 << 10;

    private SnapshotMeasurement() {}

    public static void main(String[] args) throws Exception {
        Path directory = Files.createTempDirectory("snapshots");
        BookTable table = new BookTable(new BookSync(SyncSettings.DEFAULT));
        Random random = new Random(1);
        for (int i = 0; i < BOOKS; i++) {
            Instrument instrument = Instrument.binance("COIN" + i + "USDT");
            EpochMicros now = new EpochMicros(1);
            table.book(instrument)
                    .accept(
                            new DepthSnapshot(
                                    instrument,
                                    10,
                                    side(random, Side.BID),
                                    side(random, Side.ASK),
                                    5_000),
                            new RecordSource(0, i, now),
                            now);
        }
        table.writeChanges((_, _) -> {});
        for (int round = 0; round < ROUNDS; round++) {
            long begun = System.nanoTime();
            long longestStep = 0;
            int steps = 0;
            BookSnapshot snapshot =
                    BookSnapshot.begin(
                            directory.resolve("new"), "changelog", 0, 1, table.instruments());
            while (!snapshot.hasAllBooks()) {
                long step = System.nanoTime();
                snapshot.writeBooks(table, STEP_BYTES);
                longestStep = Math.max(longestStep, System.nanoTime() - step);
                steps++;
            }
            snapshot.publish(directory.resolve("snapshot"), 2);
            long written = System.nanoTime();
            BookTable loaded = new BookTable(new BookSync(SyncSettings.DEFAULT));
            var _ = BookSnapshot.read(directory.resolve("snapshot"), "changelog", 0, loaded);
            if (round >= ROUNDS / 2) {
                System.out.printf(
                        Locale.ROOT,
                        "%d books, %d KiB: written in %d us, %d steps, the longest %d us; read in"
                                + " %d us%n",
                        loaded.books().size(),
                        snapshot.size() >> 10,
                        (written - begun) / 1_000,
                        steps,
                        longestStep / 1_000,
                        (System.nanoTime() - written) / 1_000);
            }
        }
    }

    private static Levels side(Random random, Side side) {
        List<Price> prices = new ArrayList<>();
        List<Quantity> quantities = new ArrayList<>();
        for (int i = 0; i < LEVELS_A_SIDE; i++) {
            int tick = 1 + i * 3 + random.nextInt(3);
            prices.add(
                    new Price(
                            Decimal.of(side == Side.BID ? 6_000_000 - tick : 6_000_000 + tick, 2)));
            quantities.add(new Quantity(Decimal.of(1 + random.nextInt(9_000_000), 5)));
        }
        return Levels.of(prices, quantities);
    }
}
