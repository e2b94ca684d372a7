package io.tapeline.query.mirror.stream;

import java.time.Clock;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** All clients of the streams, the clock of those streams, and their orderly end (A.2). */
final class Talks implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Talks.class);
    private static final long MILLIS = 1_000;
    private static final long PAUSE_NANOS = 10_000_000;

    private final StreamHub hub;
    private final StreamSettings settings;
    private final StreamCounts counts;
    private final Clock clock;
    private final Set<MirrorTalk> open = ConcurrentHashMap.newKeySet();
    private final ScheduledExecutorService ticker =
            Executors.newSingleThreadScheduledExecutor(
                    Thread.ofPlatform().daemon().name("mirror-ticker").factory());
    private volatile boolean closed;

    Talks(StreamHub hub, StreamSettings settings, StreamCounts counts, Clock clock) {
        this.hub = hub;
        this.settings = settings;
        this.counts = counts;
        this.clock = clock;
    }

    /** Begins to tick, at the borders of the clock's seconds. */
    void start() {
        long untilNext = MILLIS - Math.floorMod(clock.millis(), MILLIS);
        var _ = ticker.scheduleAtFixedRate(this::tick, untilNext, MILLIS, TimeUnit.MILLISECONDS);
    }

    private void tick() {
        try {
            hub.tick();
        } catch (RuntimeException e) {
            // One that is thrown would be the last tick.
            LOG.atError().setCause(e).log("mirror: a tick failed");
        }
    }

    MirrorTalk talk(StreamAddress.Wanted wanted) {
        return new MirrorTalk(this, hub, counts, wanted, settings.queued());
    }

    /** False if no more come in. */
    boolean opened(MirrorTalk talk) {
        open.add(talk);
        return !closed;
    }

    void ended(MirrorTalk talk) {
        open.remove(talk);
    }

    int size() {
        return open.size();
    }

    /**
     * Tells every client that the server shuts down, lets what waits for it be sent, and ends it:
     * all within the drain's time.
     */
    @Override
    public void close() {
        closed = true;
        ticker.shutdownNow();
        String shutdown = "{\"e\":\"serverShutdown\",\"E\":" + clock.millis() + "}";
        String combined = "{\"stream\":\"!serverShutdown\",\"data\":" + shutdown + "}";
        open.forEach(talk -> talk.say(talk.combined() ? combined : shutdown));
        long deadline = System.nanoTime() + settings.drain().toNanos();
        while (!open.stream().allMatch(MirrorTalk::isDrained) && System.nanoTime() - deadline < 0) {
            LockSupport.parkNanos(PAUSE_NANOS);
        }
        open.forEach(MirrorTalk::shutDown);
    }
}
