package io.tapeline.ingestor.rest;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * Requests that wait: by priority, and among equals in the order in which they came; those that
 * failed wait apart until their back-off is over. Bounded. Not thread-safe.
 */
final class RestQueue {

    /**
     * A request that waits.
     *
     * @param attempts made before
     * @param notBefore when it may be tried
     */
    record Waiting(
            RestRequest request,
            Priority priority,
            long number,
            int attempts,
            Instant notBefore,
            CompletableFuture<RestOutcome> outcome) {

        Waiting again(int attemptsMade, Instant when) {
            return new Waiting(request, priority, number, attemptsMade, when, outcome);
        }
    }

    private final int capacity;
    private final PriorityQueue<Waiting> ready =
            new PriorityQueue<>(
                    Comparator.comparing(Waiting::priority).thenComparing(Waiting::number));
    private final PriorityQueue<Waiting> delayed =
            new PriorityQueue<>(Comparator.comparing(Waiting::notBefore));
    private long numbers;

    RestQueue(int capacity) {
        this.capacity = capacity;
    }

    /** Null if there is no room. */
    @Nullable Waiting add(RestRequest request, Priority priority, Instant now) {
        if (ready.size() + delayed.size() >= capacity) {
            return null;
        }
        Waiting waiting =
                new Waiting(request, priority, numbers++, 0, now, new CompletableFuture<>());
        ready.add(waiting);
        return waiting;
    }

    /** Takes back one that was under way; there is always room for it. */
    void addAgain(Waiting waiting) {
        delayed.add(waiting);
    }

    /** The one whose turn it is; it stays until {@link #removeHead}. Those given up are dropped. */
    @Nullable Waiting head(Instant now) {
        while (!delayed.isEmpty() && !delayed.peek().notBefore().isAfter(now)) {
            ready.add(delayed.remove());
        }
        while (!ready.isEmpty() && ready.peek().outcome().isDone()) {
            ready.remove();
        }
        return ready.peek();
    }

    void removeHead() {
        ready.remove();
    }

    /** Takes the one whose turn it is, if it is known by now; null if none is. */
    @Nullable Waiting takeHead() {
        return ready.poll();
    }

    /** When the next of those that wait apart is due. */
    Optional<Instant> nextDue() {
        return Optional.ofNullable(delayed.peek()).map(Waiting::notBefore);
    }

    int size() {
        return ready.size() + delayed.size();
    }

    /** Empties the queue and gives what was in it. */
    List<Waiting> takeAll() {
        List<Waiting> all = new ArrayList<>(ready);
        all.addAll(delayed);
        ready.clear();
        delayed.clear();
        return all;
    }
}
