package io.tapeline.query.routing;

import com.google.protobuf.InvalidProtocolBufferException;
import io.tapeline.schemas.proto.RoutingTable;
import java.io.IOException;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The routing table, kept fresh: asked of whichever aggregator answers, every so often, and at once
 * when an answer shows that it is old.
 */
public final class Routing implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Routing.class);

    /** However many questions fail at a time, the table is not asked for more often than this. */
    static final Duration LEAST_PAUSE = Duration.ofMillis(200);

    /** So many may be silent, one after the other, within the time-out of a question. */
    private static final int MOST_SILENT = 4;

    private final Exchange exchange;
    private final List<Address> seeds;
    private final ScheduledExecutorService clock =
            Executors.newSingleThreadScheduledExecutor(
                    Thread.ofPlatform().daemon().name("routing").factory());

    private final Suspects suspects = new Suspects(System::nanoTime);
    private final ReentrantLock refreshing = new ReentrantLock();
    private final AtomicBoolean due = new AtomicBoolean();
    private volatile Routes routes = Routes.NONE;
    private long askedNanos = System.nanoTime() - LEAST_PAUSE.toNanos();
    private boolean told;

    /**
     * @param seeds aggregators that are asked when no other is known
     * @param every how often the table is asked for
     */
    public Routing(Exchange exchange, List<Address> seeds, Duration every) {
        this.exchange = exchange;
        this.seeds = List.copyOf(seeds);
        var _ =
                clock.scheduleWithFixedDelay(
                        this::refresh, 0, every.toMillis(), TimeUnit.MILLISECONDS);
    }

    Routes current() {
        return routes;
    }

    /** Those who may answer, the active one first, but for those that did not just now. */
    List<Address> candidates(Store store, int partition) {
        return suspects.last(routes.candidates(store, partition));
    }

    /** The active one by the table, whether it answers or not; a standby where there is none. */
    public Optional<Address> holder(Store store, int partition) {
        return routes.candidates(store, partition).stream().findFirst();
    }

    Suspects suspects() {
        return suspects;
    }

    /** Those that are configured and those that the table names. */
    public Set<Address> instances() {
        Set<Address> all = new LinkedHashSet<>(routes.instances());
        if (all.isEmpty()) {
            all.addAll(seeds);
        }
        return all;
    }

    /** Takes the table that came with a 421. */
    void tell(byte[] body) {
        accept(body);
    }

    /**
     * Asks for the table, unless that was done just now. While another thread is about it, only who
     * has no table yet waits.
     *
     * @param deadline of the question that wants to know
     */
    void refresh(Deadline deadline) {
        if (!begin(deadline)) {
            return;
        }
        try {
            if (System.nanoTime() - askedNanos >= LEAST_PAUSE.toNanos()) {
                askAround(deadline);
                askedNanos = System.nanoTime();
            }
        } finally {
            refreshing.unlock();
        }
    }

    /** For the next question, where this one has no time left. */
    public void refreshLater() {
        if (!due.getAndSet(true)) {
            clock.execute(this::refresh);
        }
    }

    private void refresh() {
        due.set(false);
        refresh(Deadline.in(exchange.timeout()));
    }

    private boolean begin(Deadline deadline) {
        try {
            return routes.isEmpty()
                    ? refreshing.tryLock(deadline.left().toNanos(), TimeUnit.NANOSECONDS)
                    : refreshing.tryLock();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    /**
     * The first table of an instance that hears from Kafka is taken. One that is cut off goes on
     * telling what it last heard: its table is taken where there is none at all.
     */
    private void askAround(Deadline deadline) {
        Set<Address> all = new LinkedHashSet<>(routes.instances());
        all.addAll(seeds);
        List<Address> order = suspects.last(List.copyOf(all));
        byte @Nullable [] old = null;
        boolean answered = false;
        for (int i = 0; i < order.size() && !answered && !deadline.hasPassed(); i++) {
            InstanceAnswer answer = ask(order.get(i), share(deadline, i < order.size() - 1));
            if (answer == null) {
                continue;
            }
            if (Aggregators.isBehind(answer)) {
                old = old == null ? answer.body() : old;
            } else {
                answered = accept(answer.body());
            }
        }
        if (!answered && old != null) {
            answered = !routes.isEmpty() || accept(old);
        }
        if (!answered && !told) {
            LOG.atWarn().addKeyValue("asked", all).log("routing: no aggregator answers");
        }
        told = !answered;
    }

    /** Who has a table can do without a new one for longer than a question can wait. */
    private Duration share(Deadline deadline, boolean others) {
        Duration left = deadline.left();
        if (routes.isEmpty()) {
            return others ? left.dividedBy(2) : left;
        }
        Duration most = exchange.timeout().dividedBy(MOST_SILENT);
        return left.compareTo(most) < 0 ? left : most;
    }

    /** Null where it has no table to tell. */
    private @Nullable InstanceAnswer ask(Address address, Duration within) {
        try {
            InstanceAnswer answer = exchange.get(address, "/internal/routing", within);
            suspects.answered(address);
            return answer.status() == 200 ? answer : null;
        } catch (IOException e) {
            suspects.failed(address);
            LOG.atDebug().addKeyValue("aggregator", address).log("routing: no answer");
            return null;
        }
    }

    private boolean accept(byte[] body) {
        try {
            Routes fresh = Routes.of(RoutingTable.parseFrom(body));
            // While the group of aggregators forms, a table may be empty: the old one is better.
            if (!fresh.isEmpty()) {
                routes = fresh;
            }
            return !fresh.isEmpty();
        } catch (InvalidProtocolBufferException | IllegalArgumentException e) {
            LOG.atWarn().setCause(e).log("routing: a table could not be read");
            return false;
        }
    }

    @Override
    public void close() {
        clock.shutdownNow();
    }
}
