package io.tapeline.aggregator.store;

import io.tapeline.schemas.market.Instrument;
import io.tapeline.schemas.wire.MalformedPayload;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Iterator;
import java.util.List;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/**
 * A file with all books of one partition, from which a restart goes on. Form: {@code "TLBK"
 * version(1) changelog(text) partition from}, then of each book {@code 1 instrument(text) baseBytes
 * deltaBytes length base}, then {@code 0 books to}, and the CRC-32C of all before in four bytes,
 * most significant first. Numbers are varints. A base is the book journal's, numbered as the last
 * record that was written of the book.
 *
 * <p>The books need not be of one moment, so that many can be written little by little between
 * commits: each holds at least what the changelog says up to {@code from}, and at most up to {@code
 * to}, inclusive. Who reads on after {@code from} passes over what a book has already.
 *
 * <p>It is written beside the one before, which it replaces at once when it is complete. Nothing is
 * forced to the disk: a file that power failure left in pieces fails its checksum, and the
 * changelog has everything.
 */
final class BookSnapshot {

    private static final byte[] MAGIC = "TLBK".getBytes(StandardCharsets.US_ASCII);
    private static final int VERSION = 1;
    private static final int BOOK = 1;
    private static final int END = 0;
    private static final int CHECKSUM_BYTES = 4;

    private final Path unfinished;
    private final FileChannel file;
    private final CRC32C checksum = new CRC32C();
    private final JournalWriter out = new JournalWriter();
    private final Iterator<Instrument> toWrite;
    private final long from;
    private long books;
    private long size;

    /**
     * What is in a file.
     *
     * @param from restoring goes on after this offset
     * @param to no book holds what comes after this offset
     */
    record Extent(long from, long to) {}

    private BookSnapshot(Path unfinished, FileChannel file, List<Instrument> books, long from) {
        this.unfinished = unfinished;
        this.file = file;
        this.toWrite = books.iterator();
        this.from = from;
    }

    /**
     * @param changelog and {@code partition}: whose offset {@code from} is
     */
    static BookSnapshot begin(
            Path unfinished, String changelog, int partition, long from, List<Instrument> books)
            throws IOException {
        Files.createDirectories(unfinished.toAbsolutePath().getParent());
        FileChannel file =
                FileChannel.open(
                        unfinished,
                        StandardOpenOption.CREATE,
                        StandardOpenOption.TRUNCATE_EXISTING,
                        StandardOpenOption.WRITE);
        BookSnapshot snapshot = new BookSnapshot(unfinished, file, books, from);
        snapshot.out.raw(MAGIC);
        snapshot.out.tag(VERSION);
        snapshot.out.text(changelog);
        snapshot.out.unsigned(partition);
        snapshot.out.unsigned(from);
        return snapshot;
    }

    long from() {
        return from;
    }

    /** Of the file so far. */
    long size() {
        return size;
    }

    boolean hasAllBooks() {
        return !toWrite.hasNext();
    }

    /**
     * Writes books as they are now.
     *
     * @param most bytes, after which no other book is begun
     */
    void writeBooks(BookTable table, long most) throws IOException {
        for (long written = 0; toWrite.hasNext() && written < most; ) {
            Instrument instrument = toWrite.next();
            BookTable.@Nullable Image image = table.image(instrument);
            if (image != null) {
                out.tag(BOOK);
                out.text(instrument.id());
                out.unsigned(image.baseBytes());
                out.unsigned(image.deltaBytes());
                out.unsigned(image.base().length);
                out.raw(image.base());
                books++;
            }
            written += flush();
        }
    }

    private int flush() throws IOException {
        byte[] bytes = out.toBytes();
        out.clear();
        checksum.update(bytes, 0, bytes.length);
        write(bytes);
        return bytes.length;
    }

    private void write(byte[] bytes) throws IOException {
        ByteBuffer buffer = ByteBuffer.wrap(bytes);
        while (buffer.hasRemaining()) {
            size += file.write(buffer);
        }
    }

    /**
     * Takes the place of the snapshot before.
     *
     * @param to see {@link Extent}
     */
    void publish(Path finished, long to) throws IOException {
        out.tag(END);
        out.unsigned(books);
        out.unsigned(to);
        flush();
        write(ByteBuffer.allocate(CHECKSUM_BYTES).putInt((int) checksum.getValue()).array());
        file.close();
        Files.move(
                unfinished,
                finished,
                StandardCopyOption.ATOMIC_MOVE,
                StandardCopyOption.REPLACE_EXISTING);
    }

    /** What has been written is of no use. */
    void abandon() {
        try {
            file.close();
            Files.deleteIfExists(unfinished);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Puts the books of a file into an empty table; null where there is no file.
     *
     * @throws MalformedPayload if the file is damaged, or of another changelog; the table may hold
     *     some of its books
     */
    static @Nullable Extent read(Path file, String changelog, int partition, BookTable table)
            throws IOException, MalformedPayload {
        byte[] bytes;
        try {
            bytes = Files.readAllBytes(file);
        } catch (NoSuchFileException e) {
            return null;
        }
        JournalReader in = checked(bytes);
        int version = in.tag();
        if (version != VERSION) {
            throw new MalformedPayload("book snapshot: unknown version " + version);
        }
        String ofChangelog = in.text();
        long ofPartition = in.unsigned();
        if (!ofChangelog.equals(changelog) || ofPartition != partition) {
            throw new MalformedPayload(
                    "book snapshot: of " + ofChangelog + "-" + ofPartition + ", a stranger");
        }
        long from = in.unsigned();
        long books = 0;
        for (int tag = in.tag(); tag == BOOK; tag = in.tag()) {
            String instrument = in.text();
            int baseBytes = (int) in.unsigned();
            long deltaBytes = in.unsigned();
            table.restore(instrument, new BookTable.Image(in.bytes(), baseBytes, deltaBytes));
            books++;
        }
        long counted = in.unsigned();
        if (counted != books) {
            throw new MalformedPayload("book snapshot: " + books + " books of " + counted);
        }
        return new Extent(from, in.unsigned());
    }

    private static JournalReader checked(byte[] bytes) throws MalformedPayload {
        int length = bytes.length - CHECKSUM_BYTES;
        if (length < MAGIC.length || !ByteBuffer.wrap(bytes, 0, 4).equals(ByteBuffer.wrap(MAGIC))) {
            throw new MalformedPayload("book snapshot: does not begin as one");
        }
        CRC32C actual = new CRC32C();
        actual.update(bytes, 0, length);
        if ((int) actual.getValue() != ByteBuffer.wrap(bytes, length, CHECKSUM_BYTES).getInt()) {
            throw new MalformedPayload("book snapshot: checksum does not match");
        }
        JournalReader in = new JournalReader(bytes);
        in.skip(MAGIC.length);
        return in;
    }
}
