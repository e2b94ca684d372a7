package io.tapeline.ingestor.collect;

import io.tapeline.ingestor.collect.Job.State;
import io.tapeline.ingestor.feed.IngestorCounters;
import io.tapeline.ingestor.feed.IngestorCounters.Count;
import io.tapeline.ingestor.rest.RestOutcome;
import io.tapeline.ingestor.rest.RestRequest;
import io.tapeline.ingestor.resync.CandleFetcher.Fetched;
import io.tapeline.schemas.market.Instrument;
import io.tapeline.schemas.proto.JobStatus;
import io.tapeline.schemas.raw.RawRecord;
import java.time.Clock;
import java.time.Duration;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.IntSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs bulk jobs, each with a few requests waiting at the lowest priority, so that all else goes
 * before them. They pause while the way to Kafka is half full: what streams bring must not be
 * dropped for their sake. Jobs and those that have ended are kept for as long as this lives, a
 * bounded number of each. Thread-safe.
 */
public final class CandleJobs implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(CandleJobs.class);

    /** Requests that a job has waiting or under way. */
    private static final int WORKERS = 4;

    private static final int MOST_RUNNING = 4;
    private static final int MOST_KEPT = 64;
    private static final Duration LOOK_FOR_ROOM_EVERY = Duration.ofMillis(200);
    private static final Duration AFTER_FAILURE = Duration.ofSeconds(5);

    /** Fetches one page of candles and publishes it. */
    @FunctionalInterface
    public interface Pages {
        CompletableFuture<Fetched> fetch(Instrument pair, RestRequest.Klines page);
    }

    /** What becomes of an order. */
    public sealed interface Admission {

        record Started(JobStatus status) implements Admission {}

        /** Too many run, or too many that have not ended are kept. */
        record Full(String reason) implements Admission {}
    }

    private final Pages pages;
    private final BooleanSupplier room;
    private final IntSupplier weightPerMinute;
    private final IngestorCounters counters;
    private final Clock clock;
    private final Duration afterFailure;
    private final ExecutorService workers = Executors.newVirtualThreadPerTaskExecutor();
    private final Map<String, Job> jobs = new LinkedHashMap<>();
    private long numbers;
    private volatile boolean closed;

    /**
     * @param room whether there is room on the way to Kafka
     * @param weightPerMinute what jobs can have of the exchange's weight
     */
    public CandleJobs(
            Pages pages,
            BooleanSupplier room,
            IntSupplier weightPerMinute,
            IngestorCounters counters,
            Clock clock) {
        this(pages, room, weightPerMinute, counters, clock, AFTER_FAILURE);
    }

    CandleJobs(
            Pages pages,
            BooleanSupplier room,
            IntSupplier weightPerMinute,
            IngestorCounters counters,
            Clock clock,
            Duration afterFailure) {
        this.pages = pages;
        this.room = room;
        this.weightPerMinute = weightPerMinute;
        this.counters = counters;
        this.clock = clock;
        this.afterFailure = afterFailure;
    }

    public synchronized Admission start(Order order) {
        Optional<Admission.Full> full = full();
        if (full.isPresent()) {
            return full.get();
        }
        if (jobs.size() >= MOST_KEPT && !forgetOldestEnded()) {
            return new Admission.Full("jobs: " + MOST_KEPT + " are kept and none has ended");
        }
        Job job = new Job(Long.toString(++numbers), order, clock.instant());
        jobs.put(job.id(), job);
        log.atInfo()
                .addKeyValue("job", job.id())
                .addKeyValue("interval", order.interval().id())
                .log("a bulk job begins");
        run(job);
        return new Admission.Started(status(job));
    }

    private Optional<Admission.Full> full() {
        long running = jobs.values().stream().filter(j -> j.state() == State.RUNNING).count();
        return running < MOST_RUNNING
                ? Optional.empty()
                : Optional.of(
                        new Admission.Full(
                                "jobs: " + running + " run, at most " + MOST_RUNNING + " may"));
    }

    private boolean forgetOldestEnded() {
        for (Iterator<Job> all = jobs.values().iterator(); all.hasNext(); ) {
            if (all.next().state() == State.DONE) {
                all.remove();
                return true;
            }
        }
        return false;
    }

    /** The newest last. */
    public synchronized List<JobStatus> all() {
        return jobs.values().stream().map(this::status).toList();
    }

    public synchronized Optional<JobStatus> find(String id) {
        return Optional.ofNullable(jobs.get(id)).map(this::status);
    }

    /** Stops a job; what it has under way still comes. Empty if there is no such job. */
    public synchronized Optional<JobStatus> cancel(String id) {
        Optional<Job> job = Optional.ofNullable(jobs.get(id));
        job.ifPresent(found -> found.pause(clock.instant()));
        return job.map(this::status);
    }

    /** Lets a stopped job go on where it stood, and one that has ended try its failures again. */
    public synchronized Optional<Admission> resume(String id) {
        Job job = jobs.get(id);
        if (job == null) {
            return Optional.empty();
        }
        if (job.state() != State.RUNNING) {
            Optional<Admission.Full> full = full();
            if (full.isPresent()) {
                return Optional.of(full.get());
            }
            if (job.resume(clock.instant())) {
                run(job);
            }
        }
        return Optional.of(new Admission.Started(status(job)));
    }

    private JobStatus status(Job job) {
        return job.status(weightPerMinute.getAsInt(), clock.instant());
    }

    private void run(Job job) {
        for (int i = 0; i < WORKERS; i++) {
            workers.execute(() -> {
                try {
                    work(job);
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt(); // closing
                }
            });
        }
    }

    /** Until nothing is left that another worker does not have under way. */
    private void work(Job job) throws InterruptedException {
        while (!closed) {
            while (!room.getAsBoolean()) {
                TimeUnit.NANOSECONDS.sleep(LOOK_FOR_ROOM_EVERY.toNanos());
            }
            Optional<Piece> piece = job.next();
            if (piece.isEmpty()) {
                return;
            }
            counters.increment(Count.JOB_REQUESTS);
            fetch(job, piece.get());
        }
    }

    private void fetch(Job job, Piece piece) throws InterruptedException {
        Fetched fetched;
        try {
            fetched = pages.fetch(piece.pair(), piece.request()).get();
        } catch (ExecutionException e) {
            log.atError().addKeyValue("job", job.id()).setCause(e).log("a page was not taken");
            fetched = new Fetched.Failed(new RestOutcome.Failed(String.valueOf(e.getCause())));
        }
        switch (fetched) {
            case Fetched.Candles(List<RawRecord> page) -> job.brought(piece, page, clock.instant());
            case Fetched.Failed(RestOutcome.Refused(int status, int code, String message)) -> {
                counters.increment(Count.JOB_PIECES_FAILED);
                job.refused(
                        piece,
                        "refused: status " + status + ", code " + code + ", " + message,
                        clock.instant());
            }
            case Fetched.Failed(RestOutcome outcome) -> {
                TimeUnit.NANOSECONDS.sleep(afterFailure.toNanos());
                counters.increment(Count.JOB_PIECES_FAILED);
                job.failed(piece, outcome.toString(), clock.instant());
            }
        }
        if (job.state() == State.DONE) {
            log.atInfo().addKeyValue("job", job.id()).log("a bulk job has ended");
        }
    }

    /** Jobs end where they stand. */
    @Override
    public void close() {
        closed = true;
        workers.shutdownNow();
    }
}
