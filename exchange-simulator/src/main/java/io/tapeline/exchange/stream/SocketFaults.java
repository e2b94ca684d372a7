package io.tapeline.exchange.stream;

import io.tapeline.exchange.fault.ActiveFault;
import io.tapeline.exchange.fault.FaultSite;
import io.tapeline.exchange.fault.SocketFault;
import io.tapeline.exchange.fault.SocketFault.Drop;
import io.tapeline.exchange.fault.SocketFault.DropAll;
import io.tapeline.exchange.fault.SocketFault.HalfOpen;
import io.tapeline.exchange.fault.SocketFault.Lifetime;
import io.tapeline.exchange.fault.SocketFault.Manner;
import io.tapeline.exchange.fault.SocketFault.NoPings;
import io.tapeline.exchange.fault.SocketFault.PingTimeout;
import io.tapeline.exchange.fault.SocketFault.RefuseConnects;
import io.tapeline.exchange.fault.SocketFault.ServerShutdown;
import io.tapeline.exchange.fault.SocketFault.Slow;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.CopyOnWriteArrayList;
import org.eclipse.jetty.websocket.core.CloseStatus;

/** Does the faults of connections as a whole. */
final class SocketFaults implements FaultSite<SocketFault> {

    private static final byte[] SHUTDOWN_STREAM =
            "!serverShutdown".getBytes(StandardCharsets.UTF_8);

    private final StreamHub hub;
    private final List<Applied> applied = new CopyOnWriteArrayList<>();
    private final Map<ActiveFault, Map<Connection, Instant>> closings = new HashMap<>();

    /**
     * @param touched the connections at which something was done that is not to be done twice
     */
    private record Applied(
            SocketFault fault, ActiveFault active, Selection selection, Set<Connection> touched) {}

    SocketFaults(StreamHub hub) {
        this.hub = hub;
    }

    @Override
    public void begin(SocketFault fault, ActiveFault active) {
        Selection selection = new Selection(fault.sockets(), c -> true, false);
        selection.bind(hub.open());
        switch (fault) {
            case Drop drop -> drop(selection, drop.manner(), active);
            case DropAll drop -> drop(selection, drop.manner(), active);
            case ServerShutdown shutdown -> shutdown(selection, shutdown, active);
            case Lifetime _, NoPings _, PingTimeout _, HalfOpen _, Slow _, RefuseConnects _ -> {
                Applied one = new Applied(fault, active, selection, new HashSet<>());
                applied.add(one);
                keep(one, active.began());
            }
        }
    }

    private void drop(Selection selection, Manner manner, ActiveFault active) {
        for (Connection connection : selection.of(hub.open())) {
            active.strike(connection.text());
            switch (manner) {
                case RESET -> connection.reset();
                case CLOSE -> connection.close(CloseStatus.SHUTDOWN, "");
            }
        }
        active.finish();
    }

    /** A.2: told in both shapes, closed after 0 to N; the ten minutes are no longer promised. */
    private void shutdown(Selection selection, ServerShutdown fault, ActiveFault active) {
        SplittableRandom random = new SplittableRandom(fault.seed());
        Map<Connection, Instant> due = new HashMap<>();
        for (Connection connection : selection.of(hub.open())) {
            active.strike(connection.text());
            long time =
                    switch (connection.precision()) {
                        case MILLISECOND -> active.began().toEpochMilli();
                        case MICROSECOND -> active.began().toEpochMilli() * 1_000L;
                    };
            String payload = "{\"e\":\"serverShutdown\",\"E\":" + time + "}";
            connection.tell(
                    new Outgoing(SHUTDOWN_STREAM, payload.getBytes(StandardCharsets.UTF_8), null));
            long millis = random.nextLong(fault.within().toMillis() + 1);
            due.put(connection, active.began().plusMillis(millis));
        }
        closings.put(active, due);
    }

    @Override
    public void end(SocketFault fault, ActiveFault active) {
        closings.remove(active);
        for (Applied one : applied) {
            if (one.active() == active) {
                applied.remove(one);
                undo(one);
            }
        }
    }

    private static void undo(Applied one) {
        switch (one.fault()) {
            case HalfOpen _ -> one.touched().forEach(Connection::reset);
            case Slow _ -> one.touched().forEach(connection -> connection.sender().pace(0));
            case Drop _, DropAll _, ServerShutdown _ -> {}
            case Lifetime _, NoPings _, PingTimeout _, RefuseConnects _ -> {}
        }
    }

    @Override
    public void tick(Instant now) {
        closings.forEach((active, due) -> {
            List<Connection> closed = new ArrayList<>();
            due.forEach((connection, at) -> {
                if (!at.isAfter(now)) {
                    connection.close(CloseStatus.SHUTDOWN, "");
                    closed.add(connection);
                }
            });
            closed.forEach(due::remove);
            if (due.isEmpty()) {
                active.finish();
            }
        });
        for (Applied one : applied) {
            keep(one, now);
        }
    }

    private void keep(Applied one, Instant now) {
        one.selection().bind(hub.open());
        List<Connection> struck = one.selection().of(hub.open());
        switch (one.fault()) {
            case Lifetime lifetime -> {
                for (Connection connection : struck) {
                    if (!connection.since().plus(lifetime.after()).isAfter(now)
                            && one.touched().add(connection)
                            && one.active().tryStrike(connection.text())) {
                        connection.close(CloseStatus.SHUTDOWN, "");
                    }
                }
            }
            case HalfOpen _ -> {
                for (Connection connection : struck) {
                    if (one.touched().add(connection)) {
                        one.active().strike(connection.text());
                        connection.freeze();
                    }
                }
            }
            case Slow slow -> {
                for (Connection connection : struck) {
                    if (one.touched().add(connection)) {
                        one.active().strike(connection.text());
                        connection.sender().pace(slow.bytesPerSecond());
                    }
                    connection.sender().flush();
                }
            }
            case NoPings _, PingTimeout _, RefuseConnects _ -> {}
            case Drop _, DropAll _, ServerShutdown _ -> {}
        }
        forgetClosed(one);
        if (one.selection().exhausted(hub.open(), c -> false)) {
            one.active().finish();
        }
    }

    private void forgetClosed(Applied one) {
        for (Iterator<Connection> each = one.touched().iterator(); each.hasNext(); ) {
            if (!hub.open().contains(each.next())) {
                each.remove();
            }
        }
    }

    /** Whether a ping that is due now is not to be sent. */
    boolean withholdPing(Connection connection) {
        for (Applied one : applied) {
            if (one.fault() instanceof NoPings && one.selection().includes(connection)) {
                one.active().strike(connection.text());
                return true;
            }
        }
        return false;
    }

    /** Whether a pong that came now is lost. */
    boolean losePong(Connection connection) {
        for (Applied one : applied) {
            if (one.fault() instanceof PingTimeout && one.selection().includes(connection)) {
                one.active().strike(connection.text());
                return true;
            }
        }
        return false;
    }

    /** Whether pings may reach the connection late because its socket is made slow. */
    boolean holdsPingsUp(Connection connection) {
        return applied.stream()
                .anyMatch(
                        one -> one.fault() instanceof Slow && one.selection().includes(connection));
    }

    /** The status with which a new socket is refused now, if it is. */
    OptionalInt refusal(String remote) {
        for (Applied one : applied) {
            if (one.fault() instanceof RefuseConnects refuse && one.active().tryStrike(remote)) {
                return OptionalInt.of(refuse.status());
            }
        }
        return OptionalInt.empty();
    }
}
