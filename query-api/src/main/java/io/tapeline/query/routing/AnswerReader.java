package io.tapeline.query.routing;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/**
 * Reads answers of HTTP/1.1 (RFC 9112) off a connection, one after the other: as much of the
 * protocol as servers of our own speak, and what is beyond it is refused. Not thread-safe.
 */
final class AnswerReader {

    private static final int BUFFER_BYTES = 16 << 10;
    private static final int MOST_LINE_BYTES = 8 << 10;
    private static final int MOST_HEADERS = 64;
    private static final int NO_CONTENT = 204;
    private static final int NOT_MODIFIED = 304;

    private final Source in;
    private final long mostBytes;
    private final byte[] buffer = new byte[BUFFER_BYTES];
    private int at;
    private int end;
    private boolean begun;
    private boolean goesOn;

    /** Where bytes come from, as of {@link java.io.InputStream#read(byte[], int, int)}. */
    @FunctionalInterface
    interface Source {
        int read(byte[] target, int from, int length) throws IOException;
    }

    /**
     * @param mostBytes of a body
     */
    AnswerReader(Source in, long mostBytes) {
        this.in = in;
        this.mostBytes = mostBytes;
    }

    /** A question is about to be asked: all that was read so far was of others. */
    void expect() {
        begun = false;
        goesOn = false;
    }

    /** Whether anything came of the answer to the question that was last asked. */
    boolean hasBegun() {
        return begun;
    }

    /** Whether another question may follow the answer that was last read. */
    boolean goesOn() {
        return goesOn && at == end;
    }

    /**
     * @throws IOException if the connection ends before, or this is none of the protocol's
     */
    InstanceAnswer read() throws IOException {
        int status = status(line());
        Map<String, String> headers = headers();
        boolean closes = "close".equalsIgnoreCase(headers.get("connection"));
        byte[] body = body(status, headers);
        goesOn = !closes && isBounded(status, headers);
        return new InstanceAnswer(status, headers, body);
    }

    /** Of {@code HTTP/1.1 200 OK}. */
    private static int status(String line) throws IOException {
        boolean known =
                line.startsWith("HTTP/1.1 ")
                        && line.length() >= 12
                        && (line.length() == 12 || line.charAt(12) == ' ');
        if (!known) {
            throw new IOException("no answer of HTTP/1.1: " + line);
        }
        int status = number(line.substring(9, 12), 10);
        // Informational ones are not asked for.
        if (status < 200) {
            throw new IOException("status " + status + " is none that ends a question");
        }
        return status;
    }

    private Map<String, String> headers() throws IOException {
        Map<String, String> headers = new HashMap<>();
        int count = 0;
        for (String line = line(); !line.isEmpty(); line = line()) {
            int colon = line.indexOf(':');
            if (colon < 1 || ++count > MOST_HEADERS) {
                throw new IOException("headers that are none, or more than " + MOST_HEADERS);
            }
            headers.put(
                    line.substring(0, colon).toLowerCase(Locale.ROOT),
                    line.substring(colon + 1).strip());
        }
        return headers;
    }

    /** Whether the answer says where it ends, other than by ending the connection. */
    private static boolean isBounded(int status, Map<String, String> headers) {
        return isEmpty(status)
                || headers.containsKey("content-length")
                || headers.containsKey("transfer-encoding");
    }

    private static boolean isEmpty(int status) {
        return status == NO_CONTENT || status == NOT_MODIFIED;
    }

    private byte[] body(int status, Map<String, String> headers) throws IOException {
        if (isEmpty(status)) {
            return new byte[0];
        }
        String encoding = headers.get("transfer-encoding");
        if (encoding != null) {
            if (!encoding.equalsIgnoreCase("chunked")) {
                throw new IOException("transfer-encoding " + encoding + " is not known");
            }
            return chunks();
        }
        String length = headers.get("content-length");
        return length == null ? rest() : bytes(number(length, 10));
    }

    private byte[] chunks() throws IOException {
        // Grows by doubling: however small the chunks are, each byte is moved a few times.
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        for (int size = chunk(); size > 0; size = chunk()) {
            bound((long) all.size() + size);
            byte[] piece = new byte[size];
            fill(piece);
            all.writeBytes(piece);
            if (!line().isEmpty()) {
                throw new IOException("a chunk is longer than it says");
            }
        }
        // Trailers, if there are any, tell nothing that is wanted here.
        var _ = headers();
        return all.toByteArray();
    }

    private int chunk() throws IOException {
        String line = line();
        int extension = line.indexOf(';');
        return number(extension < 0 ? line : line.substring(0, extension), 16);
    }

    private byte[] bytes(int length) throws IOException {
        bound(length);
        byte[] bytes = new byte[length];
        fill(bytes);
        return bytes;
    }

    /** All until the connection ends. */
    private byte[] rest() throws IOException {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        do {
            bound((long) all.size() + end - at);
            all.write(buffer, at, end - at);
            at = end;
        } while (more());
        return all.toByteArray();
    }

    private void bound(long length) throws IOException {
        if (length > mostBytes) {
            throw new IOException("a body of more than " + mostBytes + " bytes");
        }
    }

    private void fill(byte[] target) throws IOException {
        int buffered = Math.min(end - at, target.length);
        System.arraycopy(buffer, at, target, 0, buffered);
        at += buffered;
        int done = buffered;
        while (done < target.length) {
            int count = in.read(target, done, target.length - done);
            if (count < 0) {
                throw new EOFException("the connection ended within an answer");
            }
            done += count;
        }
    }

    private String line() throws IOException {
        StringBuilder longer = new StringBuilder(0);
        while (true) {
            for (int i = at; i < end; i++) {
                if (buffer[i] == '\n') {
                    String line = new String(buffer, at, i - at, StandardCharsets.ISO_8859_1);
                    at = i + 1;
                    String whole = longer.isEmpty() ? line : longer.append(line).toString();
                    return whole.endsWith("\r") ? whole.substring(0, whole.length() - 1) : whole;
                }
            }
            longer.append(new String(buffer, at, end - at, StandardCharsets.ISO_8859_1));
            at = end;
            if (longer.length() > MOST_LINE_BYTES) {
                throw new IOException("a line of more than " + MOST_LINE_BYTES + " bytes");
            }
            if (!more()) {
                throw new EOFException("the connection ended before an answer did");
            }
        }
    }

    private boolean more() throws IOException {
        int count = in.read(buffer, 0, buffer.length);
        at = 0;
        end = Math.max(0, count);
        begun |= count > 0;
        return count > 0;
    }

    private static int number(String text, int radix) throws IOException {
        try {
            int number = Integer.parseInt(text.strip(), radix);
            if (number >= 0) {
                return number;
            }
        } catch (NumberFormatException e) {
            throw new IOException("\"" + text + "\" is no number", e);
        }
        throw new IOException("\"" + text + "\" is below zero");
    }
}
