package io.tapeline.aggregator.sync;

import io.tapeline.schemas.market.DepthUpdate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The updates that wait for a snapshot (EXCHANGES.md A.5 step 1), in the order of their arrival.
 * Immutable; adding one shares the rest.
 */
public final class PendingUpdates {

    public static final PendingUpdates NONE = new PendingUpdates(null, null, 0);

    private final @Nullable DepthUpdate newest;
    private final @Nullable PendingUpdates before;
    private final int size;

    private PendingUpdates(
            @Nullable DepthUpdate newest, @Nullable PendingUpdates before, int size) {
        this.newest = newest;
        this.before = before;
        this.size = size;
    }

    /** In that order. */
    public static PendingUpdates of(List<DepthUpdate> updates) {
        PendingUpdates pending = NONE;
        for (DepthUpdate update : updates) {
            pending = pending.and(update);
        }
        return pending;
    }

    public PendingUpdates and(DepthUpdate update) {
        return new PendingUpdates(update, this, size + 1);
    }

    public int size() {
        return size;
    }

    /** In the order of their arrival. */
    public List<DepthUpdate> inOrder() {
        return collect(null);
    }

    /** What came after the given ones, in order; null if these do not begin with exactly those. */
    public @Nullable List<DepthUpdate> since(PendingUpdates earlier) {
        PendingUpdates at = this;
        while (at != earlier) {
            PendingUpdates previous = at.before;
            if (previous == null || previous.size < earlier.size) {
                return null;
            }
            at = previous;
        }
        return collect(earlier);
    }

    private List<DepthUpdate> collect(@Nullable PendingUpdates until) {
        List<DepthUpdate> updates = new ArrayList<>(size);
        PendingUpdates at = this;
        while (at != until) {
            if (at.newest == null || at.before == null) {
                break;
            }
            updates.add(at.newest);
            at = at.before;
        }
        Collections.reverse(updates);
        return updates;
    }

    /** The newer half, for when there are too many. */
    PendingUpdates newerHalf() {
        List<DepthUpdate> all = inOrder();
        return of(all.subList(all.size() / 2, all.size()));
    }

    /** By their place in the exchange's order: two lines may have brought them in another. */
    List<DepthUpdate> byUpdateId() {
        List<DepthUpdate> updates = inOrder();
        updates.sort(
                Comparator.comparingLong(DepthUpdate::firstUpdateId)
                        .thenComparingLong(DepthUpdate::finalUpdateId));
        return updates;
    }

    /** Whether those that lie beyond an id follow it without a hole. */
    boolean follow(long updateId) {
        long id = updateId;
        for (DepthUpdate update : byUpdateId()) {
            if (update.firstUpdateId() > id + 1) {
                return false;
            }
            id = Math.max(id, update.finalUpdateId());
        }
        return true;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof PendingUpdates that
                && size == that.size
                && inOrder().equals(that.inOrder());
    }

    @Override
    public int hashCode() {
        return inOrder().hashCode();
    }

    @Override
    public String toString() {
        return inOrder().toString();
    }
}
