package io.tapeline.query.socket;

/** Why a connection ends (RFC 6455, 7.4.1, and the registry it made). */
public enum CloseCode {
    NORMAL(1000),
    /** The server shuts down. */
    GOING_AWAY(1001),
    PROTOCOL_ERROR(1002),
    /** A kind of message that is not taken, such as a binary one. */
    UNSUPPORTED(1003),
    /** Text that is not UTF-8. */
    BAD_TEXT(1007),
    /** A rule of ours: too many messages, nothing heard, nothing taken. */
    POLICY(1008),
    TOO_BIG(1009),
    /** A fault of ours. */
    FAILURE(1011),
    /** Not now: connect again later. */
    TRY_LATER(1013);

    private final int code;

    CloseCode(int code) {
        this.code = code;
    }

    public int code() {
        return code;
    }
}
