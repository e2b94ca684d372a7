package io.tapeline.query.web;

import io.tapeline.schemas.market.EpochMicros;
import org.jspecify.annotations.Nullable;

/** Cursors whose position is a time. */
final class Positions {

    private Positions() {}

    /** Null where no cursor was given. */
    static @Nullable EpochMicros time(String question, @Nullable String cursor) {
        String position = Cursor.read(question, cursor);
        if (position == null) {
            return null;
        }
        if (!position.matches("[0-9]{1,16}")) {
            throw Cursor.refused(String.valueOf(cursor));
        }
        return new EpochMicros(Long.parseLong(position));
    }
}
