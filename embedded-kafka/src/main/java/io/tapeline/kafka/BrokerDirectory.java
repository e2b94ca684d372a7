package io.tapeline.kafka;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The broker's data directory while this process holds it: {@code lock} (with the holder's process
 * id) and {@code log} (Kafka's own files, the cluster id among them).
 *
 * <p>The operating system lets go of the lock when the process dies, however it dies, so a crash
 * leaves nothing to clean up.
 */
final class BrokerDirectory implements AutoCloseable {
    private static final String META_PROPERTIES = "meta.properties";
    private final Path root;
    private final FileChannel lockFile;

    private BrokerDirectory(Path root, FileChannel lockFile) {
        this.root = root;
        this.lockFile = lockFile;
    }

    /**
     * Creates the directory when absent and takes it for this process.
     *
     * @throws DirectoryInUseException when a broker, of this or another process, holds it
     */
    static BrokerDirectory hold(Path root) throws IOException {
        Files.createDirectories(root);
        Path lockPath = root.resolve("lock");
        FileChannel channel =
                FileChannel.open(
                        lockPath,
                        StandardOpenOption.CREATE,
                        StandardOpenOption.READ,
                        StandardOpenOption.WRITE);
        try {
            if (tryLock(channel) == null) {
                throw new DirectoryInUseException(root, holder(channel));
            }
            byte[] pid =
                    Long.toString(ProcessHandle.current().pid())
                            .getBytes(StandardCharsets.US_ASCII);
            channel.truncate(0).write(ByteBuffer.wrap(pid), 0);
            return new BrokerDirectory(root, channel);
        } catch (IOException | RuntimeException e) {
            channel.close();
            throw e;
        }
    }

    private static @Nullable FileLock tryLock(FileChannel channel) throws IOException {
        try {
            return channel.tryLock();
        } catch (OverlappingFileLockException heldByThisProcess) {
            return null;
        }
    }

    private static String holder(FileChannel channel) throws IOException {
        ByteBuffer pid = ByteBuffer.allocate(20);
        channel.read(pid, 0);
        return new String(pid.array(), 0, pid.position(), StandardCharsets.US_ASCII);
    }

    Path log() {
        return root.resolve("log");
    }

    /** The port that a broker over this directory last listened on; 0 if none is known. */
    int keptPort() throws IOException {
        Path kept = root.resolve("port");
        if (!Files.exists(kept)) {
            return 0;
        }
        String text = Files.readString(kept, StandardCharsets.US_ASCII);
        int port = text.matches("[0-9]{1,5}") ? Integer.parseInt(text) : 0;
        return port <= 65_535 ? port : 0;
    }

    void keepPort(int port) throws IOException {
        Files.writeString(root.resolve("port"), Integer.toString(port), StandardCharsets.US_ASCII);
    }

    /**
     * Makes {@link #log()} a formatted log directory, once in the directory's life. A crash at any
     * instant leaves it either formatted or absent, because it is formatted under another name and
     * then renamed.
     *
     * @param format writes the format into the empty directory it is given
     */
    void formatOnce(Formatting format) throws IOException {
        if (Files.exists(log().resolve(META_PROPERTIES))) {
            return;
        }
        if (Files.exists(log()) && !isEmpty(log())) {
            throw new IOException(
                    log()
                            + " holds files but no "
                            + META_PROPERTIES
                            + ": not a broker's directory, or a damaged one");
        }
        Path unfinished = root.resolve("log.unfinished");
        deleteTree(unfinished);
        Files.createDirectory(unfinished);
        format.writeInto(unfinished);
        Files.deleteIfExists(log());
        Files.move(unfinished, log(), StandardCopyOption.ATOMIC_MOVE);
    }

    private static boolean isEmpty(Path directory) throws IOException {
        try (Stream<Path> entries = Files.list(directory)) {
            return entries.findAny().isEmpty();
        }
    }

    /** Deletes {@code directory} and all below it; does nothing when it is absent. */
    static void deleteTree(Path directory) throws IOException {
        if (!Files.exists(directory)) {
            return;
        }
        List<Path> deepestFirst;
        try (Stream<Path> tree = Files.walk(directory)) {
            deepestFirst = tree.sorted(Comparator.reverseOrder()).toList();
        }
        for (Path path : deepestFirst) {
            Files.deleteIfExists(path);
        }
    }

    /** Lets go of the directory; its files stay. */
    @Override
    public void close() throws IOException {
        lockFile.close();
    }

    /** Writes a broker's format into an empty directory. */
    @FunctionalInterface
    interface Formatting {
        void writeInto(Path emptyDirectory) throws IOException;
    }
}
