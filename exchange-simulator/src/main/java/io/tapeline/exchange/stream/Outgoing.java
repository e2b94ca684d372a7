package io.tapeline.exchange.stream;

import io.tapeline.exchange.ledger.Ledger;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * A text frame on its way to one or many sockets: the bytes exist once, raw and enveloped, however
 * many sockets share them. Thread-safe.
 */
public final class Outgoing {

    private static final byte[] OPEN = "{\"stream\":\"".getBytes(StandardCharsets.UTF_8);
    private static final byte[] MIDDLE = "\",\"data\":".getBytes(StandardCharsets.UTF_8);

    private final byte[] raw;
    private final byte @Nullable [] streamName;
    private final Ledger.@Nullable Sending sending;
    private volatile byte @Nullable [] enveloped;

    /** An answer to a control message: never wrapped (EXCHANGES A.3), not in the ledger. */
    public Outgoing(String answer) {
        this.raw = answer.getBytes(StandardCharsets.UTF_8);
        this.streamName = null;
        this.sending = null;
    }

    public Outgoing(byte @Nullable [] streamName, byte[] raw, Ledger.@Nullable Sending sending) {
        this.streamName = streamName;
        this.raw = raw;
        this.sending = sending;
    }

    /** The same event in other bytes. */
    Outgoing withBytes(byte[] bytes) {
        return new Outgoing(streamName, bytes, sending);
    }

    public byte[] raw() {
        return raw;
    }

    /** The event in the envelope of combined streams. */
    byte[] enveloped() {
        byte[] name = streamName;
        if (name == null) {
            return raw;
        }
        byte[] made = enveloped;
        if (made == null) {
            made = new byte[OPEN.length + name.length + MIDDLE.length + raw.length + 1];
            int at = put(OPEN, made, 0);
            at = put(name, made, at);
            at = put(MIDDLE, made, at);
            at = put(raw, made, at);
            made[at] = '}';
            enveloped = made;
        }
        return made;
    }

    private static int put(byte[] from, byte[] into, int at) {
        System.arraycopy(from, 0, into, at, from.length);
        return at + from.length;
    }

    /** The frame has been written to the connection's socket. */
    public void sent(long connection) {
        if (sending != null) {
            sending.sent(connection);
        }
    }
}
