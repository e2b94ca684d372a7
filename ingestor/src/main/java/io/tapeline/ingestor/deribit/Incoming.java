package io.tapeline.ingestor.deribit;

import io.tapeline.ingestor.json.JsonElements;
import io.tapeline.ingestor.json.JsonMembers;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What comes over the socket, JSON-RPC 2.0 (EXCHANGES.md B). */
sealed interface Incoming {

    /**
     * @param data the object's own bytes, verbatim
     */
    record Notification(String channel, byte[] data) implements Incoming {}

    record Heartbeat() implements Incoming {}

    /** To be answered with {@code public/test}, or the connection is closed. */
    record TestRequest() implements Incoming {}

    /**
     * @param channels the result, where it is a list of texts; else empty
     */
    record Accepted(long id, List<String> channels) implements Incoming {}

    /**
     * @param id of the request; {@link #NO_ID} if the venue does not say
     */
    record Refused(long id, DeribitError error) implements Incoming {}

    long NO_ID = -1;

    /** Null if the message is none of these. */
    static @Nullable Incoming read(byte[] text, int from, int to) {
        Reader reader = new Reader(text);
        return reader.read(from, to) ? reader.result() : null;
    }

    /** Gathers the members of any of the shapes. */
    final class Reader {

        private static final byte[] METHOD = ascii("method");
        private static final byte[] PARAMS = ascii("params");
        private static final byte[] CHANNEL = ascii("channel");
        private static final byte[] DATA = ascii("data");
        private static final byte[] TYPE = ascii("type");
        private static final byte[] RESULT = ascii("result");
        private static final byte[] ERROR = ascii("error");
        private static final byte[] ID = ascii("id");

        private final byte[] text;
        private String method = "";
        private String channel = "";
        private String type = "";
        private byte @Nullable [] data;
        private @Nullable List<String> result;
        private @Nullable DeribitError error;
        private long id = NO_ID;

        private Reader(byte[] text) {
            this.text = text;
        }

        private boolean read(int from, int to) {
            JsonMembers members = new JsonMembers(text, from, to);
            while (members.next()) {
                int valueFrom = members.valueFrom();
                int valueTo = members.valueTo();
                if (members.keyIs(METHOD)) {
                    method = members.valueText();
                } else if (members.keyIs(PARAMS)) {
                    params(valueFrom, valueTo);
                } else if (members.keyIs(RESULT)) {
                    result = texts(valueFrom, valueTo);
                } else if (members.keyIs(ERROR)) {
                    error = DeribitError.read(text, valueFrom, valueTo);
                } else if (members.keyIs(ID)) {
                    id = number(members.valueText());
                }
            }
            return members.wellFormed();
        }

        private void params(int from, int to) {
            JsonMembers members = new JsonMembers(text, from, to);
            while (members.next()) {
                if (members.keyIs(CHANNEL)) {
                    channel = members.valueText();
                } else if (members.keyIs(TYPE)) {
                    type = members.valueText();
                } else if (members.keyIs(DATA)) {
                    data = Arrays.copyOfRange(text, members.valueFrom(), members.valueTo());
                }
            }
        }

        private List<String> texts(int from, int to) {
            List<String> texts = new ArrayList<>();
            JsonElements elements = new JsonElements(text, from, to);
            while (elements.next()) {
                if (text[elements.elementFrom()] == '"') {
                    texts.add(
                            new String(
                                    text,
                                    elements.elementFrom() + 1,
                                    elements.elementTo() - elements.elementFrom() - 2,
                                    StandardCharsets.UTF_8));
                }
            }
            return texts;
        }

        private @Nullable Incoming result() {
            if (error != null) {
                return new Refused(id, error);
            }
            if (result != null) {
                return id == NO_ID ? null : new Accepted(id, List.copyOf(result));
            }
            return switch (method) {
                case "subscription" ->
                        data == null || channel.isEmpty() ? null : new Notification(channel, data);
                case "heartbeat" ->
                        switch (type) {
                            case "heartbeat" -> new Heartbeat();
                            case "test_request" -> new TestRequest();
                            default -> null;
                        };
                default -> null;
            };
        }

        private static long number(String text) {
            try {
                return Long.parseLong(text);
            } catch (NumberFormatException notANumber) {
                return NO_ID;
            }
        }

        private static byte[] ascii(String text) {
            return text.getBytes(StandardCharsets.US_ASCII);
        }
    }
}
