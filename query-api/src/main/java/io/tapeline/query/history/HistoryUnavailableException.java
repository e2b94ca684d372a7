package io.tapeline.query.history;

/** The store cannot be read or written at the moment; the same call may succeed later. */
public final class HistoryUnavailableException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public HistoryUnavailableException(String message, Throwable cause) {
        super(message, cause);
    }
}
