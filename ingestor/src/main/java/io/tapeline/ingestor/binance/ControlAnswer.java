package io.tapeline.ingestor.binance;

import io.tapeline.ingestor.json.JsonElements;
import io.tapeline.ingestor.json.JsonMembers;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.OptionalLong;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What the exchange says to a control message (EXCHANGES.md A.3). Never wrapped in an envelope. */
sealed interface ControlAnswer {

    /** {@code {"result":null,"id":1}}, or another result that is not a list. */
    record Accepted(long id) implements ControlAnswer {}

    /** {@code {"result":["btcusdt@ticker"],"id":1}}: what the connection carries. */
    record Listed(long id, Set<String> streams) implements ControlAnswer {

        public Listed {
            streams = Set.copyOf(streams);
        }
    }

    /**
     * {@code {"code":2,"msg":"...","id":1}}, of which the exchange often leaves the id out, or
     * {@code {"error":{"code":2,"msg":"..."},"id":1}}: both are seen.
     */
    record Refused(OptionalLong id, long code, String message) implements ControlAnswer {}

    /** Null if the message is not an answer. */
    static @Nullable ControlAnswer read(byte[] message, int from, int to) {
        Reader reader = new Reader();
        return reader.read(message, from, to) ? reader.answer() : null;
    }

    /** Gathers the members of either shape. */
    final class Reader {

        private static final byte[] RESULT = ascii("result");
        private static final byte[] ERROR = ascii("error");
        private static final byte[] CODE = ascii("code");
        private static final byte[] MESSAGE = ascii("msg");
        private static final byte[] ID = ascii("id");

        private boolean hasResult;
        private @Nullable Set<String> streams;
        private OptionalLong code = OptionalLong.empty();
        private OptionalLong id = OptionalLong.empty();
        private String text = "";

        private boolean read(byte[] message, int from, int to) {
            JsonMembers members = new JsonMembers(message, from, to);
            while (members.next()) {
                if (members.keyIs(RESULT)) {
                    hasResult = true;
                    streams = strings(message, members.valueFrom(), members.valueTo());
                } else if (members.keyIs(ID)) {
                    id = number(members);
                } else if (members.keyIs(CODE)) {
                    code = number(members);
                } else if (members.keyIs(MESSAGE)) {
                    text = members.valueText();
                } else if (members.keyIs(ERROR)
                        && !read(message, members.valueFrom(), members.valueTo())) {
                    return false;
                }
            }
            return members.wellFormed();
        }

        private @Nullable ControlAnswer answer() {
            if (code.isPresent()) {
                return new Refused(id, code.getAsLong(), text);
            }
            if (!hasResult || id.isEmpty()) {
                return null;
            }
            return streams == null
                    ? new Accepted(id.getAsLong())
                    : new Listed(id.getAsLong(), streams);
        }

        /** Null if it is not a list of strings. */
        private static @Nullable Set<String> strings(byte[] message, int from, int to) {
            if (message[from] != '[') {
                return null;
            }
            Set<String> strings = new HashSet<>();
            JsonElements elements = new JsonElements(message, from, to);
            while (elements.next()) {
                int first = elements.elementFrom();
                if (message[first] != '"') {
                    return null;
                }
                strings.add(
                        new String(
                                message,
                                first + 1,
                                elements.elementTo() - first - 2,
                                StandardCharsets.UTF_8));
            }
            return elements.wellFormed() ? strings : null;
        }

        private static OptionalLong number(JsonMembers members) {
            try {
                return OptionalLong.of(Long.parseLong(members.valueText()));
            } catch (NumberFormatException notANumber) {
                return OptionalLong.empty(); // null, or an id that is not one of ours
            }
        }

        private static byte[] ascii(String text) {
            return text.getBytes(StandardCharsets.US_ASCII);
        }
    }
}
