package io.tapeline.exchange.stream;

import io.tapeline.exchange.fault.ActiveFault;
import io.tapeline.exchange.fault.EventFault;
import io.tapeline.exchange.fault.FaultSite;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Stands between the market's flow and the sockets: each event passes the faults that go on, in the
 * order in which they began. Thread-safe; without faults it costs one read.
 */
final class EventFaults implements FaultSite<EventFault> {

    private final StreamHub hub;
    private final InstantSource clock;
    private final List<Applied> applied = new ArrayList<>();
    private final Set<Connection> touched = new LinkedHashSet<>();
    private volatile boolean any;

    private record Applied(
            EventFault fault, ActiveFault active, Selection selection, EventFilter filter) {

        boolean strikes(Delivery event) {
            return fault.scope().matches(event.stream()) && selection.includes(event.connection());
        }
    }

    EventFaults(StreamHub hub, InstantSource clock) {
        this.hub = hub;
        this.clock = clock;
    }

    /** Whether any fault goes on. */
    boolean any() {
        return any;
    }

    @Override
    public synchronized void begin(EventFault fault, ActiveFault active) {
        Selection selection =
                new Selection(
                        fault.scope().sockets(),
                        connection -> connection.subscriptions().carries(fault.scope()),
                        fault.lasting().count().isPresent());
        selection.bind(hub.open());
        applied.add(new Applied(fault, active, selection, EventFilter.of(fault, active, clock)));
        any = true;
    }

    @Override
    public void end(EventFault fault, ActiveFault active) {
        synchronized (this) {
            for (int i = 0; i < applied.size(); i++) {
                Applied one = applied.get(i);
                if (one.active() == active) {
                    int next = i + 1;
                    one.filter().flush(event -> pass(event, next));
                    applied.remove(i);
                    break;
                }
            }
            any = !applied.isEmpty();
        }
        flushTouched();
    }

    /** Brings the event to its connection, as far as the faults let it through. */
    synchronized void deliver(Delivery event) {
        pass(event, 0);
    }

    private void pass(Delivery event, int from) {
        for (int i = from; i < applied.size(); i++) {
            Applied one = applied.get(i);
            if (one.strikes(event)) {
                int next = i + 1;
                one.filter().take(event, onward -> pass(onward, next));
                return;
            }
        }
        event.send();
        touched.add(event.connection());
    }

    @Override
    public void tick(Instant now) {
        if (!any) {
            return;
        }
        synchronized (this) {
            for (int i = 0; i < applied.size(); i++) {
                Applied one = applied.get(i);
                int next = i + 1;
                one.selection().bind(hub.open());
                one.filter().release(now, event -> pass(event, next));
                if (one.selection().exhausted(hub.open(), c -> one.active().usedUp(c.text()))) {
                    one.active().finish();
                }
            }
        }
        flushTouched();
    }

    private void flushTouched() {
        List<Connection> written;
        synchronized (this) {
            written = List.copyOf(touched);
            touched.clear();
        }
        written.forEach(connection -> connection.sender().flush());
    }
}
