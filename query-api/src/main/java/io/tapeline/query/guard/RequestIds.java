package io.tapeline.query.guard;

import io.tapeline.schemas.trace.RequestId;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/** Ids by which a question is found again in logs: the asker's own where it is sane. */
public final class RequestIds {

    public static final String HEADER = RequestId.HEADER;

    /** Its name in the log's context. */
    static final String LOGGED = RequestId.LOGGED;

    private RequestIds() {}

    static String of(@Nullable String given) {
        return given != null && RequestId.isSane(given) ? given : next();
    }

    /** Sixteen hexadecimal digits, of chance. */
    public static String next() {
        return Long.toHexString(ThreadLocalRandom.current().nextLong() | Long.MIN_VALUE);
    }
}
