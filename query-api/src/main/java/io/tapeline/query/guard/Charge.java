package io.tapeline.query.guard;

/**
 * What a question is taken for.
 *
 * @param weight what it costs its client, as the exchange counts (EXCHANGES A.6); 0: nothing
 * @param room where it is worked on
 * @param needsKey whether it writes, so that only the holder of a key may ask it where there are
 *     keys
 */
public record Charge(int weight, Room room, boolean needsKey) {

    public Charge {
        if (weight < 0) {
            throw new IllegalArgumentException("charge: weight " + weight + " is negative");
        }
    }

    public static Charge of(int weight, Room room) {
        return new Charge(weight, room, false);
    }
}
