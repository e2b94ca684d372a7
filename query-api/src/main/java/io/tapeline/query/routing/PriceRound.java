package io.tapeline.query.routing;

import com.google.protobuf.InvalidProtocolBufferException;
import io.tapeline.schemas.market.Instrument;
import io.tapeline.schemas.proto.PriceAnswer;
import io.tapeline.schemas.proto.PriceAnswers;
import io.tapeline.schemas.topic.InstrumentPartitioner;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.util.ArrayList;
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
import java.util.function.Predicate;

/**
 * All prices, asked once of all instances at the same time. It ends as soon as every partition has
 * an answer of its active instance, or an answer at all and nobody else is waited for: suspects are
 * not, and nobody is for longer than half of the time. Used by one thread, once.
 */
final class PriceRound {

    private static final String PATH = "/internal/prices";

    private final Exchange exchange;
    private final Routing routing;
    private final int partitions;
    private final Map<Address, PriceAnswers> answers = new LinkedHashMap<>();
    private final Set<Integer> whole = new HashSet<>();
    private final Set<Integer> current = new HashSet<>();

    PriceRound(Exchange exchange, Routing routing, int partitions) {
        this.exchange = exchange;
        this.routing = routing;
        this.partitions = partitions;
    }

    /**
     * @param answer empty where none came
     */
    private record Reply(Address address, Optional<PriceAnswers> answer) {}

    Answer<List<PriceAnswer>> ask(Predicate<Instrument> wanted, Deadline deadline) {
        try {
            askAll(deadline);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return notReady("interrupted");
        }
        Routes routes = routing.current();
        List<Address> chosen = new ArrayList<>();
        for (int partition = 0; partition < partitions; partition++) {
            Optional<Address> best = best(routes, partition);
            if (best.isEmpty()) {
                return notReady(
                        "no aggregator answers for partition " + partition + " of " + partitions);
            }
            chosen.add(best.get());
        }
        return new Answer.Found<>(merged(chosen, wanted));
    }

    private static Answer<List<PriceAnswer>> notReady(String why) {
        return new Answer.NotReady<>(why, Aggregators.RETRY_AFTER);
    }

    private void askAll(Deadline deadline) throws InterruptedException {
        BlockingQueue<Reply> replies = new LinkedBlockingQueue<>();
        Set<Address> instances = routing.current().instances(Store.PRICES);
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
            Reply reply =
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

    private void take(Address address, PriceAnswers answer) {
        answers.put(address, answer);
        current.addAll(answer.getPartitionsList());
        whole.addAll(answer.getPartitionsList());
        whole.addAll(answer.getStalePartitionsList());
    }

    private Reply askOne(Address address, Deadline deadline) {
        try {
            HttpResponse<byte[]> response = exchange.get(address, PATH, deadline.left());
            routing.suspects().answered(address);
            return new Reply(
                    address,
                    response.statusCode() == 200
                            ? Optional.of(PriceAnswers.parseFrom(response.body()))
                            : Optional.empty());
        } catch (InvalidProtocolBufferException e) {
            return new Reply(address, Optional.empty());
        } catch (IOException e) {
            routing.suspects().failed(address);
            return new Reply(address, Optional.empty());
        }
    }

    /**
     * Who answered for the partition as its active one; else the first who did as stale. The
     * table's order goes before that of the answers, which know of changes that it does not.
     */
    private Optional<Address> best(Routes routes, int partition) {
        Set<Address> order = new LinkedHashSet<>(routes.candidates(Store.PRICES, partition));
        order.retainAll(answers.keySet());
        order.addAll(answers.keySet());
        Optional<Address> stale = Optional.empty();
        for (Address each : order) {
            PriceAnswers answer = answers.get(each);
            if (answer == null) {
                continue;
            }
            if (answer.getPartitionsList().contains(partition)) {
                return Optional.of(each);
            }
            if (stale.isEmpty() && answer.getStalePartitionsList().contains(partition)) {
                stale = Optional.of(each);
            }
        }
        return stale;
    }

    private List<PriceAnswer> merged(List<Address> chosen, Predicate<Instrument> wanted) {
        List<PriceAnswer> merged = new ArrayList<>();
        answers.forEach((address, prices) -> {
            for (PriceAnswer price : prices.getItemsList()) {
                Instrument instrument = Instrument.parse(price.getPrice().getInstrument());
                int partition = InstrumentPartitioner.partitionOf(instrument, partitions);
                if (chosen.get(partition).equals(address) && wanted.test(instrument)) {
                    merged.add(price);
                }
            }
        });
        return merged;
    }
}
