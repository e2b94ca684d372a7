package io.tapeline.capture.replay;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The file of lines that are no raw records: {@code <file>:<number>}, the reason and the line,
 * between tabs. It is made when the first is rejected; what is there is added to.
 */
final class Rejects implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Rejects.class);
    private static final int MOST_COMPLAINTS = 20;

    private final Path path;
    private @Nullable OutputStream out;
    private int complaints;

    Rejects(Path path) {
        this.path = path;
    }

    void add(Path file, long number, String reason, byte[] line) throws IOException {
        OutputStream open = out;
        if (open == null) {
            open =
                    new BufferedOutputStream(
                            Files.newOutputStream(
                                    path, StandardOpenOption.CREATE, StandardOpenOption.APPEND));
            out = open;
        }
        open.write((file + ":" + number + "\t" + reason + "\t").getBytes(StandardCharsets.UTF_8));
        open.write(line);
        open.write('\n');
        if (complaints++ < MOST_COMPLAINTS) {
            LOG.atWarn()
                    .addKeyValue("file", file)
                    .addKeyValue("line", number)
                    .addKeyValue("reason", reason)
                    .log("Rejected");
        }
    }

    void flush() throws IOException {
        OutputStream open = out;
        if (open != null) {
            open.flush();
        }
    }

    @Override
    public void close() throws IOException {
        OutputStream open = out;
        if (open != null) {
            open.close();
        }
    }
}
