package io.tapeline.standalone;

import com.google.protobuf.Message;
import com.google.protobuf.Parser;
import io.tapeline.query.routing.Aggregators;
import io.tapeline.query.routing.Answer;
import io.tapeline.query.routing.Store;
import io.tapeline.schemas.market.Candle;
import io.tapeline.schemas.market.LatestPrice;
import io.tapeline.schemas.market.Levels;
import io.tapeline.schemas.proto.BookAnswer;
import io.tapeline.schemas.proto.CandlesAnswer;
import io.tapeline.schemas.proto.PriceAnswer;
import io.tapeline.schemas.proto.Trust;
import io.tapeline.schemas.wire.CandleCodec;
import io.tapeline.schemas.wire.LatestPriceCodec;
import io.tapeline.schemas.wire.LevelsCodec;
import io.tapeline.schemas.wire.MalformedPayload;
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
 * other, all the time, and judge each answer by what the market knows to have been true.
 */
final class Askers implements AutoCloseable {

    private static final int THREADS = 3;
    private static final Duration PAUSE = Duration.ofMillis(5);
    private static final int CANDLES = 20;
    private static final long SECOND_MILLIS = 1_000;
    private static final String LIVE = "LIVE";

    private final Aggregators aggregators;
    private final KnownMarket market;
    private final List<Thread> threads = new ArrayList<>();
    private final Queue<String> wrong = new ConcurrentLinkedQueue<>();
    private final Queue<String> unanswered = new ConcurrentLinkedQueue<>();
    private final Map<Question, StaleSpan> spans = new ConcurrentHashMap<>();
    private final LongAdder answers = new LongAdder();
    private final LongAdder stale = new LongAdder();
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

    Askers(Aggregators aggregators, KnownMarket market) {
        this.aggregators = aggregators;
        this.market = market;
        for (int i = 0; i < THREADS; i++) {
            int first = i * market.instruments().size() / THREADS;
            threads.add(Thread.ofPlatform().name("asker-" + i).start(() -> askFrom(first)));
        }
    }

    private void askFrom(int first) {
        for (int i = first; asking; i++) {
            KnownMarket.Known known = market.instruments().get(i % market.instruments().size());
            ask(Store.BOOKS, known, "?depth=5000", BookAnswer.parser());
            ask(Store.PRICES, known, "", PriceAnswer.parser());
            ask(Store.CANDLES, known, "?interval=1s&limit=" + CANDLES, CandlesAnswer.parser());
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
                Trust trust = judge(known, found);
                boolean fresh = trust.getState().equals(LIVE);
                if (fresh) {
                    oldestLiveMillis.accumulate(
                            System.currentTimeMillis() - trust.getEventTimeUs() / 1_000);
                } else {
                    stale.increment();
                }
                spans.computeIfAbsent(question, _ -> new StaleSpan()).answered(fresh, ended);
            }
            case Answer.NotReady<T>(String why, Duration _) ->
                    unanswered.add(question + ": " + why + tookMillis(ended - begun));
            case Answer.Unknown<T> _ -> wrong.add(question + ": said to be unknown");
            case Answer.Refused<T>(String reason) -> wrong.add(question + ": refused: " + reason);
        }
    }

    private static String tookMillis(long nanos) {
        return ", after " + nanos / 1_000_000 + " ms";
    }

    private Trust judge(KnownMarket.Known known, Message answer) {
        try {
            return switch (answer) {
                case BookAnswer book -> judgeBook(known, book);
                case PriceAnswer price -> judgePrice(known, price);
                case CandlesAnswer candles -> judgeCandles(known, candles);
                default -> throw new IllegalArgumentException(answer.toString());
            };
        } catch (MalformedPayload e) {
            throw new IllegalStateException(e);
        }
    }

    private Trust judgeBook(KnownMarket.Known known, BookAnswer answer) throws MalformedPayload {
        long id = answer.getTrust().getUpdateId();
        String told =
                text(LevelsCodec.fromProto(answer.getBids()))
                        + "|"
                        + text(LevelsCodec.fromProto(answer.getAsks()));
        if (!known.wasBook(id, told)) {
            wrong.add(
                    "book of %s at %d, %s%n told %s%n was  %s"
                            .formatted(
                                    known.instrument().id(),
                                    id,
                                    answer.getTrust(),
                                    told,
                                    known.book(id)));
        }
        return answer.getTrust();
    }

    private static String text(Levels side) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < side.size(); i++) {
            text.append(side.price(i).value().normalized())
                    .append(':')
                    .append(side.quantity(i).value().normalized())
                    .append(' ');
        }
        return text.toString();
    }

    private Trust judgePrice(KnownMarket.Known known, PriceAnswer answer) throws MalformedPayload {
        LatestPrice price = LatestPriceCodec.fromProto(answer.getPrice());
        String told =
                KnownMarket.price(
                        price.source(),
                        price.eventTime().toMillis(),
                        price.price().value().toBigDecimal().longValueExact());
        if (!known.wasPrice(told)) {
            wrong.add("price of " + known.instrument().id() + " that never was: " + told);
        }
        return answer.getTrust();
    }

    /**
     * Each candle is a state that was told of it, and between the first and the last none lacks.
     */
    private Trust judgeCandles(KnownMarket.Known known, CandlesAnswer answer)
            throws MalformedPayload {
        long expectedMillis = 0;
        for (int i = 0; i < answer.getItemsCount(); i++) {
            Candle candle = CandleCodec.fromProto(answer.getItems(i));
            long openMillis = candle.openTime().toMillis();
            String told =
                    KnownMarket.candle(
                            openMillis,
                            candle.eventTime().toMillis(),
                            candle.close().value().toBigDecimal().longValueExact(),
                            candle.closed());
            boolean follows = i == 0 || openMillis == expectedMillis;
            boolean open = !candle.closed() && i < answer.getItemsCount() - 1;
            if (!known.wasCandle(told) || !follows || open) {
                wrong.add(
                        "candle %d of %d of %s that never was, or does not follow %d: %s, %s"
                                .formatted(
                                        i,
                                        answer.getItemsCount(),
                                        known.instrument().id(),
                                        expectedMillis,
                                        told,
                                        answer.getTrust()));
            }
            expectedMillis = openMillis + SECOND_MILLIS;
        }
        return answer.getTrust();
    }

    /** Whether the newest answer to each question was a fresh one. */
    boolean allFresh() {
        return spans.size() == market.instruments().size() * 3
                && spans.values().stream().noneMatch(StaleSpan::isStale);
    }

    List<String> wrong() {
        return List.copyOf(wrong);
    }

    List<String> unanswered() {
        return List.copyOf(unanswered);
    }

    Duration slowest() {
        return Duration.ofNanos(slowestNanos.get());
    }

    /** What is measured, and depends on the machine. */
    String figures() {
        Map<Store, Long> longest =
                spans.entrySet().stream()
                        .collect(
                                Collectors.toMap(
                                        entry -> entry.getKey().store(),
                                        entry -> entry.getValue().longestNanos() / 1_000_000,
                                        Math::max));
        return String.format(
                Locale.ROOT,
                "%d answers, %d of them stale, %d wrong, %d questions without any; the slowest took"
                        + " %d ms; longest without a fresh answer, ms: %s; oldest that was called"
                        + " live: %d ms",
                answers.sum(),
                stale.sum(),
                wrong.size(),
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
