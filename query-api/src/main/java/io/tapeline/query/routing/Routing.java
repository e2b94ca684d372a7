package io.tapeline.query.routing;

import com.google.protobuf.InvalidProtocolBufferException;
import io.tapeline.schemas.proto.RoutingTable;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The routing table, kept fresh: asked of whichever aggregator answers, every so often, and at once
 * when an answer shows that it is old.
 */
public final class Routing implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Routing.class);

    /** However many questions fail at a time, the table is not asked for more often than this. */
    private static final Duration LEAST_PAUSE = Duration.ofMillis(200);

    /** So many may be silent, one after the other, within the time-out of a question. */
    private static final int MOST_SILENT = 4;

    private final Exchange exchange;
    private final List<Address> seeds;
    private final ScheduledExecutorService clock =
            Executors.newSingleThreadScheduledExecutor(
                    Thread.ofPlatform().daemon().name("routing").factory());

    private final Suspects suspects = new Suspects(System::nanoTime);
    private final ReentrantLock refreshing = new ReentrantLock();
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

    Suspects suspects() {
        return suspects;
    }

    /** Those that are configured and those that the table names. */
    Set<Address> instances() {
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
     */
    void refresh() {
        if (!begin()) {
            return;
        }
        try {
            if (System.nanoTime() - askedNanos >= LEAST_PAUSE.toNanos()) {
                askAround();
                askedNanos = System.nanoTime();
            }
        } finally {
            refreshing.unlock();
        }
    }

    private boolean begin() {
        try {
            return routes.isEmpty()
                    ? refreshing.tryLock(exchange.timeout().toMillis(), TimeUnit.MILLISECONDS)
                    : refreshing.tryLock();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private void askAround() {
        Set<Address> all = new LinkedHashSet<>(routes.instances());
        all.addAll(seeds);
        boolean answered = suspects.last(List.copyOf(all)).stream().anyMatch(this::ask);
        if (!answered && !told) {
            LOG.atWarn().addKeyValue("asked", all).log("routing: no aggregator answers");
        }
        told = !answered;
    }

    private boolean ask(Address address) {
        try {
            // Who has a table can do without a new one for longer than a question can wait.
            Duration within =
                    routes.isEmpty()
                            ? exchange.timeout()
                            : exchange.timeout().dividedBy(MOST_SILENT);
            HttpResponse<byte[]> answer = exchange.get(address, "/internal/routing", within);
            suspects.answered(address);
            return answer.statusCode() == 200 && accept(answer.body());
        } catch (IOException e) {
            suspects.failed(address);
            LOG.atDebug().addKeyValue("aggregator", address).log("routing: no answer");
            return false;
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
