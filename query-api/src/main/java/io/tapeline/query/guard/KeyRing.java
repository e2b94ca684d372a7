package io.tapeline.query.guard;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The keys as of now: those of the settings, and those of their file, which is read again within
 * seconds after it has changed. A file that cannot be read, or of which a line is no key, changes
 * nothing: whoever held a key before holds it still, and nobody gets in who had none. Thread-safe.
 */
final class KeyRing {

    private static final Logger LOG = LoggerFactory.getLogger(KeyRing.class);

    /** Between two looks at the file, each by one question. */
    static final Duration LOOK_EVERY = Duration.ofSeconds(2);

    private final GuardSettings settings;
    private final LongSupplier nanoTime;
    private final AtomicLong nextLookNanos;
    private volatile ApiKeys keys;
    private @Nullable Stamp read;
    private boolean troubled;

    /** What changes with a file: the key is another's where it was put in the place of the old. */
    private record Stamp(FileTime modified, long bytes, @Nullable Object key) {
        static Stamp of(Path file) throws IOException {
            BasicFileAttributes now = Files.readAttributes(file, BasicFileAttributes.class);
            return new Stamp(now.lastModifiedTime(), now.size(), now.fileKey());
        }
    }

    /**
     * @throws UncheckedIOException if the file cannot be read now
     * @throws IllegalArgumentException if an entry is none
     */
    KeyRing(GuardSettings settings, LongSupplier nanoTime) {
        this.settings = settings;
        this.nanoTime = nanoTime;
        this.nextLookNanos = new AtomicLong(nanoTime.getAsLong() + LOOK_EVERY.toNanos());
        Path file = settings.file();
        try {
            // Before the keys are: a change in between is seen as one.
            this.read = file == null ? null : Stamp.of(file);
        } catch (IOException e) {
            throw new UncheckedIOException("tapeline.guard.keys-file: " + file, e);
        }
        this.keys = settings.apiKeys();
    }

    ApiKeys current() {
        Path file = settings.file();
        if (file != null) {
            long now = nanoTime.getAsLong();
            long next = nextLookNanos.get();
            if (now - next >= 0 && nextLookNanos.compareAndSet(next, now + LOOK_EVERY.toNanos())) {
                look(file);
            }
        }
        return keys;
    }

    private synchronized void look(Path file) {
        try {
            Stamp now = Stamp.of(file);
            if (!now.equals(read)) {
                keys = settings.apiKeys();
                read = now;
                LOG.atInfo().addKeyValue("keys", keys.size()).log("guard: API keys are read again");
            }
            troubled = false;
        } catch (IOException | UncheckedIOException | IllegalArgumentException e) {
            if (!troubled) {
                troubled = true;
                LOG.atError()
                        .setCause(e)
                        .log("guard: API keys cannot be read, those of before hold");
            }
        }
    }
}
