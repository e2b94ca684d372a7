package io.tapeline.ingestor;

import java.util.ArrayDeque;
import java.util.Deque;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Parts that were started; closes them in the opposite order, each whatever the others do. */
final class Parts implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(Parts.class);

    private record Part(String name, AutoCloseable close) {}

    private final Deque<Part> started = new ArrayDeque<>();

    <T extends AutoCloseable> T add(String name, T part) {
        started.push(new Part(name, part));
        return part;
    }

    @Override
    public void close() {
        for (Part part = started.poll(); part != null; part = started.poll()) {
            try {
                part.close().close();
            } catch (Exception e) {
                log.atError().addKeyValue("part", part.name()).setCause(e).log("did not close");
            }
        }
    }
}
