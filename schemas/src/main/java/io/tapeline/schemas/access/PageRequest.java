package io.tapeline.schemas.access;

import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A request that a page in a browser makes. A page of anybody's can make it to a port of the
 * machine on which it is looked at, without being allowed to read the answer; internal servers
 * answer none, since to ask them is to have something done. Browsers tell such requests by headers
 * that no page can take away, and that services do not send.
 */
public final class PageRequest {

    private static final List<String> HEADERS = List.of("Origin", "Sec-Fetch-Site");

    private PageRequest() {}

    /**
     * Whether a request is one.
     *
     * @param header the value of the header of a name; null where it is not told
     */
    public static boolean isOne(Function<String, @Nullable String> header) {
        return HEADERS.stream().map(header).anyMatch(Objects::nonNull);
    }
}
