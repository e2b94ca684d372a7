package io.tapeline.ingestor.rest;

import io.tapeline.ingestor.json.JsonBytes;
import io.tapeline.ingestor.json.JsonMembers;
import java.nio.charset.StandardCharsets;

/**
 * What the exchange says when it refuses, in either of its shapes: {@code {"code":..,"msg":..}}, or
 * the same as a member {@code error} (EXCHANGES.md A.3, A.7).
 *
 * @param code 0 if the body does not say
 * @param message empty if the body does not say
 */
record ErrorBody(int code, String message) {

    private static final byte[] CODE = "code".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] MESSAGE = "msg".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] ERROR = "error".getBytes(StandardCharsets.US_ASCII);

    static ErrorBody of(byte[] body) {
        JsonMembers outer = new JsonMembers(body, 0, body.length);
        while (outer.next()) {
            if (outer.keyIs(ERROR) && body[outer.valueFrom()] == '{') {
                return of(new JsonMembers(body, outer.valueFrom(), outer.valueTo()));
            }
        }
        return of(new JsonMembers(body, 0, body.length));
    }

    private static ErrorBody of(JsonMembers members) {
        int code = 0;
        String message = "";
        while (members.next()) {
            if (members.keyIs(CODE)) {
                code = number(members.valueText());
            } else if (members.keyIs(MESSAGE)) {
                message = members.valueText();
            }
        }
        return new ErrorBody(code, message);
    }

    /** Whether a body can be JSON at all: firewalls and proxies answer with pages of HTML. */
    static boolean isJson(byte[] body) {
        int first = JsonBytes.skipSpace(body, 0, body.length);
        return first < body.length && (body[first] == '{' || body[first] == '[');
    }

    private static int number(String text) {
        try {
            return Integer.parseInt(text);
        } catch (NumberFormatException notANumber) {
            return 0;
        }
    }
}
