package io.tapeline.exchange.fault;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.PriorityQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What goes wrong, and when: injects faults, ends them, and remembers them. Thread-safe. */
public final class Faults implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Faults.class);
    private static final long TICK_MILLIS = 5;
    private static final int MOST_KEPT = 10_000;
    private static final int MOST_WAITING = 100_000;

    private final InstantSource clock;
    private final Sites sites;
    private final PriorityQueue<Due> waiting =
            new PriorityQueue<>(Comparator.comparing(Due::at).thenComparingLong(Due::number));
    private final List<ActiveFault> active = new ArrayList<>();
    private final Deque<ActiveFault> history = new ArrayDeque<>();
    private final ScheduledExecutorService keeper;
    private long injected;
    private long numbered;
    private boolean closed;

    /** Where each kind of fault is done. */
    public record Sites(
            FaultSite<SocketFault> sockets,
            FaultSite<EventFault> events,
            FaultSite<AnswerFault> answers,
            FaultSite<RestFault> rest,
            FaultSite<MarketFault> market,
            FaultSite<VenueFault> venues) {}

    private record Due(Instant at, long number, Fault fault) {}

    public Faults(Sites sites, InstantSource clock) {
        this.sites = sites;
        this.clock = clock;
        this.keeper =
                Executors.newSingleThreadScheduledExecutor(
                        Thread.ofPlatform().name("exchange-faults").daemon(true).factory());
    }

    /** Starts the clock of the script given. */
    public void start(FaultScript script) {
        run(script);
        var unused =
                keeper.scheduleWithFixedDelay(
                        this::tick, TICK_MILLIS, TICK_MILLIS, TimeUnit.MILLISECONDS);
    }

    /** The fault begins now. It has begun, and what is one act is done, when this returns. */
    public synchronized ActiveFault inject(Fault fault) {
        ActiveFault begun = new ActiveFault(++injected, fault, clock.instant());
        LOG.atInfo().addKeyValue("fault", fault.line()).log("Fault begins");
        active.add(begun);
        history.add(begun);
        if (history.size() > MOST_KEPT) {
            history.remove();
        }
        begin(begun);
        return begun;
    }

    /** The script's clock begins now; lines without an offset begin at once, the others later. */
    public synchronized void run(FaultScript script) {
        Instant now = clock.instant();
        for (FaultScript.Line line : script.lines()) {
            if (line.offset().equals(Duration.ZERO)) {
                inject(line.fault());
            } else if (waiting.size() >= MOST_WAITING) {
                throw new IllegalStateException(
                        "more than " + MOST_WAITING + " faults wait for their time");
            } else {
                waiting.add(new Due(now.plus(line.offset()), numbered++, line.fault()));
            }
        }
    }

    /** Ends the faults that go on, and forgets those whose time has not come. */
    public synchronized void clear() {
        waiting.clear();
        active.forEach(ActiveFault::finish);
        endWhatIsOver(clock.instant());
    }

    /** Those that were injected, the oldest first. */
    public synchronized List<ActiveFault.Report> history() {
        return history.stream().map(ActiveFault::report).toList();
    }

    /** How many go on now. */
    public synchronized int active() {
        return active.size();
    }

    private synchronized void tick() {
        if (closed) {
            return;
        }
        try {
            Instant now = clock.instant();
            for (Due due = waiting.peek(); due != null && !due.at().isAfter(now); ) {
                waiting.remove();
                injectDue(due);
                due = waiting.peek();
            }
            sites.sockets().tick(now);
            sites.events().tick(now);
            sites.answers().tick(now);
            sites.rest().tick(now);
            sites.market().tick(now);
            sites.venues().tick(now);
            endWhatIsOver(now);
        } catch (RuntimeException e) {
            // One fault's trouble must not end the others.
            LOG.atError().setCause(e).log("A turn of the faults failed");
        }
    }

    private void injectDue(Due due) {
        try {
            inject(due.fault());
        } catch (RuntimeException e) {
            LOG.atError()
                    .setCause(e)
                    .addKeyValue("fault", due.fault().line())
                    .log("A fault could not be done");
        }
    }

    private void endWhatIsOver(Instant now) {
        for (Iterator<ActiveFault> each = active.iterator(); each.hasNext(); ) {
            ActiveFault one = each.next();
            Instant due = one.due();
            if (one.over() || (due != null && !due.isAfter(now))) {
                each.remove();
                one.ended(now);
                end(one);
                LOG.atInfo().addKeyValue("fault", one.fault().line()).log("Fault ended");
            }
        }
    }

    private void begin(ActiveFault begun) {
        try {
            switch (begun.fault()) {
                case SocketFault fault -> sites.sockets().begin(fault, begun);
                case EventFault fault -> sites.events().begin(fault, begun);
                case AnswerFault fault -> sites.answers().begin(fault, begun);
                case RestFault fault -> sites.rest().begin(fault, begun);
                case MarketFault fault -> sites.market().begin(fault, begun);
                case VenueFault fault -> sites.venues().begin(fault, begun);
            }
        } catch (RuntimeException e) {
            begun.finish();
            throw e;
        }
    }

    private void end(ActiveFault over) {
        switch (over.fault()) {
            case SocketFault fault -> sites.sockets().end(fault, over);
            case EventFault fault -> sites.events().end(fault, over);
            case AnswerFault fault -> sites.answers().end(fault, over);
            case RestFault fault -> sites.rest().end(fault, over);
            case MarketFault fault -> sites.market().end(fault, over);
            case VenueFault fault -> sites.venues().end(fault, over);
        }
    }

    /** Nothing begins or ends any more. */
    @Override
    public void close() {
        keeper.shutdownNow();
        synchronized (this) {
            closed = true;
            sites.sockets().stop();
            sites.events().stop();
            sites.answers().stop();
            sites.rest().stop();
            sites.market().stop();
            sites.venues().stop();
        }
    }
}
