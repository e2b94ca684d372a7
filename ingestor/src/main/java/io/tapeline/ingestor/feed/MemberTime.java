package io.tapeline.ingestor.feed;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * The time that stands after a member's name in a small payload, as both ends of its span. No JSON
 * is parsed: the first occurrence of the name counts, and a wrong span is a wrong note in the
 * ledger, nothing more.
 */
public final class MemberTime implements EventSpan {

    private final byte[] name;
    private final long microsPerUnit;

    /**
     * @param member whose value is the time, a whole number
     * @param microsPerUnit of that number: 1,000,000 for seconds
     */
    public MemberTime(String member, long microsPerUnit) {
        this.name = ("\"" + member + "\":").getBytes(StandardCharsets.UTF_8);
        this.microsPerUnit = microsPerUnit;
    }

    @Override
    public long first(byte[] payload) {
        int end = payload.length - name.length;
        for (int at = 0; at < end; at++) {
            if (payload[at] == name[0]
                    && Arrays.equals(payload, at, at + name.length, name, 0, name.length)) {
                return digits(payload, at + name.length) * microsPerUnit;
            }
        }
        return 0;
    }

    @Override
    public long last(byte[] payload) {
        return first(payload);
    }

    private static long digits(byte[] payload, int from) {
        long number = 0;
        int at = from;
        while (at < payload.length && payload[at] == ' ') {
            at++;
        }
        for (; at < payload.length && payload[at] >= '0' && payload[at] <= '9'; at++) {
            number = number * 10 + (payload[at] - '0');
        }
        return number;
    }
}
