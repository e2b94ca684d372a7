package io.tapeline.ingestor.binance;

import io.tapeline.ingestor.binance.StreamTable.Followed;
import io.tapeline.ingestor.feed.ByteKeyTable;
import io.tapeline.ingestor.feed.IngestorCounters;
import io.tapeline.ingestor.feed.IngestorCounters.Count;
import io.tapeline.ingestor.feed.RawRoute;
import io.tapeline.ingestor.json.JsonElements;
import io.tapeline.ingestor.json.JsonMembers;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.function.Supplier;

/**
 * Takes the messages of one connection, one after the other: strips the envelope, cuts arrays into
 * their elements, and hands each event's own bytes to its route. Makes no objects but those bytes.
 */
final class EventRouter {

    /** What is not an event. */
    interface Control {

        void answered(ControlAnswer answer);

        /** The server is about to close this connection (EXCHANGES.md A.2). */
        void serverShutdown();
    }

    private static final byte[] SYMBOL = {'s'};
    private static final byte[] EVENT = {'e'};
    private static final byte[] SERVER_SHUTDOWN =
            "!serverShutdown".getBytes(StandardCharsets.US_ASCII);

    private final Supplier<SessionStreams> streams;
    private final Control control;
    private final IngestorCounters counters;
    private final Envelope envelope = new Envelope();

    /**
     * @param streams asked for each message: what is followed changes while a connection lives
     */
    EventRouter(Supplier<SessionStreams> streams, Control control, IngestorCounters counters) {
        this.streams = streams;
        this.control = control;
        this.counters = counters;
    }

    /** The bytes are only read during the call. */
    void message(byte[] message, int from, int to, long receivedNanos) {
        counters.increment(Count.FRAMES);
        counters.add(Count.FRAME_BYTES, to - from);
        if (envelope.read(message, from, to)) {
            event(message, receivedNanos);
            return;
        }
        ControlAnswer answer = ControlAnswer.read(message, from, to);
        if (answer != null) {
            counters.increment(Count.CONTROL);
            control.answered(answer);
        } else if (isServerShutdown(message, from, to)) {
            counters.increment(Count.CONTROL);
            control.serverShutdown();
        } else {
            counters.increment(Count.MALFORMED);
        }
    }

    /** As it comes without an envelope: {@code {"e":"serverShutdown","E":...}}. */
    private static boolean isServerShutdown(byte[] message, int from, int to) {
        JsonMembers members = new JsonMembers(message, from, to);
        while (members.next()) {
            if (members.keyIs(EVENT) && members.valueIsString()) {
                return members.valueText().equals("serverShutdown");
            }
        }
        return false;
    }

    private void event(byte[] message, long receivedNanos) {
        SessionStreams.Entry entry =
                streams.get().find(message, envelope.streamFrom(), envelope.streamTo());
        if (entry == null) {
            notFollowed(message);
            return;
        }
        switch (entry.followed()) {
            case Followed.Single(_, RawRoute route) -> {
                byte[] payload =
                        Arrays.copyOfRange(message, envelope.dataFrom(), envelope.dataTo());
                entry.activity().received(receivedNanos, payload);
                route.publish(payload, receivedNanos);
            }
            case Followed.Array(_, ByteKeyTable<RawRoute> routes) -> {
                entry.activity().received(receivedNanos, null);
                elements(routes, message, receivedNanos);
            }
        }
    }

    private void elements(ByteKeyTable<RawRoute> routes, byte[] message, long receivedNanos) {
        JsonElements elements = new JsonElements(message, envelope.dataFrom(), envelope.dataTo());
        while (elements.next()) {
            element(routes, message, elements.elementFrom(), elements.elementTo(), receivedNanos);
        }
        if (!elements.wellFormed()) {
            counters.increment(Count.MALFORMED);
        }
    }

    private void element(
            ByteKeyTable<RawRoute> routes, byte[] message, int from, int to, long receivedNanos) {
        JsonMembers members = new JsonMembers(message, from, to);
        while (members.next()) {
            if (members.keyIs(SYMBOL) && members.valueIsString()) {
                RawRoute route =
                        routes.find(message, members.valueFrom() + 1, members.valueTo() - 1);
                if (route == null) {
                    counters.increment(Count.UNKNOWN);
                } else {
                    route.publish(Arrays.copyOfRange(message, from, to), receivedNanos);
                }
                return;
            }
        }
        counters.increment(Count.MALFORMED);
    }

    /** An unsubscribed stream's last events may still be on their way: no reason for alarm. */
    private void notFollowed(byte[] message) {
        if (Arrays.equals(
                message,
                envelope.streamFrom(),
                envelope.streamTo(),
                SERVER_SHUTDOWN,
                0,
                SERVER_SHUTDOWN.length)) {
            counters.increment(Count.CONTROL);
            control.serverShutdown();
        } else {
            counters.increment(Count.UNKNOWN);
        }
    }
}
