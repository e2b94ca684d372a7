package io.tapeline.standalone;

import com.google.protobuf.Message;
import com.google.protobuf.Parser;
import io.tapeline.query.routing.Aggregators;
import io.tapeline.query.routing.Answer;
import io.tapeline.query.routing.Fleet;
import io.tapeline.query.routing.Store;
import io.tapeline.schemas.proto.BookAnswer;
import io.tapeline.schemas.proto.CandlesAnswer;
import io.tapeline.schemas.proto.PriceAnswer;
import io.tapeline.schemas.proto.Trust;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.LongAccumulator;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;

/**
 * Threads that ask for the price, the candles and the book of every instrument, one after the
 * other, and in between for all prices, all the time.
 */
final class Askers implements AutoCloseable {

    private static final int THREADS = 3;
    private static final Duration PAUSE = Duration.ofMillis(5);
    private static final int CANDLES = 20;
    private static final int INSTRUMENTS_BETWEEN_LISTS = 3;
    private static final String LIVE = "LIVE";
    private static final Question ALL = new Question(Store.PRICES, "all");

    private final Aggregators aggregators;
    private final Fleet fleet;
    private final KnownMarket market;
    private final Judge judge;
    private final List<Thread> threads = new ArrayList<>();
    private final Queue<String> unanswered = new ConcurrentLinkedQueue<>();
    private final Map<Question, StaleSpan> spans = new ConcurrentHashMap<>();
    private final LongAdder answers = new LongAdder();
    private final LongAdder stale = new LongAdder();
    private final LongAdder lists = new LongAdder();
    private final LongAdder staleLists = new LongAdder();
    private final LongAccumulator slowestNanos = new LongAccumulator(Math::max, 0);
    private final LongAccumulator oldestLiveMillis = new LongAccumulator(Math::max, 0);
    private volatile boolean asking = true;

    private record Question(Store store, String instrument) {}

    /** How long one question has had no fresh answer, and how long it ever had none. */
    private static final class StaleSpan {
        private long sinceNanos;
        private long longestNanos;
        private boolean stale;

        synchronized void answered(boolean fresh, long nowNanos) {
            if (!fresh && !stale) {
                sinceNanos = nowNanos;
            }
            if (stale) {
                longestNanos = Math.max(longestNanos, nowNanos - sinceNanos);
            }
            stale = !fresh;
        }

        synchronized long longestNanos() {
            return longestNanos;
        }

        synchronized boolean isStale() {
            return stale;
        }
    }

    Askers(Aggregators aggregators, Fleet fleet, KnownMarket market) {
        this.aggregators = aggregators;
        this.fleet = fleet;
        this.market = market;
        judge = new Judge(market);
        for (int i = 0; i < THREADS; i++) {
            int first = i * market.instruments().size() / THREADS;
            threads.add(Thread.ofPlatform().name("asker-" + i).start(() -> askFrom(first)));
        }
    }

    private void askFrom(int first) {
        for (int i = first; asking; i++) {
            KnownMarket.Known one = market.instruments().get(i % market.instruments().size());
            ask(Store.BOOKS, one, "?depth=5000", BookAnswer.parser());
            ask(Store.PRICES, one, "", PriceAnswer.parser());
            ask(Store.CANDLES, one, "?interval=1s&limit=" + CANDLES, CandlesAnswer.parser());
            if (i % INSTRUMENTS_BETWEEN_LISTS == 0) {
                askForAll();
            }
            LockSupport.parkNanos(PAUSE.toNanos());
        }
    }

    private <T extends Message> void ask(
            Store store, KnownMarket.Known known, String rest, Parser<T> parser) {
        long begun = System.nanoTime();
        Answer<T> answer = aggregators.ask(store, known.instrument(), rest, parser);
        long ended = System.nanoTime();
        slowestNanos.accumulate(ended - begun);
        Question question = new Question(store, known.instrument().id());
        switch (answer) {
            case Answer.Found<T>(T found) -> {
                answers.increment();
                Trust trust = judge.of(known, found);
                boolean fresh = isFresh(trust);
                if (fresh) {
                    noteAge(trust);
                } else {
                    stale.increment();
                }
                spans.computeIfAbsent(question, _ -> new StaleSpan()).answered(fresh, ended);
            }
            case Answer.NotReady<T>(String why, Duration _) ->
                    unanswered.add(question + ": " + why + tookMillis(ended - begun));
            case Answer.Unknown<T> _ -> judge.wrong(question + ": said to be unknown");
            case Answer.Refused<T>(String reason) -> judge.wrong(question + ": refused: " + reason);
        }
    }

    private void askForAll() {
        long begun = System.nanoTime();
        Answer<List<PriceAnswer>> answer = fleet.prices(_ -> true);
        long ended = System.nanoTime();
        slowestNanos.accumulate(ended - begun);
        switch (answer) {
            case Answer.Found<List<PriceAnswer>>(List<PriceAnswer> found) -> {
                answers.increment();
                lists.increment();
                Map<String, Trust> trust = judge.ofAll(found);
                trust.values().stream().filter(Askers::isFresh).forEach(this::noteAge);
                boolean fresh = trust.values().stream().allMatch(Askers::isFresh);
                if (!fresh) {
                    stale.increment();
                    staleLists.increment();
                }
                spans.computeIfAbsent(ALL, _ -> new StaleSpan()).answered(fresh, ended);
            }
            case Answer.NotReady<List<PriceAnswer>>(String why, Duration _) ->
                    unanswered.add(ALL + ": " + why + tookMillis(ended - begun));
            case Answer.Unknown<List<PriceAnswer>> _ -> judge.wrong(ALL + ": said to be unknown");
            case Answer.Refused<List<PriceAnswer>>(String reason) ->
                    judge.wrong(ALL + ": refused: " + reason);
        }
    }

    private static boolean isFresh(Trust trust) {
        return trust.getState().equals(LIVE);
    }

    private void noteAge(Trust fresh) {
        oldestLiveMillis.accumulate(System.currentTimeMillis() - fresh.getEventTimeUs() / 1_000);
    }

    private static String tookMillis(long nanos) {
        return ", after " + nanos / 1_000_000 + " ms";
    }

    /** Whether the newest answer to each question was a fresh one. */
    boolean allFresh() {
        return spans.size() == market.instruments().size() * 3 + 1
                && spans.values().stream().noneMatch(StaleSpan::isStale);
    }

    List<String> wrong() {
        return judge.allWrong();
    }

    List<String> unanswered() {
        return List.copyOf(unanswered);
    }

    Duration slowest() {
        return Duration.ofNanos(slowestNanos.get());
    }

    /** What is measured, and depends on the machine. */
    String figures() {
        Map<String, Long> longest =
                spans.entrySet().stream()
                        .collect(
                                Collectors.toMap(
                                        entry ->
                                                entry.getKey().equals(ALL)
                                                        ? "all prices"
                                                        : entry.getKey().store().name(),
                                        entry -> entry.getValue().longestNanos() / 1_000_000,
                                        Math::max));
        return String.format(
                Locale.ROOT,
                "%d answers, %d of them stale (lists: %d, %d stale), %d wrong, %d questions without"
                    + " any; the slowest took %d ms; longest without a fresh answer, ms: %s; oldest"
                    + " that was called live: %d ms",
                answers.sum(),
                stale.sum(),
                lists.sum(),
                staleLists.sum(),
                wrong().size(),
                unanswered.size(),
                slowest().toMillis(),
                longest,
                oldestLiveMillis.get());
    }

    @Override
    public void close() throws InterruptedException {
        asking = false;
        for (Thread thread : threads) {
            thread.join();
        }
    }
}
