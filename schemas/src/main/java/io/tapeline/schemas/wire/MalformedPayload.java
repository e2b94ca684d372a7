package io.tapeline.schemas.wire;

import org.jspecify.annotations.Nullable;

/**
 * Bytes that are not what they should be. The message says what was wrong and where; it never holds
 * the payload.
 */
public final class MalformedPayload extends Exception {

    private static final long serialVersionUID = 1L;

    public MalformedPayload(String message) {
        super(message);
    }

    public MalformedPayload(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
