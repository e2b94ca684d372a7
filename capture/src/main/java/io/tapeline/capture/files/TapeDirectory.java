package io.tapeline.capture.files;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A directory in which one capture writes. At a checkpoint the lines are on the disk first, then,
 * in one step, the file {@value #CHECKPOINT} says how long the open file is and which records come
 * next. Whoever opens the directory later cuts off what the checkpoint does not know, and goes on:
 * a line is never there twice, and none is missing. One process at a time; not thread-safe.
 */
public final class TapeDirectory implements AutoCloseable {

    static final String CHECKPOINT = "capture.checkpoint";

    private final Path directory;
    private final String selection;
    private final Compression compression;
    private final Split split;
    private final DirectoryLock lock;
    private TapeTotals totals = TapeTotals.NOTHING;
    private long sequence;
    private long named;
    private @Nullable OpenPart part;
    private @Nullable Checkpoint last;

    /**
     * When a file is full.
     *
     * @param bytes of the file, compressed; it may have a few more
     * @param time between its first line and the first of the next
     */
    public record Split(long bytes, Duration time) {
        public Split {
            if (bytes <= 0 || time.isNegative() || time.isZero()) {
                throw new IllegalArgumentException(
                        "Split.bytes and time must be positive, were " + bytes + " and " + time);
            }
        }
    }

    private TapeDirectory(
            Path directory,
            String selection,
            Compression compression,
            Split split,
            DirectoryLock lock) {
        this.directory = directory;
        this.selection = selection;
        this.compression = compression;
        this.split = split;
        this.lock = lock;
    }

    /**
     * Opens or makes the directory, and repairs it.
     *
     * @param selection what is captured; a directory in which something else was is refused
     * @throws IOException if another process writes there, or the files are not those of the
     *     checkpoint
     */
    public static TapeDirectory open(
            Path directory, String selection, Compression compression, Split split)
            throws IOException {
        Files.createDirectories(directory);
        TapeDirectory opened =
                new TapeDirectory(
                        directory, selection, compression, split, DirectoryLock.of(directory));
        try {
            opened.repair();
            return opened;
        } catch (IOException | RuntimeException e) {
            opened.close();
            throw e;
        }
    }

    private void repair() throws IOException {
        Path file = directory.resolve(CHECKPOINT);
        if (!Files.exists(file)) {
            if (!TapeFiles.finished(directory).isEmpty()) {
                throw new IOException(
                        directory
                                + " holds tapes but no "
                                + CHECKPOINT
                                + ": name another directory");
            }
            TapeFiles.removeParts(directory, null);
            return;
        }
        Checkpoint checkpoint;
        try {
            checkpoint = Checkpoint.parse(Files.readString(file));
        } catch (IllegalArgumentException e) {
            throw new IOException(file + " " + e.getMessage(), e);
        }
        if (!checkpoint.selection().equals(selection)) {
            throw new IOException(
                    directory
                            + " is a capture of \""
                            + checkpoint.selection()
                            + "\", not of \""
                            + selection
                            + "\": name another directory, or the same options");
        }
        last = checkpoint;
        totals = checkpoint.totals();
        sequence = checkpoint.sequence();
        named = checkpoint.named();
        String name = checkpoint.part();
        TapeFiles.removeParts(directory, name);
        if (name != null) {
            reopen(name, checkpoint);
        }
    }

    /** A file that was named after the checkpoint is finished; any other goes on. */
    private void reopen(String name, Checkpoint checkpoint) throws IOException {
        Path finished = directory.resolve(name);
        if (Files.exists(finished)) {
            if (Files.size(finished) != checkpoint.partBytes()) {
                throw new IOException(
                        finished
                                + " has "
                                + Files.size(finished)
                                + " bytes, but "
                                + checkpoint.partBytes()
                                + " were written: was it changed?");
            }
            totals = totals.withFile(checkpoint.partBytes());
        } else {
            part =
                    new OpenPart(
                            finished,
                            compression,
                            checkpoint.partBytes(),
                            checkpoint.partLines(),
                            checkpoint.partFirst());
        }
    }

    /** The offsets to go on from, by {@code topic/partition}; empty for a capture that is new. */
    public Optional<Map<String, Long>> offsets() {
        return Optional.ofNullable(last).map(Checkpoint::offsets);
    }

    /**
     * Appends a line, to a new file where the open one is full.
     *
     * @param offsets where the capture stands before this line
     */
    public void append(byte[] line, long receiveNanos, Map<String, Long> offsets)
            throws IOException {
        OpenPart open = part;
        if (open != null && isFull(open, receiveNanos)) {
            finish(offsets);
            open = null;
        }
        if (open == null) {
            named = Math.max(named, receiveNanos);
            sequence++;
            String name = TapeFiles.name(named, sequence, compression);
            open = new OpenPart(directory.resolve(name), compression, 0, 0, receiveNanos);
            part = open;
        }
        open.append(line);
        totals = totals.withLine(line.length + 1);
    }

    private boolean isFull(OpenPart open, long receiveNanos) {
        return open.lines() > 0
                && (open.length() >= split.bytes()
                        || receiveNanos - open.firstNanos() >= split.time().toNanos());
    }

    /** What was appended, and that the capture stands there, is durable when this returns. */
    public void checkpoint(Map<String, Long> offsets) throws IOException {
        OpenPart open = part;
        if (open != null) {
            open.sync();
        }
        Checkpoint checkpoint =
                new Checkpoint(
                        selection,
                        sequence,
                        named,
                        open == null ? null : open.name(),
                        open == null ? 0 : open.length(),
                        open == null ? 0 : open.lines(),
                        open == null ? 0 : open.firstNanos(),
                        totals,
                        offsets);
        DurableFiles.replace(directory.resolve(CHECKPOINT), checkpoint.text());
        last = checkpoint;
    }

    /** A checkpoint after which the open file, if there is one, has its name. */
    public void finish(Map<String, Long> offsets) throws IOException {
        checkpoint(offsets);
        OpenPart open = part;
        if (open != null) {
            open.finish();
            part = null;
            totals = totals.withFile(open.length());
        }
    }

    public TapeTotals totals() {
        return totals;
    }

    /** What was appended after the last checkpoint is dropped. */
    @Override
    public void close() throws IOException {
        try (DirectoryLock _ = lock) {
            OpenPart open = part;
            part = null;
            if (open != null) {
                open.close();
            }
        }
    }
}
