package io.tapeline.aggregator.tap;

import java.util.ArrayDeque;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What waits to be told to one follower, in its order: what is gone, what was accepted, and, when
 * nothing of that is left or enough of it was told, what the store holds. For its feed alone, under
 * the feed's lock.
 */
final class Backlog {

    /** However much is accepted, what is due is told after so many. */
    private static final int MOST_BEFORE_DUE = 64;

    private final int most;
    private final ArrayDeque<Queued> queue = new ArrayDeque<>();
    private final Set<Place> due = new LinkedHashSet<>();
    private final Set<Kind> allDue = new LinkedHashSet<>();
    private final ArrayDeque<Next.TellGone> gone = new ArrayDeque<>();
    private long offered;
    private int sinceDue;

    private record Queued(long number, Place place, Accepted accepted) {}

    /**
     * @param most of what was accepted that waits at a time
     */
    Backlog(int most) {
        this.most = most;
    }

    /** False if there is no room. */
    boolean add(Place place, Accepted accepted) {
        return queue.size() < most && queue.add(new Queued(offered++, place, accepted));
    }

    void addGone(Next.TellGone told) {
        gone.add(told);
    }

    /** What the store holds of it is to be told; until then nothing of it is queued. */
    void makeDue(Place place) {
        place.flowing = false;
        due.add(place);
    }

    void makeAllDue(Kind kind) {
        allDue.add(kind);
    }

    void forget(Place place) {
        due.remove(place);
    }

    void forgetAll(Kind kind) {
        allDue.remove(kind);
    }

    /** What was queued before is in what its store is asked for from now on. */
    void begins(Place place) {
        place.heldUpTo = offered;
        place.flowing = true;
    }

    /** Null if there is nothing. */
    @Nullable Next next() {
        if (!gone.isEmpty()) {
            return gone.poll();
        }
        if (queue.isEmpty() || sinceDue >= MOST_BEFORE_DUE) {
            sinceDue = 0;
            Next next = nextDue();
            if (next != null) {
                return next;
            }
        }
        for (Queued first = queue.poll(); first != null; first = queue.poll()) {
            Place place = first.place();
            if (!place.ended && first.number() >= place.heldUpTo) {
                sinceDue++;
                return new Next.Tell(first.accepted());
            }
        }
        return nextDue();
    }

    private @Nullable Next nextDue() {
        if (!allDue.isEmpty()) {
            return new Next.TellAllHeld(removeFirst(allDue));
        }
        return due.isEmpty() ? null : new Next.TellHeld(removeFirst(due));
    }

    private static <T> T removeFirst(Set<T> set) {
        Iterator<T> each = set.iterator();
        T first = each.next();
        each.remove();
        return first;
    }

    void clear() {
        queue.clear();
        due.clear();
        allDue.clear();
        gone.clear();
    }
}
