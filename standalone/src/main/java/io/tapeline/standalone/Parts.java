package io.tapeline.standalone;

import java.util.ArrayDeque;
import java.util.Deque;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What has been started, closed in the opposite order. A part that fails to close is logged and
 * does not keep the others from closing.
 */
final class Parts implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Parts.class);

    private record Part(String name, AutoCloseable closeable) {}

    private final Deque<Part> started = new ArrayDeque<>();

    /** Remembers a part that runs. */
    <P extends AutoCloseable> P add(String name, P part) {
        started.push(new Part(name, part));
        return part;
    }

    /** Idempotent. */
    @Override
    public void close() {
        while (!started.isEmpty()) {
            Part part = started.pop();
            try {
                part.closeable().close();
                LOG.atInfo().addKeyValue("part", part.name()).log("Stopped");
            } catch (Exception e) {
                LOG.atError()
                        .addKeyValue("part", part.name())
                        .setCause(e)
                        .log("Did not stop cleanly");
            }
        }
    }
}
