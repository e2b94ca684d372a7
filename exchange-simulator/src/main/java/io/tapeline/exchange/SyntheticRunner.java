package io.tapeline.exchange;

import io.tapeline.exchange.market.Market;
import io.tapeline.exchange.market.MarketStreams;
import io.tapeline.exchange.stream.StreamHub;
import io.tapeline.exchange.synthetic.SyntheticFlow;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.concurrent.locks.LockSupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Moves a made-up market along the wall clock. */
final class SyntheticRunner implements MarketRunner {

    private static final Logger LOG = LoggerFactory.getLogger(SyntheticRunner.class);
    private static final long PAUSE_NANOS = 2_000_000L;

    /**
     * The most market time in one turn, so that questions are answered meanwhile even when the
     * market has fallen behind.
     */
    private static final long MOST_MICROS_PER_TURN = 20_000L;

    private final SyntheticFlow flow;
    private final StreamHub hub;
    private final InstantSource clock;
    private final Thread thread;
    private volatile long events;
    private volatile boolean stopped;
    private volatile boolean failed;

    SyntheticRunner(Source.Synthetic source, StreamHub hub, InstantSource clock) {
        this.hub = hub;
        this.clock = clock;
        Instant start = clock.instant();
        this.flow =
                new SyntheticFlow(
                        source.pairs(),
                        source.trading(),
                        source.nonAsciiSymbols(),
                        source.seed(),
                        source.eventsPerSecond(),
                        source.bookLevels(),
                        source.history(),
                        start,
                        hub);
        this.thread = Thread.ofPlatform().name("exchange-market").daemon(true).unstarted(this::run);
    }

    @Override
    public Market market() {
        return flow.market();
    }

    @Override
    public MarketStreams streams() {
        return flow.streams();
    }

    @Override
    public SyntheticFlow synthetic() {
        return flow;
    }

    @Override
    public void start() {
        thread.start();
    }

    private void run() {
        Market market = flow.market();
        try {
            while (!stopped) {
                long now = ChronoUnit.MICROS.between(Instant.EPOCH, clock.instant());
                market.move(() ->
                        flow.advanceTo(Math.min(now, market.nowMicros() + MOST_MICROS_PER_TURN)));
                events = flow.events();
                hub.flush();
                if (market.nowMicros() >= now) {
                    LockSupport.parkNanos(PAUSE_NANOS);
                }
            }
        } catch (RuntimeException e) {
            failed = true;
            LOG.atError().setCause(e).log("The market stopped");
        }
    }

    @Override
    public Progress progress() {
        return new Progress(events, -1, failed ? Progress.State.FAILED : Progress.State.RUNNING);
    }

    @Override
    public void close() {
        stopped = true;
        LockSupport.unpark(thread);
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
