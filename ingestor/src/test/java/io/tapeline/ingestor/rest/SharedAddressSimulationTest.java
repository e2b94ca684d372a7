package io.tapeline.ingestor.rest;

import static org.assertj.core.api.Assertions.assertThat;

import io.tapeline.ingestor.rest.WeightBudget.Decision;
import io.tapeline.ingestor.rest.WeightBudget.Ticket;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Processes that know nothing of each other behind one address, each with a clock of its own, and
 * an exchange that counts. Requests take any time to reach it, answers any time to come back, some
 * never do; they are counted in the minute in which they arrive. Whatever the interleaving: never
 * more than the limit in any of the exchange's minutes.
 */
class SharedAddressSimulationTest {

    private static final int LIMIT = 6_000;
    private static final double SHARE = 0.8;
    private static final int[] WEIGHTS = {2, 2, 2, 5, 50, 80, 250};
    private static final Duration SPAN = Duration.ofMinutes(30);

    private record Event(long atMillis, long number, Runnable action) {}

    private final PriorityQueue<Event> events =
            new PriorityQueue<>(
                    Comparator.comparingLong(Event::atMillis).thenComparingLong(Event::number));
    private final TreeMap<Long, Integer> counted = new TreeMap<>();
    private long numbers;

    /** Of the exchange's clock. */
    private long now = Instant.parse("2026-01-31T12:00:17Z").toEpochMilli();

    private final class Process {
        private final WeightBudget budget =
                new WeightBudget(
                        List.of(
                                RateLimit.weightPerMinute(LIMIT),
                                RateLimit.requestsPerFiveMinutes(300_000)),
                        SHARE);
        private final SplittableRandom random;
        private final boolean eager;
        private final int slowestMillis;
        private long aheadMillis;
        private int weight;
        private int underWay;
        private int done;

        Process(SplittableRandom random, boolean eager, int slowestMillis) {
            this.random = random;
            this.eager = eager;
            this.slowestMillis = slowestMillis;
            this.aheadMillis = random.nextLong(-90_000, 90_000);
            this.weight = next();
        }

        private int next() {
            return WEIGHTS[random.nextInt(WEIGHTS.length)];
        }

        private Instant clock() {
            return Instant.ofEpochMilli(now + aheadMillis);
        }

        void run() {
            if (random.nextInt(100_000) == 0) {
                aheadMillis += random.nextLong(-30_000, 30_000); // its clock is set
            }
            Priority priority = Priority.values()[random.nextInt(4)];
            if (underWay < 8
                    && budget.ask(weight, priority, clock()) instanceof Decision.Go(Ticket t)) {
                send(t);
                weight = next();
            }
            at(eager ? 1 + random.nextInt(20) : random.nextInt(30_000), this::run);
        }

        private void send(Ticket ticket) {
            underWay++;
            int fate = random.nextInt(100);
            int there = random.nextInt(random.nextInt(1, slowestMillis));
            int back = random.nextInt(random.nextInt(1, slowestMillis));
            if (fate == 0) { // lost on its way, but counted, maybe after it was given up
                at(there, () -> count(ticket.weight()));
                at(random.nextInt(there + 1), () -> end(() -> budget.unanswered(ticket, clock())));
                return;
            }
            at(
                    there,
                    () -> {
                        int used = count(ticket.weight());
                        Instant date = Instant.ofEpochMilli(now).truncatedTo(ChronoUnit.SECONDS);
                        AnswerHeaders headers =
                                new AnswerHeaders(
                                        fate == 1 ? Map.of() : Map.of("1M", used),
                                        fate == 2 ? Optional.empty() : Optional.of(date),
                                        "");
                        at(back, () -> end(() -> budget.answered(ticket, headers, clock())));
                    });
        }

        private void end(Runnable settle) {
            underWay--;
            done++;
            settle.run();
        }
    }

    private void at(long inMillis, Runnable action) {
        events.add(new Event(now + inMillis, numbers++, action));
    }

    private int count(int weight) {
        return counted.merge(now / 60_000, weight, Integer::sum);
    }

    @ParameterizedTest(name = "{0} processes, {1} of them eager, answers within {2} ms")
    @CsvSource({"1, 1, 300", "2, 2, 300", "2, 1, 300", "4, 4, 300", "4, 2, 4000", "2, 2, 4000"})
    void noMinuteOfTheExchangeHoldsMoreThanTheLimit(int processes, int eager, int slowestMillis) {
        long seed = System.nanoTime();
        SplittableRandom random = new SplittableRandom(seed);
        List<Process> all = new ArrayList<>();
        for (int i = 0; i < processes; i++) {
            Process process = new Process(random.split(), i < eager, slowestMillis);
            all.add(process);
            process.run();
        }
        long end = now + SPAN.toMillis();
        while (now < end) {
            Event event = events.remove();
            now = event.atMillis;
            event.action.run();
        }
        assertThat(counted.values())
                .as("seed %s: weight by minute %s", seed, counted)
                .allMatch(weight -> weight <= LIMIT);
        assertThat(counted.values().stream().mapToInt(w -> w).sum() / SPAN.toMinutes())
                .as("seed %s: the share is used: %s", seed, counted)
                .isGreaterThan((long) (LIMIT * SHARE * 0.6));
        assertThat(all)
                .as("seed %s", seed)
                .allSatisfy(process -> assertThat(process.done).isPositive());
    }
}
