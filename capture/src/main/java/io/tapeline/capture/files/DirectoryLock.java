package io.tapeline.capture.files;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** That nobody else captures to a directory, until it is closed or the process is gone. */
record DirectoryLock(FileChannel channel) implements AutoCloseable {

    private static final String FILE = "capture.lock";

    /**
     * @throws IOException if another has it
     */
    static DirectoryLock of(Path directory) throws IOException {
        FileChannel channel =
                FileChannel.open(
                        directory.resolve(FILE),
                        StandardOpenOption.CREATE,
                        StandardOpenOption.WRITE);
        try {
            FileLock held = channel.tryLock();
            if (held != null) {
                return new DirectoryLock(channel);
            }
        } catch (OverlappingFileLockException e) {
            channel.close();
            throw new IOException("another capture of this process writes to " + directory, e);
        }
        channel.close();
        throw new IOException("another process captures to " + directory);
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
