package io.tapeline.ingestor.binance;

import io.tapeline.ingestor.connection.DecisionThread;
import io.tapeline.ingestor.connection.Sockets;
import io.tapeline.ingestor.feed.IngestorCounters;
import io.tapeline.ingestor.share.Interruption;
import io.tapeline.ingestor.share.InterruptionListener;
import io.tapeline.ingestor.share.StreamKey;
import io.tapeline.ingestor.watchdog.Sight;
import java.net.URI;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import java.util.function.LongFunction;
import org.jspecify.annotations.Nullable;

/**
 * Does what its slot decides: opens sockets, sends, closes, tells. Whatever happens, happens on the
 * scheduler's single thread; only messages are handled where they are read.
 */
final class BinanceConnection implements StreamSession.Owner, AutoCloseable {

    private final String line;
    private final String name;
    private final URI address;
    private final Sockets sockets;
    private final ConnectionSlot slot;
    private final InterruptionListener listener;
    private final IngestorCounters counters;
    private final SlotLog log;
    private final DecisionThread decisions;
    private final AtomicLong newestFrameNanos = new AtomicLong();
    private final Map<Long, StreamSession> sessions = new HashMap<>();
    private StreamTable streams = StreamTable.EMPTY;
    private volatile boolean open;
    private volatile int subscribed;
    private volatile int refused;
    private @Nullable ScheduledFuture<?> alarm;

    BinanceConnection(
            String line,
            String name,
            URI address,
            Sockets sockets,
            Function<Succession.Carriage, ConnectionSlot> slot,
            InterruptionListener listener,
            IngestorCounters counters,
            ScheduledExecutorService scheduler) {
        this.line = line;
        this.name = name;
        this.address = address;
        this.sockets = sockets;
        this.slot = slot.apply(new Brought());
        this.listener = listener;
        this.counters = counters;
        this.log = new SlotLog(name, counters);
        this.decisions = new DecisionThread(name, scheduler);
    }

    /**
     * From now on these streams, and no others.
     *
     * @param table in which they are
     * @param first of the streams that were not wanted before
     */
    void want(StreamTable table, Set<String> wanted, Interruption first) {
        decide(now -> {
            streams = table;
            // Before anything is subscribed, so that no first event is unknown.
            sessions.values().forEach(session -> follow(session, wanted));
            return slot.want(wanted, first, now);
        });
    }

    private void follow(StreamSession session, Collection<String> wanted) {
        session.streams(session.streams().next(streams, wanted));
    }

    /** The streams that the exchange has confirmed on the connections as they are now. */
    int subscribed() {
        return subscribed;
    }

    /** The streams that the exchange refuses on the connections as they are now. */
    int refused() {
        return refused;
    }

    boolean isOpen() {
        return open;
    }

    /** When the newest message was read, nanoseconds since the epoch; 0 if none was yet. */
    long newestFrameNanos() {
        return newestFrameNanos.get();
    }

    String name() {
        return name;
    }

    /**
     * Adds what can be seen of the streams. Nothing while a connection is being replaced, and of
     * streams that are not confirmed. On the deciding thread.
     */
    void look(List<Sight> into) {
        StreamSession sole = sessions.get(slot.soleSession());
        if (sole != null) {
            sole.streams()
                    .entries()
                    .forEach((stream, entry) -> {
                        if (entry.activity().confirmedNanos() != 0
                                && StreamSight.isWatched(entry)) {
                            into.add(StreamSight.of(line, name, stream, entry));
                        }
                    });
        }
    }

    /** These bring nothing though there is something. On the deciding thread. */
    void stalled(Collection<String> stalled) {
        decideNow(now -> slot.stalled(interruptions(stalled), now));
    }

    /**
     * The connection brings nothing though it is open. On the deciding thread.
     *
     * @param stalled the streams that had come until then
     */
    void connectionStalled(Collection<String> stalled) {
        decideNow(now -> slot.connectionStalled(interruptions(stalled), now));
    }

