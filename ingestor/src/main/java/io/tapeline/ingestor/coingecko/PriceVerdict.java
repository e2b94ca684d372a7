package io.tapeline.ingestor.coingecko;

import io.tapeline.ingestor.json.JsonBytes;
import io.tapeline.ingestor.json.JsonMembers;
import io.tapeline.ingestor.poll.PollAnswer;
import io.tapeline.ingestor.poll.PollVerdict;
import java.nio.charset.StandardCharsets;

/** What an answer to {@code /simple/price} means (EXCHANGES.md C, errors). Pure. */
final class PriceVerdict {

    private static final byte[] STATUS = ascii("status");
    private static final byte[] ERROR = ascii("error");
    private static final byte[] CODE = ascii("error_code");
    private static final byte[] MESSAGE = ascii("error_message");

    private PriceVerdict() {}

    static PollVerdict of(PollAnswer answer) {
        byte[] body = answer.body();
        int first = JsonBytes.skipSpace(body, 0, body.length);
        boolean json =
                first < body.length
                        && JsonBytes.endOfValue(body, first, body.length) != JsonBytes.NONE
                        && body[first] == '{';
        if (answer.status() == 429) {
            return new PollVerdict.TooMany(answer.retryAfter());
        }
        if (!json) { // a firewall's page, whatever its status
            return new PollVerdict.Transient(
                    "status " + answer.status() + " with a body that is not JSON");
        }
        PollVerdict.Refused error = error(body, answer.status());
        if (answer.status() == 200 && error.code() == 200) {
            return new PollVerdict.Good();
        }
        return switch (error.code()) {
            case 429 -> new PollVerdict.TooMany(answer.retryAfter());
            case 408 -> new PollVerdict.Transient("code 408");
            default ->
                    answer.status() >= 500 || error.code() >= 500 && error.code() < 600
                            ? new PollVerdict.Transient("status " + answer.status())
                            : error;
        };
    }

    /**
     * The code is the status's where the body names none. Seen are {@code
     * {"status":{"error_code":..,"error_message":..}}}, the same within {@code "error"}, and {@code
     * {"error":"..."}}.
     */
    private static PollVerdict.Refused error(byte[] body, int status) {
        Reader reader = new Reader(body, status);
        reader.read(0, body.length, 0);
        return new PollVerdict.Refused(reader.code, reader.message);
    }

    /** Gathers the members of any of the shapes. */
    private static final class Reader {

        private static final int DEEPEST = 2;

        private final byte[] body;
        private int code;
        private String message = "";

        private Reader(byte[] body, int status) {
            this.body = body;
            this.code = status;
        }

        private void read(int from, int to, int depth) {
            JsonMembers members = new JsonMembers(body, from, to);
            while (members.next()) {
                boolean object = body[members.valueFrom()] == '{';
                if (members.keyIs(CODE)) {
                    code = number(members.valueText(), code);
                } else if (members.keyIs(MESSAGE)
                        || members.keyIs(ERROR) && members.valueIsString()) {
                    message = members.valueText();
                } else if (object
                        && depth < DEEPEST
                        && (members.keyIs(STATUS) || members.keyIs(ERROR))) {
                    read(members.valueFrom(), members.valueTo(), depth + 1);
                }
            }
        }

        private static int number(String text, int otherwise) {
            try {
                return Integer.parseInt(text);
            } catch (NumberFormatException notANumber) {
                return otherwise;
            }
        }
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
