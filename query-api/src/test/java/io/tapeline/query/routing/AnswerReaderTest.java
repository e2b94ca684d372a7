package io.tapeline.query.routing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class AnswerReaderTest {

    private static final long MOST = 100_000;

    /** Told in pieces of as many bytes. */
    private static AnswerReader reader(String told, int piece) {
        ByteArrayInputStream in =
                new ByteArrayInputStream(told.getBytes(StandardCharsets.ISO_8859_1));
        return new AnswerReader(
                (target, from, length) -> in.read(target, from, Math.min(piece, length)), MOST);
    }

    private static String[] parts(InstanceAnswer answer) {
        return new String[] {
            Integer.toString(answer.status()), answer.headers().toString(), answer.text()
        };
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 3, 7, 100_000})
    void answersFollowOneAnotherHoweverTheyAreCut(int piece) throws IOException {
        AnswerReader reader =
                reader(
                        "HTTP/1.1 200 OK\r\n"
                                + "Content-Length: 5\r\n"
                                + "Tapeline-Behind: true\r\n\r\n"
                                + "helloHTTP/1.1 404 \r\n"
                                + "Content-Length:0\r\n\r\n"
                                + "HTTP/1.1 204 No Content\r\n\r\n"
                                + "HTTP/1.1 200 OK\r\n"
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
                                + "no",
                        piece);
        InstanceAnswer first = reader.read();
        assertThat(parts(first)).containsExactly("200", first.headers().toString(), "hello");
        assertThat(first.header("tapeline-behind")).contains("true");
        assertThat(parts(reader.read())).containsExactly("404", "{content-length=0}", "");
        assertThat(parts(reader.read())).containsExactly("204", "{}", "");
        assertThat(parts(reader.read()))
                .containsExactly("200", "{transfer-encoding=chunked}", "abc0123456789");
        InstanceAnswer last = reader.read();
        assertThat(parts(last)).containsExactly("503", last.headers().toString(), "no");
        assertThat(reader.goesOn()).isFalse();
    }

    @Test
    void anotherQuestionMayFollowAnAnswerThatSaysWhereItEnds() throws IOException {
        AnswerReader reader = reader("HTTP/1.1 200 OK\r\nContent-Length: 1\r\n\r\n.", 10_000);
        reader.read();
        assertThat(reader.goesOn()).isTrue();
    }

    @Test
    void noQuestionFollowsOneOfWhichMoreCameThanItsLength() throws IOException {
        AnswerReader reader = reader("HTTP/1.1 200 OK\r\nContent-Length: 1\r\n\r\n..", 10_000);
        reader.read();
        assertThat(reader.goesOn()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(ints = {5, 100_000})
    void anAnswerWithoutALengthEndsWithItsConnection(int piece) throws IOException {
        String body = "x".repeat(40_000);
        AnswerReader reader = reader("HTTP/1.1 200 OK\r\n\r\n" + body, piece);
        assertThat(parts(reader.read())).containsExactly("200", "{}", body);
        assertThat(reader.goesOn()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nshort",
                "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nab",
                "HTTP/1.1 200 OK\r\nContent-Len",
                "HTTP/1.0 200 OK\r\n\r\n",
                "HTTP/1.1 100 Continue\r\n\r\n",
                "HTTP/1.1 -12 OK\r\n\r\n",
                "HTTP/1.1 2000 OK\r\n\r\n",
                "SSH-2.0-OpenSSH_9.2\r\n",
                "HTTP/1.1 200 OK\r\nno header\r\n\r\n",
                "HTTP/1.1 200 OK\r\nContent-Length: -1\r\n\r\n",
                "HTTP/1.1 200 OK\r\nContent-Length: 1e3\r\n\r\n",
                "HTTP/1.1 200 OK\r\nContent-Length: 100001\r\n\r\n",
                "HTTP/1.1 200 OK\r\nTransfer-Encoding: gzip\r\n\r\n",
                "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabcd\r\n0\r\n\r\n",
                "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n186A1\r\n"
            })
    void whatIsNoWholeAnswerIsRefused(String told) {
        assertThatThrownBy(() -> reader(told, 10_000).read()).isInstanceOf(IOException.class);
    }

    @Test
    void aLineWithoutAnEndIsRefused() {
        String endless = "HTTP/1.1 200 " + "x".repeat(50_000);
        assertThatThrownBy(() -> reader(endless, 1_000).read())
                .isInstanceOf(IOException.class)
                .hasMessageContaining("line");
    }

    @Test
    void aBodyOfAsManyChunksAsBytesIsRead() throws IOException {
        String told =
                "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n"
                        + "1\r\nx\r\n".repeat((int) MOST)
                        + "0\r\n\r\n";
        assertThat(reader(told, 10_000).read().text()).isEqualTo("x".repeat((int) MOST));
    }
}
