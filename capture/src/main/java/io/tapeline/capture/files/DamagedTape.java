package io.tapeline.capture.files;

import java.io.IOException;

/** A file cannot be read on: it is cut off, or its bytes were changed. */
public final class DamagedTape extends IOException {

    private static final long serialVersionUID = 1L;

    DamagedTape(String message, Throwable cause) {
        super(message, cause);
    }
}
