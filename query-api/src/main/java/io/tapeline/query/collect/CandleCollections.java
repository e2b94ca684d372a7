package io.tapeline.query.collect;

import io.tapeline.query.candles.HistoryFill;
import io.tapeline.schemas.market.EpochMicros;
import io.tapeline.schemas.proto.CollectionRecord;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs collections, and goes on with those whose runner has died: each is a record in a ledger that
 * every instance reads, and its runner writes down now and then how far it is. An instance that
 * finds a record old writes itself into it; whoever stands in it then, by the ledger's order, runs
 * it. Two that run the same for a moment fetch some candles twice, and nothing else. Thread-safe.
 */
public final class CandleCollections implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(CandleCollections.class);

    public static final int MOST_OPEN = 4;

    private static final int MOST_KEPT = 64;

    private final String instance;
    private final PairWorkers workers;
    private final Ledger ledger;
    private final Pace pace;
    private final Clock clock;
    private final ScheduledExecutorService beats =
            Executors.newSingleThreadScheduledExecutor(
                    Thread.ofPlatform().daemon().name("collections").factory());
    private final Map<String, CollectionRecord> known = new HashMap<>();
    private final Map<String, Progress> running = new HashMap<>();

    /** Ended ones of which the ledger's last record says that they run. */
    private final Set<String> contradicted = new HashSet<>();

    /**
     * Held while something is decided upon and written, so that the ledger has it in that order.
     */
    private final ReentrantLock pen = new ReentrantLock();

    /**
     * @param instance another one for each process
     */
    public CandleCollections(
            String instance, HistoryFill fill, Ledger ledger, Pace pace, Clock clock) {
        this.instance = instance;
        this.workers = new PairWorkers(fill, pace.beat());
        this.ledger = ledger;
        this.pace = pace;
        this.clock = clock;
    }

    public void start() {
        long beat = pace.beat().toMillis();
        var _ = beats.scheduleWithFixedDelay(this::beat, beat, beat, TimeUnit.MILLISECONDS);
    }

    /**
     * Begins to fetch; returns when the order is safe.
     *
     * @param id not used before
     */
    public Admission start(String id, CollectionOrder order) throws InterruptedException {
        CollectionRecord record = order.begun(id, instance, EpochMicros.of(clock.instant()));
        pen.lock();
        try {
            return start(record);
        } finally {
            pen.unlock();
        }
    }

    private Admission start(CollectionRecord record) throws InterruptedException {
        String id = record.getId();
        synchronized (this) {
            int open = (int) known.values().stream().filter(Progress::isOpen).count();
            if (open >= MOST_OPEN) {
                return new Admission.Full(open);
            }
            known.put(id, record);
        }
        try {
            ledger.write(record);
        } catch (IOException e) {
            synchronized (this) {
                known.remove(id);
            }
            return new Admission.NotNow(String.valueOf(e.getMessage()));
        }
        run(record);
        return new Admission.Taken(record);
    }

    /** As far as is known here: of one that runs elsewhere, as of its runner's last word. */
    public synchronized Optional<CollectionRecord> find(String id) {
        Progress progress = running.get(id);
        return progress == null
                ? Optional.ofNullable(known.get(id))
                : Optional.of(progress.record(instance, clock.instant()));
    }

    /** The newest first. */
    public synchronized List<CollectionRecord> all() {
        return known.keySet().stream()
                .map(id -> find(id).orElseThrow())
                .sorted(Comparator.comparingLong(CollectionRecord::getStartedUs).reversed())
                .toList();
    }

    /**
     * Ends it where it is, wherever it runs; nothing where it has ended.
     *
     * @return as it is then, empty where there is none of the id
     * @throws IOException if it cannot be written down now
     */
    public Optional<CollectionRecord> cancel(String id) throws IOException, InterruptedException {
        pen.lock();
        try {
            Optional<CollectionRecord> before = find(id);
            if (before.isEmpty() || !Progress.isOpen(before.get())) {
                return before;
            }
            CollectionRecord cancelled =
                    before.get().toBuilder()
                            .setState(Progress.CANCELLED)
                            .setEndedUs(EpochMicros.of(clock.instant()).value())
                            .clearWaitsFor()
                            .build();
            ledger.write(cancelled);
            take(cancelled);
            return Optional.of(cancelled);
        } finally {
            pen.unlock();
        }
    }

    /** A record of the ledger, this instance's own among them, in the ledger's order. */
    public synchronized void take(CollectionRecord record) {
        String id = record.getId();
        CollectionRecord before = known.get(id);
        if (before != null && !Progress.isOpen(before) && Progress.isOpen(record)) {
            contradicted.add(id); // its runner had not heard of the end
            return;
        }
        if (before != null
                && record.getRunner().equals(before.getRunner())
                && record.getBeatUs() < before.getBeatUs()
                && Progress.isOpen(record)) {
            return;
        }
        known.put(id, record);
        Progress progress = running.get(id);
        if (progress != null
                && (!Progress.isOpen(record) || !record.getRunner().equals(instance))) {
            progress.cancel();
            running.remove(id);
        }
    }

    /** The ledger has forgotten it. */
    public synchronized void takeForgotten(String id) {
        known.remove(id);
        Progress progress = running.remove(id);
        if (progress != null) {
            progress.cancel();
        }
    }

    private void run(CollectionRecord record) {
        Progress progress = new Progress(record);
        synchronized (this) {
            if (running.putIfAbsent(record.getId(), progress) != null) {
                return;
            }
        }
        LOG.atInfo()
                .addKeyValue("collection", record.getId())
                .addKeyValue("pairs", record.getSymbolsCount())
                .addKeyValue("settled", record.getSettled())
                .log("a collection runs");
        workers.run(CollectionOrder.of(record), progress);
    }

    /** Says what runs here, and takes over what runs nowhere. */
    private void beat() {
        try {
            for (String id : ids()) {
                beat(id);
            }
            for (String id : superfluous()) {
                ledger.forget(id);
            }
        } catch (IOException | RuntimeException e) {
            LOG.atWarn().setCause(e).log("collections: the ledger was not written, trying again");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt(); // closing
        }
    }

    private synchronized List<String> ids() {
        return List.copyOf(known.keySet());
    }

    private void beat(String id) throws IOException, InterruptedException {
        pen.lock();
        try {
            CollectionRecord word = word(id);
            if (word != null) {
                ledger.write(word);
                written(word);
            }
            CollectionRecord mine = mineToRun(id);
            if (mine != null) {
                run(mine);
            }
        } finally {
            pen.unlock();
        }
    }

    /** What this instance has to say of a collection; null for nothing. */
    private synchronized @Nullable CollectionRecord word(String id) {
        CollectionRecord record = known.get(id);
        Progress progress = running.get(id);
        if (progress != null) {
            return progress.record(instance, clock.instant());
        }
        if (record == null) {
            return null;
        }
        if (!Progress.isOpen(record)) {
            return contradicted.remove(id) ? record : null;
        }
        return isDead(record)
                ? record.toBuilder()
                        .setRunner(instance)
                        .setBeatUs(EpochMicros.of(clock.instant()).value())
                        .build()
                : null;
    }

    /** A claim counts only when it comes back by the ledger. */
    private synchronized void written(CollectionRecord word) {
        if (running.containsKey(word.getId())) {
            known.put(word.getId(), word);
            if (!Progress.isOpen(word)) {
                running.remove(word.getId());
            }
        }
    }

    /** One in which this instance stands, by the ledger, and which it does not run. */
    private synchronized @Nullable CollectionRecord mineToRun(String id) {
        CollectionRecord record = known.get(id);
        return record != null
                        && Progress.isOpen(record)
                        && record.getRunner().equals(instance)
                        && !running.containsKey(id)
                ? record
                : null;
    }

    private boolean isDead(CollectionRecord record) {
        Duration silent =
                Duration.between(new EpochMicros(record.getBeatUs()).toInstant(), clock.instant());
        return silent.compareTo(pace.dead()) > 0;
    }

    private synchronized List<String> superfluous() {
        return known.values().stream()
                .filter(record -> !Progress.isOpen(record))
                .sorted(Comparator.comparingLong(CollectionRecord::getStartedUs))
                .limit(Math.max(0, known.size() - MOST_KEPT))
                .map(CollectionRecord::getId)
                .toList();
    }

    /** Collections stay where they are; another instance goes on with them. */
    @Override
    public void close() {
        beats.shutdownNow();
        workers.close();
    }
}
