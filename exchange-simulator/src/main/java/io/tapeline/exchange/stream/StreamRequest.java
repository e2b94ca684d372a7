package io.tapeline.exchange.stream;

import io.tapeline.exchange.market.StreamName;
import io.tapeline.exchange.market.TimePrecision;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What the address asks for with which a socket is opened: {@code /ws}, {@code /ws/<a>/<b>}, {@code
 * /stream?streams=<a>/<b>}, and the time unit (EXCHANGES A.2).
 */
record StreamRequest(List<StreamName> streams, boolean combined, TimePrecision precision) {

    /** Why an address is refused, in the exchange's words. */
    record Refusal(String body) {}

    static final Refusal INVALID_TIME_UNIT =
            new Refusal(
                    "{\"code\":-1194,\"msg\":\"Invalid value for time unit; expected either"
                            + " MICROSECOND or MILLISECOND.\"}");

    static final Refusal INVALID_STREAM =
            new Refusal("{\"error\":{\"code\":2,\"msg\":\"Invalid request: invalid stream\"}}");

    /** Either a request or a refusal; both null for a path that is none of the socket's. */
    record Parsed(@Nullable StreamRequest request, @Nullable Refusal refusal) {}

    static Parsed parse(String rawPath, @Nullable String rawQuery) {
        boolean combined = rawPath.equals("/stream") || rawPath.equals("/stream/");
        if (!combined && !rawPath.equals("/ws") && !rawPath.startsWith("/ws/")) {
            return new Parsed(null, null);
        }
        List<String> names = combined ? List.of() : names(rawPath.substring(3));
        TimePrecision precision = TimePrecision.MILLISECOND;
        for (String parameter : rawQuery == null ? new String[0] : rawQuery.split("&")) {
            int equals = parameter.indexOf('=');
            String key = equals < 0 ? parameter : parameter.substring(0, equals);
            String value = equals < 0 ? "" : parameter.substring(equals + 1);
            if (key.equals("timeUnit")) {
                switch (decoded(value)) {
                    case "MICROSECOND", "microsecond" -> precision = TimePrecision.MICROSECOND;
                    case "MILLISECOND", "millisecond" -> precision = TimePrecision.MILLISECOND;
                    default -> {
                        return new Parsed(null, INVALID_TIME_UNIT);
                    }
                }
            } else if (key.equals("streams") && combined) {
                names = names(decoded(value));
            }
        }
        List<StreamName> streams = new ArrayList<>();
        for (String name : names) {
            Optional<StreamName> parsed = StreamName.parse(name);
            if (parsed.isEmpty()) {
                return new Parsed(null, INVALID_STREAM);
            }
            streams.add(parsed.get());
        }
        return new Parsed(new StreamRequest(List.copyOf(streams), combined, precision), null);
    }

    private static List<String> names(String joined) {
        List<String> names = new ArrayList<>();
        for (String name : joined.split("/")) {
            if (!name.isEmpty()) {
                names.add(decoded(name));
            }
        }
        return names;
    }

    /** Undoes percent-encoding; a plus is a plus: {@code kline_1d@+08:00}. */
    private static String decoded(String text) {
        return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
    }
}
