package io.tapeline.capture.record;

import io.tapeline.capture.Words;
import java.time.Instant;

/** Where a capture ends by itself. */
public sealed interface Ending {

    /** Only when it is stopped. */
    record Never() implements Ending {}

    /** With the last record that is there when the command is given. */
    record AtEnd() implements Ending {}

    /** With the last record that was received before the time. */
    record At(Instant time) implements Ending {}

    static Ending of(String text) {
        return text.equals("end") ? new AtEnd() : new At(Words.time(text, "end"));
    }
}
