package io.tapeline.query.mirror.stream;

import io.tapeline.query.mirror.TimeUnitAsked;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What the address asks for with which a socket is opened (A.2). */
sealed interface StreamAddress {

    /** The exchange's most streams of a connection. */
    int MOST_STREAMS = 1_024;

    /**
     * @param combined events come in an envelope that names their stream
     */
    record Wanted(List<StreamName> streams, boolean combined, TimeUnitAsked unit)
            implements StreamAddress {}

    /**
     * @param body in the exchange's words
     */
    record Refused(String body) implements StreamAddress {}

    Refused TIME_UNIT =
            new Refused(
                    "{\"code\":-1194,\"msg\":\"Invalid value for time unit; expected either"
                            + " MICROSECOND or MILLISECOND.\"}");

    Refused STREAM = new Refused(ControlMessage.wrapped("invalid stream", "null"));

    Refused TOO_MANY = new Refused(ControlMessage.wrapped("too many parameters", "null"));

    /**
     * {@code /ws}, {@code /ws/<a>/<b>}, {@code /stream?streams=<a>/<b>}; slashes and names may be
     * percent-encoded, and a plus is a plus.
     *
     * @param path undecoded, one of these
     * @param query undecoded, null where there is none
     */
    static StreamAddress of(String path, @Nullable String query) {
        boolean combined = !path.startsWith("/ws");
        List<String> names = combined ? List.of() : names(path.substring("/ws".length()));
        TimeUnitAsked unit = TimeUnitAsked.MILLISECOND;
        for (String parameter : query == null ? new String[0] : query.split("&")) {
            int equals = parameter.indexOf('=');
            String name = equals < 0 ? parameter : parameter.substring(0, equals);
            String value = equals < 0 ? "" : parameter.substring(equals + 1);
            if (name.equals("timeUnit")) {
                Optional<TimeUnitAsked> asked = TimeUnitAsked.of(decoded(value));
                if (asked.isEmpty()) {
                    return TIME_UNIT;
                }
                unit = asked.get();
            } else if (name.equals("streams") && combined) {
                names = names(value);
            }
        }
        if (names.size() > MOST_STREAMS) {
            return TOO_MANY;
        }
        List<StreamName> streams = new ArrayList<>();
        for (String name : names) {
            // Clients open /ws/0, /ws/1 and so on to tell their sockets apart: nothing comes of it.
            if (name.contains("@")) {
                Optional<StreamName> known = StreamName.parse(name);
                if (known.isEmpty()) {
                    return STREAM;
                }
                streams.add(known.get());
            }
        }
        return new Wanted(List.copyOf(streams), combined, unit);
    }

    private static List<String> names(String encoded) {
        List<String> names = new ArrayList<>();
        for (String name : decoded(encoded).split("/")) {
            if (!name.isEmpty()) {
                names.add(name);
            }
        }
        return names;
    }

    /** What cannot be decoded stays, and is no name then. */
    private static String decoded(String text) {
        try {
            return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            return text;
        }
    }
}
