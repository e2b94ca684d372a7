package io.tapeline.exchange.stream;

import io.tapeline.exchange.fault.ActiveFault;
import io.tapeline.exchange.fault.AnswerFault;
import io.tapeline.exchange.fault.FaultSite;
import io.tapeline.exchange.market.StreamName;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/** Spoils the answers to {@code SUBSCRIBE} (A.8 point 19). */
final class AnswerFaults implements FaultSite<AnswerFault> {

    private final StreamHub hub;
    private final List<Applied> applied = new CopyOnWriteArrayList<>();
    private final List<Waiting> waiting = new ArrayList<>();

    private record Applied(AnswerFault fault, ActiveFault active, Selection selection) {}

    private record Waiting(Connection connection, String answer, Instant due) {}

    AnswerFaults(StreamHub hub) {
        this.hub = hub;
    }

    @Override
    public void begin(AnswerFault fault, ActiveFault active) {
        Selection selection = new Selection(fault.scope().sockets(), c -> true, false);
        selection.bind(hub.open());
        applied.add(new Applied(fault, active, selection));
    }

    @Override
    public void end(AnswerFault fault, ActiveFault active) {
        applied.removeIf(one -> one.active() == active);
    }

    /** The fault that strikes this request, if any. */
    @Nullable AnswerFault next(Connection connection, List<StreamName> wanted) {
        for (Applied one : applied) {
            one.selection().bind(hub.open());
            if (one.selection().includes(connection)
                    && wanted.stream().anyMatch(one.fault().scope()::matches)
                    && one.active().tryStrike(connection.text())) {
                return one.fault();
            }
        }
        return null;
    }

    void replyLater(Connection connection, String answer, Instant due) {
        synchronized (waiting) {
            waiting.add(new Waiting(connection, answer, due));
        }
    }

    @Override
    public void tick(Instant now) {
        synchronized (waiting) {
            for (Iterator<Waiting> each = waiting.iterator(); each.hasNext(); ) {
                Waiting one = each.next();
                if (!one.due().isAfter(now)) {
                    each.remove();
                    one.connection().reply(one.answer());
                }
            }
        }
    }
}
