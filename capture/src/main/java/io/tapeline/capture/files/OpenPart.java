package io.tapeline.capture.files;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;

/** The file being written. Its name ends with {@code .part} until it is finished. */
final class OpenPart implements AutoCloseable {

    static final String SUFFIX = ".part";

    private final Path finished;
    private final Path path;
    private final FileChannel channel;
    private final OutputStream bytes;
    private final Compression compression;
    private final long firstNanos;
    private long length;
    private long lines;
    private @Nullable OutputStream frame;

    /**
     * @param finished its name once it is finished
     * @param keep how many of the bytes that are there count; the others are cut off
     */
    OpenPart(Path finished, Compression compression, long keep, long lines, long firstNanos)
            throws IOException {
        this.finished = finished;
        this.path = finished.resolveSibling(finished.getFileName() + SUFFIX);
        this.compression = compression;
        this.firstNanos = firstNanos;
        this.length = keep;
        this.lines = lines;
        this.channel = FileChannel.open(path, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        if (channel.size() < keep) {
            long size = channel.size();
            channel.close();
            throw new IOException(
                    path
                            + " has "
                            + size
                            + " bytes, but "
                            + keep
                            + " were written: was it changed?");
        }
        channel.truncate(keep);
        channel.position(keep);
        this.bytes =
                new FilterOutputStream(Channels.newOutputStream(channel)) {
                    @Override
                    public void write(byte[] buffer, int offset, int count) throws IOException {
                        out.write(buffer, offset, count);
                        length += count;
                    }

                    @Override
                    public void write(int b) throws IOException {
                        out.write(b);
                        length++;
                    }

                    @Override
                    public void close() {
                        // A frame ends; the file goes on.
                    }
                };
    }

    void append(byte[] line) throws IOException {
        OutputStream open = frame;
        if (open == null) {
            open = compression.frame(bytes);
            frame = open;
        }
        open.write(line);
        open.write('\n');
        lines++;
    }

    /** All that was appended is on the disk, in complete frames, when this returns. */
    void sync() throws IOException {
        OutputStream open = frame;
        if (open != null) {
            frame = null;
            open.close();
        }
        channel.force(true);
    }

    /** Written so far; what the compressor still holds is not counted. */
    long length() {
        return length;
    }

    long lines() {
        return lines;
    }

    long firstNanos() {
        return firstNanos;
    }

    String name() {
        return String.valueOf(finished.getFileName());
    }

    /** Gives the file its name. To be called after {@link #sync}. */
    void finish() throws IOException {
        channel.close();
        DurableFiles.rename(path, finished);
    }

    /** What was appended since the last {@link #sync} is lost. */
    @Override
    public void close() throws IOException {
        channel.close();
    }
}
