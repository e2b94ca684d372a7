package io.tapeline.query.collect;

import java.time.Duration;

/**
 * @param beat how often a runner says that it lives
 * @param dead how old its last word is when it is taken for dead
 */
public record Pace(Duration beat, Duration dead) {

    public static final Pace USUAL = new Pace(Duration.ofSeconds(3), Duration.ofSeconds(12));
}
