package io.tapeline.query.through;

import io.tapeline.query.through.ExchangeCandles.Reply;
import java.time.Duration;
import java.time.Instant;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.LongAdder;

/**
 * Requests to the exchange, under way and lately ended: whoever asks for the same gets the same
 * answer. Ended ones are kept until what they brought is surely in the history. Thread-safe.
 */
final class Flights implements AutoCloseable {

    /** Longer than the way through the topics takes, the history's batches included. */
    private static final Duration KEPT_FOR = Duration.ofMinutes(1);

    /** About half a megabyte each. */
    private static final int MOST_KEPT = 64;

    /** One that waits for its answer is not forgotten: so many questions at a time, and more. */
    private static final int MOST_UNDER_WAY = 4_096;

    static final Shortfall BUSY =
            new Shortfall(
                    "too many candles are being fetched from the exchange", Duration.ofSeconds(5));

    private static final Shortfall LATE =
            new Shortfall("the exchange's candles did not come in time", Duration.ofSeconds(2));

    private static final Shortfall CLOSING = new Shortfall("closing", Duration.ofSeconds(1));

    /** One request. */
    static final class Flight {
        private final Ask ask;
        private final Instant begun;
        private final CompletableFuture<Reply> reply = new CompletableFuture<>();

        private Flight(Ask ask, Instant begun) {
            this.ask = ask;
            this.begun = begun;
        }

        Ask ask() {
            return ask;
        }

        Instant begun() {
            return begun;
        }

        /** The answer; that there is none yet where it does not come in time. */
        Reply await(Duration atMost) {
            try {
                return reply.get(Math.max(0, atMost.toNanos()), TimeUnit.NANOSECONDS);
            } catch (TimeoutException e) {
                return new Reply.NotNow(LATE);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return new Reply.NotNow(CLOSING);
            } catch (ExecutionException e) {
                throw new IllegalStateException("candles of " + ask, e.getCause());
            }
        }

        /**
         * Whether the answer is worth keeping. One that reached the present is old with the next
         * minute; one that failed is no answer.
         */
        private boolean holds(Instant now) {
            if (!reply.isDone()) {
                return true;
            }
            if (reply.isCompletedExceptionally()) {
                return false;
            }
            if (Duration.between(begun, now).compareTo(KEPT_FOR) > 0) {
                return false;
            }
            return switch (reply.join()) {
                case Reply.Found found ->
                        found.minutes().size() == Ask.MINUTES || minute(begun) == minute(now);
                case Reply.NoSuch _ -> true;
                case Reply.NotNow _ -> false;
            };
        }

        private static long minute(Instant time) {
            return Math.floorDiv(time.getEpochSecond(), 60);
        }
    }

    private final ExchangeCandles exchange;
    private final ThroughLimits limits;
    private final Semaphore room;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final Map<Ask, Flight> flights = new LinkedHashMap<>();
    private final LongAdder requests = new LongAdder();
    private final LongAdder shared = new LongAdder();
    private final LongAdder failures = new LongAdder();

    Flights(ExchangeCandles exchange, ThroughLimits limits) {
        this.exchange = exchange;
        this.limits = limits;
        this.room = new Semaphore(limits.concurrent());
    }

    synchronized Flight begin(Ask ask, Instant now) {
        Flight known = flights.get(ask);
        if (known != null && known.holds(now)) {
            shared.increment();
            return known;
        }
        forget(now);
        Flight flight = new Flight(ask, now);
        if (flights.size() >= MOST_UNDER_WAY) {
            flight.reply.complete(new Reply.NotNow(BUSY));
            return flight;
        }
        flights.remove(ask);
        flights.put(ask, flight);
        threads.execute(() -> fly(flight));
        return flight;
    }

    /** Those that are over: the old ones, and the oldest of too many. */
    private void forget(Instant now) {
        int over = 0;
        for (Flight flight : flights.values()) {
            over += flight.reply.isDone() ? 1 : 0;
        }
        for (Iterator<Flight> all = flights.values().iterator(); all.hasNext(); ) {
            Flight flight = all.next();
            if (!flight.holds(now) || flight.reply.isDone() && over > MOST_KEPT) {
                all.remove();
                over--;
            }
        }
    }

    private void fly(Flight flight) {
        try {
            if (!room.tryAcquire(limits.timeout().toNanos(), TimeUnit.NANOSECONDS)) {
                failures.increment();
                flight.reply.complete(new Reply.NotNow(BUSY));
                return;
            }
            try {
                requests.increment();
                Reply reply = exchange.fetch(flight.ask, limits.timeout());
                if (reply instanceof Reply.NotNow) {
                    failures.increment();
                }
                flight.reply.complete(reply);
            } finally {
                room.release();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            flight.reply.complete(new Reply.NotNow(CLOSING));
        } catch (RuntimeException e) {
            failures.increment();
            flight.reply.completeExceptionally(e);
        }
    }

    long requests() {
        return requests.sum();
    }

    long shared() {
        return shared.sum();
    }

    long failures() {
        return failures.sum();
    }

    /** Those under way end without an answer. */
    @Override
    public void close() {
        threads.shutdownNow();
    }
}
