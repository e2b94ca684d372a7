package io.tapeline.capture.files;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A directory in which one capture writes. At a checkpoint the lines are on the disk first, then,
 * in one step, the file {@value #CHECKPOINT} says how long the open file is and which records come
 * next. Whoever opens the directory later cuts off what the checkpoint does not know, and goes on:
 * a line is never there twice, and none is missing. One process at a time; not thread-safe.
 */
public final class TapeDirectory implements AutoCloseable {

    static final String CHECKPOINT = "capture.checkpoint";

    /** Of a finished file; what others put beside it may begin with its name. */
    private static final Pattern NAME =
            Pattern.compile("tape-\\d{8}T\\d{6}\\.\\d{9}Z-\\d{6,}(\\.gz|\\.zst)?");

    private static final String LOCK = "capture.lock";
    private static final long NANOS_PER_SECOND = 1_000_000_000L;
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss.SSSSSSSSS'Z'", Locale.ROOT)
                    .withZone(ZoneOffset.UTC);

    private final Path directory;
    private final String selection;
    private final Compression compression;
    private final Split split;
    private final FileChannel lock;
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
            FileChannel lock) {
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
                new TapeDirectory(directory, selection, compression, split, lock(directory));
        try {
            opened.repair();
            return opened;
        } catch (IOException | RuntimeException e) {
            opened.close();
            throw e;
        }
    }

    private static FileChannel lock(Path directory) throws IOException {
        FileChannel channel =
                FileChannel.open(
                        directory.resolve(LOCK),
                        StandardOpenOption.CREATE,
                        StandardOpenOption.WRITE);
        try {
            FileLock held = channel.tryLock();
            if (held != null) {
                return channel;
            }
        } catch (OverlappingFileLockException e) {
            channel.close();
            throw new IOException("another capture of this process writes to " + directory, e);
        }
        channel.close();
        throw new IOException("another process captures to " + directory);
    }

    private void repair() throws IOException {
        Path file = directory.resolve(CHECKPOINT);
        if (!Files.exists(file)) {
            if (!tapes(directory).isEmpty()) {
                throw new IOException(
                        directory
                                + " holds tapes but no "
                                + CHECKPOINT
                                + ": name another directory");
            }
            removeUnknownParts(null);
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
        removeUnknownParts(name);
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

    /** What was begun after the checkpoint is read from the topics again. */
    private void removeUnknownParts(@Nullable String known) throws IOException {
        for (Path path : listed(directory)) {
            String name = String.valueOf(path.getFileName());
            if (name.startsWith("tape-")
                    && name.endsWith(OpenPart.SUFFIX)
                    && !name.equals(known + OpenPart.SUFFIX)) {
                Files.delete(path);
            }
        }
    }

    /** The finished files of a directory, in the order in which they were written. */
    public static List<Path> tapes(Path directory) throws IOException {
        return listed(directory).stream()
                .filter(path -> NAME.matcher(String.valueOf(path.getFileName())).matches())
                .toList();
    }

    private static List<Path> listed(Path directory) throws IOException {
        try (Stream<Path> paths = Files.list(directory)) {
            return paths.sorted().toList();
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
            open = new OpenPart(directory.resolve(name()), compression, 0, 0, receiveNanos);
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

    /** {@code tape-<time of the first line, never before the last one's>-<number>}. */
    private String name() {
        Instant time =
                Instant.ofEpochSecond(
                        Math.floorDiv(named, NANOS_PER_SECOND),
                        Math.floorMod(named, NANOS_PER_SECOND));
        return String.format(
                Locale.ROOT, "tape-%s-%06d%s", TIME.format(time), sequence, compression.suffix());
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
        try (FileChannel held = lock) {
            OpenPart open = part;
            part = null;
            if (open != null) {
                open.close();
            }
        }
    }
}
