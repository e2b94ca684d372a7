package io.tapeline.capture.files;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.zip.ZipException;
import org.jspecify.annotations.Nullable;

/** Reads a file's lines, as bytes. A last line without an end counts. Not thread-safe. */
public final class TapeReader implements AutoCloseable {

    private static final int BUFFER_BYTES = 1 << 16;

    /** A record of the raw topics has at most three megabytes; Base64 makes four of them. */
    private static final int MOST_LINE_BYTES = 8 << 20;

    private final InputStream in;
    private final byte[] buffer = new byte[BUFFER_BYTES];
    private int at;
    private int end;
    private long number;

    /**
     * @throws DamagedTape if it ends amid the head of a compressed file
     */
    public TapeReader(Path file) throws IOException {
        try {
            this.in = Compression.read(file);
        } catch (EOFException | ZipException e) {
            throw new DamagedTape("is damaged or cut off in its head", e);
        }
    }

    /** The number of the line that was read last, from 1. */
    public long number() {
        return number;
    }

    /**
     * The next line; null at the end.
     *
     * @throws DamagedTape if a compressed file ends amid a frame, or cannot be read on
     * @throws IOException if a line is beyond all measure
     */
    public byte @Nullable [] next() throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream(512);
        boolean any = false;
        while (true) {
            if (at == end) {
                end = Math.max(0, read());
                at = 0;
                if (end == 0) {
                    number += any ? 1 : 0;
                    return any ? line.toByteArray() : null;
                }
            }
            any = true;
            int from = at;
            while (at < end && buffer[at] != '\n') {
                at++;
            }
            line.write(buffer, from, at - from);
            if (line.size() > MOST_LINE_BYTES) {
                throw new IOException(
                        "line " + (number + 1) + " is longer than " + MOST_LINE_BYTES);
            }
            if (at < end) {
                at++;
                number++;
                return line.toByteArray();
            }
        }
    }

    private int read() throws DamagedTape {
        try {
            return in.read(buffer);
        } catch (IOException e) {
            throw new DamagedTape(
                    "is damaged or cut off after line " + number + " (" + e.getMessage() + ")", e);
        }
    }

    @Override
    public void close() throws IOException {
        in.close();
    }
}
