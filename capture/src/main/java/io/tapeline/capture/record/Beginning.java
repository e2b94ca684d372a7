package io.tapeline.capture.record;

import io.tapeline.capture.Words;
import java.time.Instant;

/** From where a capture that is new begins. */
public sealed interface Beginning {

    /** With the oldest record there is. */
    record Earliest() implements Beginning {}

    /** With what comes after the command. */
    record Latest() implements Beginning {}

    /** With the first record that was received at the time or later. */
    record At(Instant time) implements Beginning {}

    static Beginning of(String text) {
        return switch (text) {
            case "earliest" -> new Earliest();
            case "latest" -> new Latest();
            default -> new At(Words.time(text, "earliest, latest"));
        };
    }
}
