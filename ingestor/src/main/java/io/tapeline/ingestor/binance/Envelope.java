package io.tapeline.ingestor.binance;

import static io.tapeline.ingestor.json.JsonBytes.NONE;

import io.tapeline.ingestor.json.JsonBytes;
import io.tapeline.ingestor.json.JsonMembers;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * The envelope of a combined stream, {@code {"stream":"<name>","data":<payload>}} (EXCHANGES.md
 * A.2): where name and payload stand in a message. One instance serves one connection and is used
 * again for each message, so that reading makes no objects.
 *
 * <p>The exchange's own spelling takes the short way; other member orders, white space and members
 * yet unknown are read too.
 */
final class Envelope {

    private static final byte[] HEAD = "{\"stream\":\"".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] MIDDLE = "\",\"data\":".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] STREAM = "stream".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] DATA = "data".getBytes(StandardCharsets.US_ASCII);

    private int streamFrom;
    private int streamTo;
    private int dataFrom;
    private int dataTo;

    /** Whether the message is an envelope; its parts can then be asked for. */
    boolean read(byte[] message, int from, int to) {
        return readAsSent(message, from, to) || readAnyOrder(message, from, to);
    }

    private boolean readAsSent(byte[] message, int from, int to) {
        int nameFrom = from + HEAD.length;
        if (nameFrom >= to || !Arrays.equals(message, from, nameFrom, HEAD, 0, HEAD.length)) {
            return false;
        }
        int nameTo = nameFrom;
        while (nameTo < to && message[nameTo] != '"') {
            if (message[nameTo] == '\\') {
                return false;
            }
            nameTo++;
        }
        int valueFrom = nameTo + MIDDLE.length;
        if (valueFrom >= to
                || !Arrays.equals(message, nameTo, valueFrom, MIDDLE, 0, MIDDLE.length)) {
            return false;
        }
        int valueTo = JsonBytes.endOfValue(message, valueFrom, to);
        if (valueTo == NONE || valueTo != to - 1 || message[valueTo] != '}') {
            return false;
        }
        streamFrom = nameFrom;
        streamTo = nameTo;
        dataFrom = valueFrom;
        dataTo = valueTo;
        return true;
    }

    private boolean readAnyOrder(byte[] message, int from, int to) {
        JsonMembers members = new JsonMembers(message, from, to);
        boolean hasStream = false;
        boolean hasData = false;
        while (members.next()) {
            if (members.keyIs(STREAM) && members.valueIsString()) {
                hasStream = true;
                streamFrom = members.valueFrom() + 1;
                streamTo = members.valueTo() - 1;
            } else if (members.keyIs(DATA)) {
                hasData = true;
                dataFrom = members.valueFrom();
                dataTo = members.valueTo();
            }
        }
        return members.wellFormed() && hasStream && hasData;
    }

    /** After the name's opening quote. */
    int streamFrom() {
        return streamFrom;
    }

    /** At the name's closing quote. */
    int streamTo() {
        return streamTo;
    }

    int dataFrom() {
        return dataFrom;
    }

    int dataTo() {
        return dataTo;
    }
}
