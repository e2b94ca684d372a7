package io.tapeline.aggregator.store;

import static io.tapeline.aggregator.book.Books.BTC;
import static io.tapeline.aggregator.book.Books.levels;
import static io.tapeline.aggregator.book.Books.snapshot;
import static io.tapeline.aggregator.book.Books.update;
import static org.assertj.core.api.Assertions.assertThat;

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
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LocalSnapshotsTest extends SnapshotFixture {

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void howeverATableDiesItsSnapshotAndTheTailAreWhatWasCommitted(long seed) throws Exception {
        Random random = new Random(seed);
        Path active = directory.resolve("active");
        Path standby = directory.resolve("standby");
        Life leader = new Life(active, 1 + random.nextInt(3_000));
        Life follower = new Life(standby, 1 + random.nextInt(3_000));
        Map<Instrument, Long> ids = new HashMap<>();
        int shortTails = 0;
        for (int commit = 0; commit < 600; commit++) {
            String when = "seed " + seed + ", commit " + commit;
            nanos += SECOND_NANOS;
            for (int i = random.nextInt(30); i > 0; i--) {
                leader.accept(next(random, ids));
            }
            List<Entry> written = leader.flush();
            int fate = random.nextInt(40);
            if (fate > 2) {
                leader.commit(written);
            } else if (fate == 1) {
                // Committed, and died before it knew.
                leader.commit(written);
                leader = new Life(active, 1 + random.nextInt(3_000));
            } else {
                // Died, or failed to commit, and flushed once more on its way out.
                if (random.nextBoolean()) {
                    leader.closeAfterFailedCommit(written);
                }
                leader = new Life(active, 1 + random.nextInt(3_000));
            }
            if (fate > 2 && random.nextInt(40) == 0) {
                leader.closeInOrder();
                leader = new Life(active, 1 + random.nextInt(3_000));
            }
            if (leader.position < lastOffset()) {
                leader.restore(Integer.MAX_VALUE);
                shortTails += leader.restored < changelog.size() / 2 ? 1 : 0;
                assertThat(leader.books())
                        .as(when)
                        .isEqualTo(restoredFromTheChangelogAlone().books());
            }
            follower.restore(random.nextInt(20));
            if (follower.position >= 0) {
                follower.snapshots.committed(follower.position);
            }
            if (random.nextInt(40) == 0) {
                follower = new Life(standby, 1 + random.nextInt(3_000));
                follower.restore(Integer.MAX_VALUE);
                assertThat(follower.books())
                        .as("standby, " + when)
                        .isEqualTo(restoredFromTheChangelogAlone().books());
            }
        }
        assertThat(shortTails).as("restarts that read less than half, seed " + seed).isPositive();
        assertThat(counts.all())
                .containsEntry("book-snapshots.damaged", 0L)
                .containsEntry("book-snapshots.failed", 0L);
    }

    private long lastOffset() {
        return changelog.isEmpty() ? LocalSnapshots.UNKNOWN : changelog.getLast().offset();
    }

    private static DepthMessage next(Random random, Map<Instrument, Long> ids) {
        Instrument instrument = Instrument.binance("COIN" + random.nextInt(5) + "USDT");
        long id = ids.merge(instrument, 2L, Long::sum);
        int kind = random.nextInt(80);
        Levels bids = side(random, Side.BID, kind == 0 ? 40 : random.nextInt(6));
        Levels asks = side(random, Side.ASK, kind == 0 ? 40 : random.nextInt(6));
        return kind <= 1
                ? new DepthSnapshot(instrument, id, bids, asks, 40)
                : new DepthUpdate(
                        instrument,
                        new EpochMicros(id * 7),
                        kind == 2 ? id : id - 1,
                        id,
                        bids,
                        asks);
    }

    private static Levels side(Random random, Side side, int count) {
        List<Price> prices = new ArrayList<>();
        List<Quantity> quantities = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            int tick = 1 + i * 3 + random.nextInt(3);
            prices.add(new Price(Decimal.of(side == Side.BID ? 10_000 - tick : 10_000 + tick, 2)));
            quantities.add(new Quantity(Decimal.of(random.nextInt(900), random.nextInt(3))));
        }
        return Levels.of(prices, quantities);
    }

    @Test
    void ofAWriterThatEndsItIsNotKnownWhatWasCommitted() {
        Life life = new Life(directory, 1);
        life.accept(snapshot(10, levels("99 1"), levels("101 1")));
        life.closeAfterFailedCommit(life.flush());
        assertThat(directory.resolve("snapshot")).doesNotExist();
    }

    @Test
    void whatTheLastTransactionWroteIsNotKeptBeforeTheTaskGoesOn() {
        Life life = new Life(directory, Long.MAX_VALUE);
        life.accept(snapshot(10, levels("99 1"), levels("101 1")));
        life.commit(life.flush());
        nanos += 61 * SECOND_NANOS;
        life.accept(update(11, 11, levels("99 2"), levels()));
        life.commit(life.flush());
        life.flush();
        assertThat(directory.resolve("snapshot")).doesNotExist();

        life.accept(update(12, 12, levels("99 3"), levels()));
        life.flush();
        Life next = new Life(directory, 1);
        assertThat(next.position).as("of the first commit").isZero();
        assertThat(next.table.find(BTC)).isNotNull();
        assertThat(next.table.book(BTC).current().book().updateId()).isEqualTo(11);
    }
}
