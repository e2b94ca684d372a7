package io.tapeline.benchmarks.latency;

import io.tapeline.benchmarks.frames.FrameConnection;
import java.nio.charset.StandardCharsets;

/** An event's frame, of which times and ids are written in place. */
final class EventTemplate {

    private static final int TIME_DIGITS = 16;

    final byte[] frame;
    final int span;
    private final int timeAt;
    private final int firstAt;
    private final int finalAt;

    /**
     * @param payload with a time of 16 digits; ids, where it has some, of 11 digits
     */
    EventTemplate(String stream, String payload) {
        String text = "{\"stream\":\"" + stream + "\",\"data\":" + payload + "}";
        this.frame = FrameConnection.frame(text.getBytes(StandardCharsets.US_ASCII));
        int head = frame.length - text.length();
        this.timeAt = head + after(text, "\"E\":");
        int first = text.indexOf("\"U\":");
        if (first < 0) {
            firstAt = -1;
            finalAt = -1;
            span = 0;
        } else {
            firstAt = head + after(text, "\"U\":");
            finalAt = head + after(text, "\"u\":");
            span = (int) (number(finalAt) - number(firstAt)) + 1;
        }
    }

    private static int after(String text, String member) {
        int at = text.indexOf(member);
        if (at < 0) {
            throw new IllegalArgumentException("template: " + text + " has no " + member);
        }
        return at + member.length();
    }

    private long number(int from) {
        long number = 0;
        for (int at = from; frame[at] >= '0' && frame[at] <= '9'; at++) {
            number = number * 10 + frame[at] - '0';
        }
        return number;
    }

    /** The id of the first update. */
    long firstId() {
        return number(firstAt);
    }

    /** Due at the time, and beginning with the id where it has ids. */
    void stamp(long dueMicros, long firstId) {
        write(timeAt, TIME_DIGITS, dueMicros);
        if (firstAt >= 0) {
            write(firstAt, 11, firstId);
            write(finalAt, 11, firstId + span - 1);
        }
    }

    private void write(int from, int digits, long number) {
        long left = number;
        for (int at = from + digits - 1; at >= from; at--) {
            frame[at] = (byte) ('0' + left % 10);
            left /= 10;
        }
    }
}
