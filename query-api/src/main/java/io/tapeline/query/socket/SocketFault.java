package io.tapeline.query.socket;

/** A client broke the protocol: the connection ends with the code and the message. */
final class SocketFault extends Exception {

    private static final long serialVersionUID = 1L;

    private final CloseCode code;

    SocketFault(CloseCode code, String message) {
        super(message, null, false, false);
        this.code = code;
    }

    CloseCode code() {
        return code;
    }

    String reason() {
        return String.valueOf(getMessage());
    }
}
