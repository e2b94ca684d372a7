package io.tapeline.exchange.fault;

import java.time.Duration;

/** What the parts of a fault must be; the messages name field and value. */
final class Requirement {

    private Requirement() {}

    static void positive(String field, Duration value) {
        if (value.isNegative() || value.isZero()) {
            throw new IllegalArgumentException(
                    field + " must be positive, was " + TimeSpan.text(value));
        }
    }

    static void notNegative(String field, Duration value) {
        if (value.isNegative()) {
            throw new IllegalArgumentException(field + " must not be negative, was " + value);
        }
    }

    static void within(String field, long value, long least, long most) {
        if (value < least || value > most) {
            throw new IllegalArgumentException(
                    field + " must be " + least + " to " + most + ", was " + value);
        }
    }
}
