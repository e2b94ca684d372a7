package io.tapeline.exchange.replay;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import org.jspecify.annotations.Nullable;

/**
 * The lines of several recordings as one, by their receive times; of equal times, by the order of
 * the files.
 */
final class MergedLines implements AutoCloseable {

    private final List<LineReader> readers = new ArrayList<>();
    private final PriorityQueue<Head> heads =
            new PriorityQueue<>(
                    Comparator.<Head>comparingLong(h -> h.line.receiveNanos())
                            .thenComparingInt(h -> h.file));

    private record Head(int file, LineReader.Line line) {}

    /**
     * @param file the index of the file that the line is from
     */
    record FileLine(int file, LineReader.Line line) {}

    MergedLines(List<Path> files) throws IOException {
        try {
            for (Path file : files) {
                readers.add(new LineReader(file));
                pull(readers.size() - 1);
            }
        } catch (IOException e) {
            close();
            throw e;
        }
    }

    private void pull(int file) throws IOException {
        LineReader.Line line = readers.get(file).next();
        if (line != null) {
            heads.add(new Head(file, line));
        }
    }

    /** The next line; null at the end. */
    @Nullable FileLine next() throws IOException {
        Head head = heads.poll();
        if (head == null) {
            return null;
        }
        pull(head.file());
        return new FileLine(head.file(), head.line());
    }

    @Override
    public void close() throws IOException {
        for (LineReader reader : readers) {
            reader.close();
        }
    }
}
