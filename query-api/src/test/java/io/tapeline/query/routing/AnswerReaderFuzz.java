package io.tapeline.query.routing;

import static org.assertj.core.api.Assertions.assertThat;

import io.tapeline.fuzz.Input;
import io.tapeline.fuzz.Target;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;

/**
 * What an instance answers, or what stands where it should be, read at once and in pieces: the same
 * is understood. An input's first byte tells how long the pieces are.
 */
public final class AnswerReaderFuzz implements Target {

    private static final int MOST_BYTES = 4_000;
    private static final int MOST_ANSWERS = 16;

    @Override
    public List<byte[]> seeds() {
        return List.of(
                Input.of(
                        2,
                        "HTTP/1.1 200 OK\r\nContent-Length: 5\r\nTapeline-Behind: true\r\n\r\nhello"
                                + "HTTP/1.1 404 \r\nContent-Length:0\r\n\r\n"
                                + "HTTP/1.1 204 No Content\r\n\r\n"),
                Input.of(
                        0,
                        "HTTP/1.1 200 OK\r\n"
                                + "Transfer-Encoding: chunked\r\n\r\n"
                                + "3\r\n"
                                + "abc\r\n"
                                + "A;x=y\r\n"
                                + "0123456789\r\n"
                                + "0\r\n"
                                + "Trailer: 1\r\n\r\n"
                                + "HTTP/1.1 503\r\n"
                                + "Connection: close\r\n"
                                + "Content-Length: 2\r\n\r\n"
                                + "no"),
                Input.of(200, "HTTP/1.1 200 OK\n\nuntil the connection ends"),
                Input.of(9, "HTTP/1.1 304 Not Modified\r\nETag: \"a\"\r\n\r\nHTTP/1.0 200 OK"));
    }

    @Override
    public List<String> words() {
        return List.of(
                "HTTP/1.1 200\r\n", "Content-Length: ", "Transfer-Encoding: chunked", "7fffffff");
    }

    @Override
    public void read(byte[] input) {
        Input in = new Input(input);
        int piece = 1 + in.below(256);
        byte[] told = in.rest();
        assertThat(answers(told, piece)).isEqualTo(answers(told, Integer.MAX_VALUE));
    }

    /** What a failure says may differ with the pieces, that it fails may not. */
    private static List<String> answers(byte[] told, int piece) {
        ByteArrayInputStream in = new ByteArrayInputStream(told);
        AnswerReader reader =
                new AnswerReader(
                        (target, from, length) -> in.read(target, from, Math.min(piece, length)),
                        MOST_BYTES);
        List<String> answers = new ArrayList<>();
        try {
            do {
                InstanceAnswer answer = reader.read();
                assertThat(answer.status()).isBetween(200, 999);
                assertThat(answer.body().length).isLessThanOrEqualTo(MOST_BYTES);
                answers.add(
                        answer.status()
                                + " "
                                + new TreeMap<>(answer.headers())
                                + new String(answer.body(), StandardCharsets.ISO_8859_1));
            } while (answers.size() < MOST_ANSWERS);
        } catch (IOException e) {
            answers.add("fails");
        }
        return answers;
    }
}
