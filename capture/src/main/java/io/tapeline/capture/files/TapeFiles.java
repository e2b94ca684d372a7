package io.tapeline.capture.files;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The tapes of a directory, by their names. */
public final class TapeFiles {

    /** Of a finished file; what others put beside it may begin with its name. */
    private static final Pattern NAME =
            Pattern.compile("tape-\\d{8}T\\d{6}\\.\\d{9}Z-\\d{6,}(\\.gz|\\.zst)?");

    private static final long NANOS_PER_SECOND = 1_000_000_000L;
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss.SSSSSSSSS'Z'", Locale.ROOT)
                    .withZone(ZoneOffset.UTC);

    private TapeFiles() {}

    /** The finished files of a directory, in the order in which they were written. */
    public static List<Path> finished(Path directory) throws IOException {
        return listed(directory).stream()
                .filter(path -> NAME.matcher(String.valueOf(path.getFileName())).matches())
                .toList();
    }

    /**
     * {@code tape-<time>-<number>}, by which names are in the order of writing.
     *
     * @param nanos of its first line, since the epoch, never before the last file's
     */
    static String name(long nanos, long sequence, Compression compression) {
        Instant time =
                Instant.ofEpochSecond(
                        Math.floorDiv(nanos, NANOS_PER_SECOND),
                        Math.floorMod(nanos, NANOS_PER_SECOND));
        return String.format(
                Locale.ROOT, "tape-%s-%06d%s", TIME.format(time), sequence, compression.suffix());
    }

    /**
     * What was begun after a checkpoint is read from the topics again.
     *
     * @param known the name of the one file that the checkpoint knows to be open, if there is one
     */
    static void removeParts(Path directory, @Nullable String known) throws IOException {
        for (Path path : listed(directory)) {
            String name = String.valueOf(path.getFileName());
            if (name.startsWith("tape-")
                    && name.endsWith(OpenPart.SUFFIX)
                    && !name.equals(known + OpenPart.SUFFIX)) {
                Files.delete(path);
            }
        }
    }

    private static List<Path> listed(Path directory) throws IOException {
        try (Stream<Path> paths = Files.list(directory)) {
            return paths.sorted().toList();
        }
    }
}
