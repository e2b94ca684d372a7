package io.tapeline.chaos.judge;

/** What is there is not what must be there. */
public final class Contradiction extends AssertionError {

    public Contradiction(String message) {
        super(message);
    }

    public Contradiction(String message, Throwable cause) {
        super(message, cause);
    }
}
