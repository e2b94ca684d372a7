package io.tapeline.query.guard;

import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/** Ids by which a question is found again in logs: the asker's own where it is sane. */
public final class RequestIds {

    public static final String HEADER = "X-Request-Id";

    /** Its name in the log's context. */
    static final String LOGGED = "requestId";

    private static final int LONGEST = 64;

    private RequestIds() {}

    static String of(@Nullable String given) {
        return given != null && isSane(given) ? given : next();
    }

    /** Sixteen hexadecimal digits, of chance. */
    public static String next() {
        return Long.toHexString(ThreadLocalRandom.current().nextLong() | Long.MIN_VALUE);
    }

    /** Nothing that a log, a header or a document would have to escape. */
    private static boolean isSane(String id) {
        if (id.isEmpty() || id.length() > LONGEST) {
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
