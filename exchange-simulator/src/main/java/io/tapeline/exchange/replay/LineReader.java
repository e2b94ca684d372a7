package io.tapeline.exchange.replay;

import com.github.luben.zstd.ZstdInputStream;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.zip.ZipException;
import org.jspecify.annotations.Nullable;

/**
 * Reads a recording's lines, {@code <receive time, epoch ns> <raw text>}, plain, gzip or zstd, told
 * by the first bytes.
 */
final class LineReader implements AutoCloseable {

    private static final int BUFFER_BYTES = 1 << 16;

    private static final int MAGIC_BYTES = 4;
    private static final byte[] GZIP = {0x1f, (byte) 0x8b};
    private static final byte[] ZSTD = {0x28, (byte) 0xb5, 0x2f, (byte) 0xfd};

    private final Path file;
    private final InputStream in;
    private final byte[] buffer = new byte[BUFFER_BYTES];
    private int at;
    private int end;
    private long number;

    LineReader(Path file) throws IOException {
        this.file = file;
        try {
            this.in = open(file);
        } catch (EOFException | ZipException e) {
            throw new IOException(file + " is damaged or cut off in its head", e);
        }
    }

    /**
     * @param raw the text's bytes, as they were received
     */
    record Line(long receiveNanos, byte[] raw) {}

    private static InputStream open(Path file) throws IOException {
        InputStream plain = new BufferedInputStream(Files.newInputStream(file), BUFFER_BYTES);
        try {
            plain.mark(MAGIC_BYTES);
            byte[] magic = plain.readNBytes(MAGIC_BYTES);
            plain.reset();
            if (begins(magic, GZIP)) {
                return new WholeGzip(plain, BUFFER_BYTES);
            }
            return begins(magic, ZSTD) ? new ZstdInputStream(new ZstdFrames(plain)) : plain;
        } catch (IOException e) {
            plain.close();
            throw e;
        }
    }

    private static boolean begins(byte[] bytes, byte[] magic) {
        return bytes.length >= magic.length
                && Arrays.equals(bytes, 0, magic.length, magic, 0, magic.length);
    }

    /** The next line that is not empty; null at the end. */
    @Nullable Line next() throws IOException {
        byte[] line = bytes();
        while (line != null && line.length == 0) {
            line = bytes();
        }
        return line == null ? null : parse(line);
    }

    private Line parse(byte[] line) throws IOException {
        int i = 0;
        long nanos = 0;
        while (i < line.length && i < 19 && line[i] >= '0' && line[i] <= '9') {
            nanos = nanos * 10 + (line[i++] - '0');
        }
        if (i == 0 || i + 1 >= line.length || line[i] != ' ') {
            throw new IOException(
                    file + ", line " + number + ": not `<receive time in ns> <text>`");
        }
        return new Line(nanos, Arrays.copyOfRange(line, i + 1, line.length));
    }

    private byte @Nullable [] bytes() throws IOException {
        ByteArrayOutputStream parts = new ByteArrayOutputStream();
        boolean any = false;
        while (true) {
            if (at == end) {
                end = Math.max(0, read());
                at = 0;
                if (end == 0) {
                    number++;
                    return any ? parts.toByteArray() : null;
                }
            }
            any = true;
            int from = at;
            while (at < end && buffer[at] != '\n') {
                at++;
            }
            parts.write(buffer, from, at - from);
            if (at < end) {
                at++;
                number++;
                return parts.toByteArray();
            }
        }
    }

    private int read() throws IOException {
        try {
            return in.read(buffer);
        } catch (IOException e) {
            throw new IOException(
                    file
                            + " is damaged or cut off after line "
                            + number
                            + " ("
                            + e.getMessage()
                            + ")",
                    e);
        }
    }

    @Override
    public void close() throws IOException {
        in.close();
    }
}
