package io.tapeline.capture.tape;

/** A line that is no raw record; the message says why. */
public final class MalformedLine extends Exception {

    private static final long serialVersionUID = 1L;

    public MalformedLine(String message) {
        super(message, null, false, false);
    }
}
