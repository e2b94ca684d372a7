package io.tapeline.query.guard;

import java.time.Duration;

/** Why a question is not let in. */
public sealed interface Refusal {

    /** The client has used up its minute: 429. */
    record TooMuchWeight(int used, int limit, Duration retryAfter) implements Refusal {}

    /** As many live connections of the client are open as it may have: 429. */
    record TooManyConnections(int limit, Duration retryAfter) implements Refusal {}

    /** As many questions of its kind are being worked on as is good for those: 503. */
    record NoRoom(Room room, Duration retryAfter) implements Refusal {}

    /** It needs an API key and has none, or one that is not known: 401. */
    record NoKey(boolean wrong) implements Refusal {}

    /**
     * It was asked by a name that is none of this server: 421.
     *
     * @param allowed which are, in words
     */
    record UnknownHost(String allowed) implements Refusal {}

    default int status() {
        return switch (this) {
            case TooMuchWeight _, TooManyConnections _ -> 429;
            case NoRoom _ -> 503;
            case NoKey _ -> 401;
            case UnknownHost _ -> 421;
        };
    }
}
