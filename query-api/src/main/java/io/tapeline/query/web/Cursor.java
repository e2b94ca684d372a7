package io.tapeline.query.web;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.zip.CRC32;
import org.jspecify.annotations.Nullable;

/**
 * Where a list goes on, as text that means nothing to the reader. It holds a check of the question
 * it belongs to: with other filters it is refused instead of giving a page of another list.
 */
final class Cursor {

    private static final int MOST = 512;

    private Cursor() {}

    /**
     * @param question what must be the same when the cursor comes back
     */
    static String of(String question, String position) {
        String text = Long.toHexString(check(question)) + "|" + position;
        return Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }

    /** The position; null where no cursor was given. */
    static @Nullable String read(String question, @Nullable String cursor) {
        if (cursor == null) {
            return null;
        }
        try {
            if (cursor.length() <= MOST) {
                String text =
                        new String(Base64.getUrlDecoder().decode(cursor), StandardCharsets.UTF_8);
                String expected = Long.toHexString(check(question)) + "|";
                if (text.startsWith(expected)) {
                    return text.substring(expected.length());
                }
            }
        } catch (IllegalArgumentException e) {
            throw refused(cursor);
        }
        throw refused(cursor);
    }

    static ProblemException refused(String cursor) {
        return Parameters.invalid(
                "cursor", cursor, "the \"next\" of an answer to the same question");
    }

    private static long check(String question) {
        CRC32 crc = new CRC32();
        crc.update(question.getBytes(StandardCharsets.UTF_8));
        return crc.getValue();
    }
}
