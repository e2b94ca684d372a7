package io.tapeline.aggregator.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.tapeline.fuzz.Target;
import io.tapeline.schemas.wire.MalformedPayload;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.zip.CRC32C;

/** Files of books whose checksum is right, whatever else is not: they are read, or malformed. */
public final class BookSnapshotFuzz implements Target {

    private static final String CHANGELOG = "books-changelog";
    private static final int PARTITION = 3;

    private final Path file = temporary();

    private static Path temporary() {
        try {
            Path file = Files.createTempFile("tapeline-fuzz", ".books");
            file.toFile().deleteOnExit();
            return file;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public List<byte[]> seeds() {
        BookTable table = new JournaledBooks().table;
        try {
            BookSnapshot snapshot =
                    BookSnapshot.begin(
                            file.resolveSibling(file.getFileName() + ".unfinished"),
                            CHANGELOG,
                            PARTITION,
                            4,
                            table.instruments());
            snapshot.writeBooks(table, Long.MAX_VALUE);
            snapshot.publish(file, 9);
            byte[] whole = Files.readAllBytes(file);
            return List.of(Arrays.copyOf(whole, whole.length - Integer.BYTES));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void read(byte[] input) throws IOException {
        CRC32C checksum = new CRC32C();
        checksum.update(input);
        Files.write(
                file,
                ByteBuffer.allocate(input.length + Integer.BYTES)
                        .put(input)
                        .putInt((int) checksum.getValue())
                        .array());
        try {
            assertThat(BookSnapshot.read(file, CHANGELOG, PARTITION, JournaledBooks.emptyTable()))
                    .isNotNull();
        } catch (MalformedPayload e) {
            assertThat(e.getMessage()).isNotEmpty();
        }
    }
}
