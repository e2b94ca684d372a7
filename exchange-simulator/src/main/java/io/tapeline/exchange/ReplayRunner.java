package io.tapeline.exchange;

import io.tapeline.exchange.market.Market;
import io.tapeline.exchange.market.MarketStreams;
import io.tapeline.exchange.replay.ReplayFlow;
import io.tapeline.exchange.rest.RequestLog;
import io.tapeline.exchange.stream.StreamHub;
import io.tapeline.exchange.synthetic.SyntheticFlow;
import java.io.IOException;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Moves a recording along: at its own pace, or faster, but never faster than the slowest client
 * takes it.
 */
final class ReplayRunner implements MarketRunner {

    private static final Logger LOG = LoggerFactory.getLogger(ReplayRunner.class);
    private static final int LINES_PER_FLUSH = 256;
    private static final long LOG_NANOS = 5_000_000_000L;

    private final Source.Replay source;
    private final StreamHub hub;
    private final FirstBooks firstBooks;
    private final ReplayFlow flow;
    private final Thread thread;
    private volatile Progress.State state = Progress.State.WAITING;
    private volatile long events;
    private volatile boolean stopped;
    private long logged;
    private long loggedEvents;

    ReplayRunner(Source.Replay source, StreamHub hub, RequestLog requests) throws IOException {
        this.source = source;
        this.hub = hub;
        this.firstBooks = new FirstBooks(hub::isSubscribed, hub::flush, requests::await);
        this.flow = ReplayFlow.open(source.files(), hub);
        this.thread = Thread.ofPlatform().name("exchange-replay").daemon(true).unstarted(this::run);
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
    public @Nullable SyntheticFlow synthetic() {
        return null;
    }

    @Override
    public void start() {
        thread.start();
    }

    private void run() {
        try (flow) {
            if (source.waitForClient()) {
                LOG.atInfo()
                        .addKeyValue("lines", flow.lines())
                        .log("Replay waits for the first subscription");
                hub.awaitSubscribers(source.settle());
            }
            state = Progress.State.RUNNING;
            LOG.atInfo()
                    .addKeyValue("lines", flow.lines())
                    .addKeyValue("speed", source.speed())
                    .log("Replay begins");
            play();
            if (!stopped) {
                flow.market().move(flow::finish);
                hub.flush();
                state = Progress.State.FINISHED;
                LOG.atInfo()
                        .addKeyValue("lines", events)
                        .log("Replay is over, its last state is served on");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (IOException | RuntimeException e) {
            state = Progress.State.FAILED;
            LOG.atError().setCause(e).addKeyValue("line", events).log("The replay stopped");
        }
    }

    private void play() throws IOException, InterruptedException {
        long begun = System.nanoTime();
        logged = begun;
        long firstNanos = -1;
        for (ReplayFlow.Step step = flow.next(); step != null && !stopped; step = flow.next()) {
            if (firstNanos < 0) {
                firstNanos = step.receiveNanos();
            }
            awaitTurn(begun + (long) ((step.receiveNanos() - firstNanos) / source.speed()));
            if (events % LINES_PER_FLUSH == 0) {
                hub.flush();
                hub.awaitRoom();
                tell();
            }
            ReplayFlow.Step now = step;
            flow.market().move(() -> flow.apply(now));
            events++;
            begun += awaitFirstBook(step);
        }
        hub.flush();
    }

    /** Nanoseconds that the recording stood still. */
    private long awaitFirstBook(ReplayFlow.Step step) throws InterruptedException {
        ReplayFlow.BookChange change = source.waitForClient() ? step.bookChange() : null;
        return change == null ? 0 : firstBooks.await(change);
    }

    /** Waits for the line's time; what was published before goes out first. */
    private void awaitTurn(long dueNanos) throws InterruptedException {
        if (dueNanos - System.nanoTime() <= 0) {
            return;
        }
        hub.flush();
        for (long left = dueNanos - System.nanoTime();
                left > 0 && !stopped;
                left = dueNanos - System.nanoTime()) {
            LockSupport.parkNanos(left);
            if (Thread.interrupted()) {
                throw new InterruptedException();
            }
        }
    }

    private void tell() {
        long now = System.nanoTime();
        if (now - logged >= LOG_NANOS) {
            LOG.atInfo()
                    .addKeyValue("lines", events)
                    .addKeyValue("percent", events * 100 / Math.max(1, flow.lines()))
                    .addKeyValue(
                            "linesPerSecond",
                            (events - loggedEvents) * 1_000_000_000L / (now - logged))
                    .log("Replay goes on");
            logged = now;
            loggedEvents = events;
        }
    }

    @Override
    public Progress progress() {
        return new Progress(events, flow.lines(), state);
    }

    @Override
    public void close() {
        stopped = true;
        thread.interrupt();
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
