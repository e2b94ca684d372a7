package io.tapeline.ingestor.deribit;

import io.tapeline.ingestor.json.JsonBytes;
import io.tapeline.ingestor.json.JsonMembers;
import io.tapeline.ingestor.poll.PollAnswer;
import io.tapeline.ingestor.poll.PollVerdict;
import java.nio.charset.StandardCharsets;

/** What an answer to {@code public/get_index_price} means (EXCHANGES.md B). Pure. */
final class IndexVerdict {

    private static final byte[] RESULT = "result".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] ERROR = "error".getBytes(StandardCharsets.US_ASCII);

    private IndexVerdict() {}

    static PollVerdict of(PollAnswer answer) {
        if (answer.status() == 429) {
            return new PollVerdict.TooMany(answer.retryAfter());
        }
        byte[] body = answer.body();
        boolean result = false;
        JsonMembers members = new JsonMembers(body, 0, body.length);
        while (members.next()) {
            if (members.keyIs(ERROR)) {
                return of(DeribitError.read(body, members.valueFrom(), members.valueTo()), answer);
            }
            if (members.keyIs(RESULT)) {
                result = body[members.valueFrom()] == '{';
            }
        }
        if (answer.status() == 200 && result && members.wellFormed()) {
            return new PollVerdict.Good();
        }
        boolean json =
                JsonBytes.skipSpace(body, 0, body.length) < body.length && members.wellFormed();
        // A body that is not the venue's own comes from something before it.
        return json && answer.status() >= 400 && answer.status() < 500
                ? new PollVerdict.Refused(answer.status(), "status " + answer.status())
                : new PollVerdict.Transient("status " + answer.status() + " without a result");
    }

    private static PollVerdict of(DeribitError error, PollAnswer answer) {
        String reason = error.code() + " " + error.message();
        return switch (error.kind()) {
            case TOO_MANY -> new PollVerdict.TooMany(answer.retryAfter());
            case RETRY -> new PollVerdict.Transient(reason);
            case AWAY -> new PollVerdict.Away(reason);
            case PERMANENT ->
                    answer.status() >= 500
                            ? new PollVerdict.Transient(reason)
                            : new PollVerdict.Refused(error.code(), error.message());
        };
    }
}