    private Map<String, Interruption> interruptions(Collection<String> stalled) {
        Map<String, Interruption> interruptions = new HashMap<>();
        StreamSession sole = sessions.get(slot.soleSession());
        for (String stream : stalled) {
            StreamActivity activity = sole == null ? null : sole.streams().activity(stream);
            interruptions.put(
                    stream, Interruption.stalled(activity == null ? 0 : activity.newestNanos()));
        }
        return interruptions;
    }

    @Override
    public void close() {
        decide(_ -> slot.stop());
    }

    @Override
    public void opened(long session) {
        decide(now -> slot.opened(session, now));
    }

    @Override
    public void ended(long session, String reason, Refusal refusal) {
        decide(now -> {
            List<SlotAction> actions = slot.ended(session, reason, refusal, now);
            sessions.remove(session);
            return actions;
        });
    }

    @Override
    public void answered(long session, ControlAnswer answer) {
        decide(now -> slot.answered(session, answer, now));
    }

    @Override
    public void serverShutdown(long session) {
        log.serverShutdown();
        decide(now -> slot.serverShutdown(session, now));
    }

    private void decide(LongFunction<List<SlotAction>> decision) {
        decisions.post(() -> decideNow(decision));
    }

    private void decideNow(LongFunction<List<SlotAction>> decision) {
        List<SlotAction> actions = decision.apply(System.nanoTime());
        cancelAlarm();
        subscribed = slot.subscribedCount();
        refused = slot.refusedCount();
        open = slot.isOpen();
        applyAll(actions);
    }

    /** One that fails keeps none of the others from being done, the next alarm above all. */
    private void applyAll(List<SlotAction> actions) {
        RuntimeException failure = null;
        for (SlotAction action : actions) {
            try {
                apply(action);
            } catch (RuntimeException e) {
                if (failure == null) {
                    failure = e;
                } else {
                    failure.addSuppressed(e);
                }
            }
        }
        if (failure != null) {
            throw failure;
        }
    }

    private void apply(SlotAction action) {
        switch (action) {
            case SlotAction.Connect(long session) -> connect(session);
            case SlotAction.Send(long session, String message) -> {
                StreamSession to = sessions.get(session);
                if (to != null) {
                    to.send(message);
                }
            }
            case SlotAction.Close(long session) -> {
                StreamSession closed = sessions.get(session);
                if (closed != null) {
                    closed.close();
                }
            }
            case SlotAction.WakeAt(long nanos) ->
                    alarm = decisions.at(nanos, () -> decideNow(slot::advance));
            case SlotAction.Confirmed(long session, List<String> confirmed) ->
                    confirmed(session, confirmed);
            case SlotAction.Carried(List<String> carried, Interruption after) -> {
                List<StreamKey> contents =
                        streams.missable(carried).stream().map(SubscribedStream::key).toList();
                if (!contents.isEmpty()) {
                    listener.carries(line, contents, after);
                }
            }
            case SlotAction.Note note -> log.note(note);
        }
    }

    private void connect(long number) {
        StreamSession session = new StreamSession(number, this, counters, newestFrameNanos);
        follow(session, slot.wanted());
        sessions.put(number, session);
        sockets.connect(address, session);
    }

    private void confirmed(long number, List<String> confirmed) {
        StreamSession session = sessions.get(number);
        if (session == null) {
            return;
        }
        long now = System.nanoTime();
        for (String stream : confirmed) {
            StreamActivity activity = session.streams().activity(stream);
            if (activity != null) {
                activity.confirmed(now);
            }
        }
    }

    private void cancelAlarm() {
        if (alarm != null) {
            alarm.cancel(false);
            alarm = null;
        }
    }

    private final class Brought implements Succession.Carriage {

        @Override
        public boolean brought(long session, String stream) {
            StreamSession asked = sessions.get(session);
            StreamActivity activity = asked == null ? null : asked.streams().activity(stream);
            return activity != null && activity.count() > 0;
        }

        @Override
        public long newestNanos(long session) {
            StreamSession asked = sessions.get(session);
            return asked == null ? 0 : asked.newestNanos();
        }
    }
}
