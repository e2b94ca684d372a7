package io.tapeline.ingestor.deribit;

import io.tapeline.ingestor.json.JsonMembers;
import java.nio.charset.StandardCharsets;

/**
 * The venue's error: {@code {"code":10028,"message":"too_many_requests",...}}.
 *
 * @param code 0 if the venue named none
 */
record DeribitError(int code, String message) {

    private static final byte[] CODE = "code".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] MESSAGE = "message".getBytes(StandardCharsets.US_ASCII);

    /** What is to be done about it (EXCHANGES.md B, errors). */
    enum Kind {
        /** Credits are used up, and the session is terminated with it. */
        TOO_MANY,
        /** Passes soon. */
        RETRY,
        /** Maintenance: passes late. */
        AWAY,
        /** The same request would be refused again. */
        PERMANENT
    }

    /** Unknown codes are permanent (EXCHANGES.md B: "others permanent"). */
    Kind kind() {
        return switch (code) {
            case 10028 -> Kind.TOO_MANY;
            case 10040, 10041, 10047, 10066, 11094, 13028, 13888 -> Kind.RETRY;
            case 11051, 11056 -> Kind.AWAY;
            default -> Kind.PERMANENT;
        };
    }

    /** Of the object that begins at {@code from}. */
    static DeribitError read(byte[] text, int from, int to) {
        int code = 0;
        String message = "";
        JsonMembers members = new JsonMembers(text, from, to);
        while (members.next()) {
            if (members.keyIs(CODE)) {
                code = number(members.valueText());
            } else if (members.keyIs(MESSAGE)) {
                message = members.valueText();
            }
        }
        return new DeribitError(code, message);
    }

    private static int number(String text) {
        try {
            return Integer.parseInt(text);
        } catch (NumberFormatException notANumber) {
            return 0;
        }
    }
}
