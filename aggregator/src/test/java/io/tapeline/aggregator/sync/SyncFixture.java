package io.tapeline.aggregator.sync;

import static io.tapeline.aggregator.book.Books.levels;
import static org.assertj.core.api.Assertions.assertThat;

import io.tapeline.aggregator.book.Books;
import io.tapeline.schemas.market.DepthSnapshot;
import io.tapeline.schemas.market.DepthUpdate;
import io.tapeline.schemas.market.EpochMicros;
import io.tapeline.schemas.market.Levels;
import java.time.Duration;
import java.util.List;

/** States, messages and times of one book that is not kept: each step is decided from its state. */
abstract class SyncFixture {

    static final EpochMicros T0 = new EpochMicros(1_000_000_000);

    static final SyncSettings SETTINGS =
            new SyncSettings(
                    4,
                    Duration.ofSeconds(1),
                    Duration.ofSeconds(60),
                    Duration.ofSeconds(2),
                    Duration.ofMillis(500),
                    Duration.ofSeconds(60),
                    15_000,
                    true);

    static final long WINDOW_MICROS = 500_000;
    final BookSync sync = new BookSync(SETTINGS);

    static DepthUpdate update(long first, long last) {
        return Books.update(first, last, levels(), levels());
    }

    static DepthSnapshot snapshot(long id) {
        return Books.snapshot(id, levels("99 1"), Levels.EMPTY);
    }

    static EpochMicros after(long millis) {
        return new EpochMicros(T0.value() + millis * 1_000);
    }

    SyncStep onUpdate(SyncState state, long first, long last) {
        return sync.onUpdate(state, update(first, last), T0, T0);
    }

    /** An update before its turn, and no other in time: T0 is when it came, and now later. */
    SyncStep missing(SyncState state, long first, long last) {
        return missing(state, first, last, 0);
    }

    SyncStep missing(SyncState state, long first, long last, long atMillis) {
        EpochMicros came = new EpochMicros(after(atMillis).value() - WINDOW_MICROS);
        SyncStep held = sync.onUpdate(state, update(first, last), T0, came);
        assertThat(held.fate()).isEqualTo(Fate.BUFFERED);
        assertThat(held.effects()).isEmpty();
        return sync.onTick(held.next(), after(atMillis));
    }

    static SyncState live(long id) {
        return new SyncState.Live(id, T0, RequestPacing.FRESH);
    }

    static SyncState.Awaiting awaiting(DepthUpdate... updates) {
        return new SyncState.Awaiting(
                PendingUpdates.of(List.of(updates)), new RequestPacing(1, T0));
    }

    static SyncState early(long id, EpochMicros since, DepthUpdate... updates) {
        return new SyncState.Live(
                id,
                T0,
                RequestPacing.FRESH,
                null,
                new Early(PendingUpdates.of(List.of(updates)), T0, since));
    }

    /** Live at 10, with this ahead of it. */
    static SyncState.Live behind(long expected, long since, long newest) {
        return new SyncState.Live(
                10,
                T0,
                RequestPacing.FRESH,
                new Ahead(expected, after(since), newest, new HeldSnapshot(snapshot(newest), T0)),
                null);
    }

    static OpenGap missedUpTo(long last, long millis) {
        return new OpenGap(OpenGap.Cause.BEHIND_SNAPSHOT, 11, last, after(millis));
    }
}
