package io.tapeline.query.guard;

import java.time.Duration;

/**
 * How many questions of a kind are worked on at a time.
 *
 * @param patience how long a question waits for a place; zero: not at all
 */
public record RoomSize(int places, Duration patience) {

    public RoomSize {
        if (places < 1 || patience.isNegative()) {
            throw new IllegalArgumentException(
                    "room: " + places + " places after " + patience + " are none");
        }
    }
}
