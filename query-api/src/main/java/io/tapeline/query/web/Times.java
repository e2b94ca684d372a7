package io.tapeline.query.web;

import java.time.Instant;
import java.time.LocalDate;
import tools.jackson.core.JsonGenerator;
import tools.jackson.databind.SerializationContext;
import tools.jackson.databind.module.SimpleModule;
import tools.jackson.databind.ser.std.StdSerializer;

/**
 * Times as {@link Instant#toString} writes them, without its formatter: a list of all prices has
 * thousands, and they were most of what it cost.
 */
final class Times extends StdSerializer<Instant> {

    private static final int DAY_SECONDS = 86_400;
    private static final int MOST_CHARACTERS = 30;
    private static final int LAST_YEAR = 9_999;

    private Times() {
        super(Instant.class);
    }

    /** For the mapper of answers. */
    static SimpleModule module() {
        return new SimpleModule("times").addSerializer(Instant.class, new Times());
    }

    @Override
    public void serialize(Instant time, JsonGenerator out, SerializationContext context) {
        out.writeString(text(time));
    }

    static String text(Instant time) {
        LocalDate day = LocalDate.ofEpochDay(Math.floorDiv(time.getEpochSecond(), DAY_SECONDS));
        if (day.getYear() < 0 || day.getYear() > LAST_YEAR) {
            return time.toString();
        }
        int second = Math.floorMod(time.getEpochSecond(), DAY_SECONDS);
        char[] text = new char[MOST_CHARACTERS];
        int at = digits(text, 0, day.getYear(), 4, '-');
        at = digits(text, at, day.getMonthValue(), 2, '-');
        at = digits(text, at, day.getDayOfMonth(), 2, 'T');
        at = digits(text, at, second / 3_600, 2, ':');
        at = digits(text, at, second / 60 % 60, 2, ':');
        int nanos = time.getNano();
        at = digits(text, at, second % 60, 2, nanos == 0 ? 'Z' : '.');
        if (nanos == 0) {
            return new String(text, 0, at);
        }
        // As many places as there are, in threes.
        if (nanos % 1_000_000 == 0) {
            at = digits(text, at, nanos / 1_000_000, 3, 'Z');
        } else if (nanos % 1_000 == 0) {
            at = digits(text, at, nanos / 1_000, 6, 'Z');
        } else {
            at = digits(text, at, nanos, 9, 'Z');
        }
        return new String(text, 0, at);
    }

    private static int digits(char[] text, int from, int value, int count, char after) {
        int left = value;
        for (int at = from + count - 1; at >= from; at--) {
            text[at] = (char) ('0' + left % 10);
            left /= 10;
        }
        text[from + count] = after;
        return from + count + 1;
    }
}
