package io.tapeline.schemas.trace;

import org.jspecify.annotations.Nullable;

/** The id by which a question is found again in the logs of all processes that worked on it. */
public final class RequestId {

    /** The header that carries it. */
    public static final String HEADER = "X-Request-Id";

    /** Its name in the log's context. */
    public static final String LOGGED = "requestId";

    private static final int LONGEST = 64;

    private RequestId() {}

    /** Whether it is an id that a log, a header or a document has nothing to escape of. */
    public static boolean isSane(@Nullable String id) {
        if (id == null || id.isEmpty() || id.length() > LONGEST) {
            return false;
        }
        for (int i = 0; i < id.length(); i++) {
            char c = id.charAt(i);
            boolean sane =
                    c >= 'a' && c <= 'z'
                            || c >= 'A' && c <= 'Z'
                            || c >= '0' && c <= '9'
                            || c == '-'
                            || c == '_'
                            || c == '.';
            if (!sane) {
                return false;
            }
        }
        return true;
    }
}
