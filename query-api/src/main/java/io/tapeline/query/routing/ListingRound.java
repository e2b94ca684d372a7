package io.tapeline.query.routing;

import com.google.protobuf.InvalidProtocolBufferException;
import io.tapeline.schemas.topic.InstrumentPartitioner;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/**
 * All instruments of a store, asked once of all instances at the same time. It ends as soon as
 * every partition has an answer of its active instance, or an answer at all and nobody else is
 * waited for: suspects are not, and nobody is for longer than half of the time. Used by one thread,
 * once.
 */
final class ListingRound<T> {

    private final Exchange exchange;
    private final Routing routing;
    private final int partitions;
    private final Listing<T> listing;
    private final LastLists<T> last;
    private final Map<Address, Listing.Part<T>> answers = new LinkedHashMap<>();
    private final Set<Integer> whole = new HashSet<>();
    private final Set<Integer> current = new HashSet<>();

    ListingRound(
            Exchange exchange,
            Routing routing,
            int partitions,
            Listing<T> listing,
            LastLists<T> last) {
        this.exchange = exchange;
        this.routing = routing;
        this.partitions = partitions;
        this.listing = listing;
        this.last = last;
    }

    /**
     * @param answer empty where none came
     */
    private record Reply<T>(Address address, Optional<Listing.Part<T>> answer) {}

    /**
     * What the instances tell of all partitions.
     *
     * @return {@link Answer.NotReady} if nobody answers for one of them
     */
    Answer<List<T>> ask(Deadline deadline) {
        try {
            askAll(deadline);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return notReady("interrupted");
        }
        Map<Integer, List<T>> told = told();
        told.forEach(last::keep);
        return merged(told);
    }

    /** The same of those asked before, and what was told last of partitions that nobody has. */
    Answer<List<T>> withLast() {
        Map<Integer, List<T>> told = told();
        for (int partition = 0; partition < partitions; partition++) {
            if (!told.containsKey(partition)) {
                Optional<List<T>> before = last.stale(partition);
                if (before.isPresent()) {
                    told.put(partition, before.get());
                }
            }
        }
        return merged(told);
    }

    private static <T> Answer<List<T>> notReady(String why) {
        return new Answer.NotReady<>(why, Aggregators.RETRY_AFTER);
    }

    private void askAll(Deadline deadline) throws InterruptedException {
        BlockingQueue<Reply<T>> replies = new LinkedBlockingQueue<>();
        Set<Address> instances = routing.current().instances(listing.store());
        for (Address each : instances) {
            var _ = Thread.startVirtualThread(() -> replies.add(askOne(each, deadline)));
        }
        Set<Address> open = new HashSet<>(instances);
        Set<Address> awaited = new HashSet<>(instances);
        awaited.removeIf(routing.suspects()::isSuspected);
        Deadline half = Deadline.in(deadline.left().dividedBy(2));
        while (!open.isEmpty() && !isEnough(awaited) && !deadline.hasPassed()) {
            boolean isWhole = whole.size() == partitions;
            if (isWhole && half.hasPassed()) {
                break;
            }
            Reply<T> reply =
                    replies.poll(
                            (isWhole ? half : deadline).left().toNanos(), TimeUnit.NANOSECONDS);
            if (reply != null) {
                open.remove(reply.address());
                awaited.remove(reply.address());
                reply.answer().ifPresent(answer -> take(reply.address(), answer));
            }
        }
        if (half.hasPassed()) {
            awaited.forEach(routing.suspects()::failed);
        }
    }

    private boolean isEnough(Set<Address> awaited) {
        return current.size() == partitions || whole.size() == partitions && awaited.isEmpty();
    }

    private void take(Address address, Listing.Part<T> answer) {
        answers.put(address, answer);
        current.addAll(answer.current());
        whole.addAll(answer.current());
        whole.addAll(answer.stale());
    }

    private Reply<T> askOne(Address address, Deadline deadline) {
        try {
            InstanceAnswer response = exchange.get(address, listing.path(), deadline.left());
            routing.suspects().answered(address);
            return new Reply<>(
                    address,
                    response.status() == 200
                            ? Optional.of(listing.parse(response.body()))
                            : Optional.empty());
        } catch (InvalidProtocolBufferException e) {
            return new Reply<>(address, Optional.empty());
        } catch (IOException e) {
            routing.suspects().failed(address);
            return new Reply<>(address, Optional.empty());
        }
    }

    /**
     * Who answered for the partition as its active one; else the first who did as stale. The
     * table's order goes before that of the answers, which know of changes that it does not.
     */
    private Optional<Address> best(Routes routes, int partition) {
        Set<Address> order = new LinkedHashSet<>(routes.candidates(listing.store(), partition));
        order.retainAll(answers.keySet());
        order.addAll(answers.keySet());
        Optional<Address> stale = Optional.empty();
        for (Address each : order) {
            Listing.Part<T> answer = answers.get(each);
            if (answer == null) {
                continue;
            }
            if (answer.current().contains(partition)) {
                return Optional.of(each);
            }
            if (stale.isEmpty() && answer.stale().contains(partition)) {
                stale = Optional.of(each);
            }
        }
        return stale;
    }

    /** By partition, of the one instance that answers best for it; without those nobody has. */
    private Map<Integer, List<T>> told() {
        Routes routes = routing.current();
        Map<Integer, List<T>> told = new HashMap<>();
        Map<Integer, Address> chosen = new HashMap<>();
        for (int partition = 0; partition < partitions; partition++) {
            Optional<Address> best = best(routes, partition);
            if (best.isPresent()) {
                chosen.put(partition, best.get());
                told.put(partition, new ArrayList<>());
            }
        }
        answers.forEach((address, part) -> {
            for (T item : part.items()) {
                int partition =
                        InstrumentPartitioner.partitionOf(listing.instrument(item), partitions);
                List<T> list = told.get(partition);
                if (list != null && address.equals(chosen.get(partition))) {
                    list.add(item);
                }
            }
        });
        return told;
    }

    private Answer<List<T>> merged(Map<Integer, List<T>> told) {
        List<T> merged = new ArrayList<>();
        for (int partition = 0; partition < partitions; partition++) {
            List<T> list = told.get(partition);
            if (list == null) {
                return notReady(
                        "no aggregator answers for partition " + partition + " of " + partitions);
            }
            merged.addAll(list);
        }
        return new Answer.Found<>(merged);
    }
}
