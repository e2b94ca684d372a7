package io.tapeline.schemas.binance;

import io.tapeline.schemas.raw.RawRecord;
import io.tapeline.schemas.wire.MalformedPayload;
import org.jspecify.annotations.Nullable;

/** The request that a raw record answers: {@code rest/depth?limit=5000}. */
final class RestRequest {

    private RestRequest() {}

    static boolean isFor(RawRecord record, String path) {
        String stream = record.stream();
        return stream.startsWith(path)
                && (stream.length() == path.length() || stream.charAt(path.length()) == '?');
    }

    static void require(RawRecord record, String path) throws MalformedPayload {
        if (!isFor(record, path)) {
            throw new MalformedPayload("stream " + record.stream() + ": is not " + path);
        }
    }

    /** The value of a parameter, or null. */
    static @Nullable String parameter(RawRecord record, String name) {
        String stream = record.stream();
        int from = stream.indexOf('?') + 1;
        while (from > 0 && from < stream.length()) {
            int end = stream.indexOf('&', from);
            int to = end < 0 ? stream.length() : end;
            if (stream.startsWith(name, from)
                    && from + name.length() < to
                    && stream.charAt(from + name.length()) == '=') {
                return stream.substring(from + name.length() + 1, to);
            }
            from = to + 1;
        }
        return null;
    }
}
