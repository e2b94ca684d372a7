package io.tapeline.exchange.synthetic;

import io.tapeline.exchange.market.Market;
import io.tapeline.exchange.market.MarketStreams;
import io.tapeline.exchange.market.Pair;
import io.tapeline.exchange.market.PairStatus;
import io.tapeline.exchange.market.PairStreams;
import io.tapeline.exchange.market.StreamSink;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;

/**
 * A seeded market: one sequence of events in market time. The same settings and the same start give
 * the same payloads, byte for byte, however the advance is cut into steps.
 */
public final class SyntheticFlow {

    private static final long MILLIS_PER_MINUTE = 60_000L;

    private static final Duration DAY_AND_AN_HOUR = Duration.ofHours(25);
    private static final long SHARE = 1_000_000L;

    private final Market market;
    private final MarketStreams streams;
    private final StreamSink sink;
    private final List<PairSimulation> pairs = new ArrayList<>();
    private final SplittableRandom random;
    private final long seed;
    private final int levels;
    private final long startMicros;
    private final long eventsPerSecond;
    private long[] shares;
    private long events;

    /** All pairs trade, and the last one has a name beyond ASCII or not. */
    public SyntheticFlow(
            int pairCount,
            boolean nonAscii,
            long seed,
            int eventsPerSecond,
            int levels,
            Duration past,
            Instant start,
            StreamSink sink) {
        this(
                pairCount,
                pairCount,
                nonAscii ? 1 : 0,
                seed,
                eventsPerSecond,
                levels,
                past,
                start,
                sink);
    }

    /**
     * @param pairCount how many pairs
     * @param trading how many of them trade; the others are in {@code BREAK}
     * @param nonAscii how many of those that trade have names beyond ASCII
     * @param eventsPerSecond orders and cancellations a second, of all pairs together
     * @param levels how many levels a side the first pair's book holds; the others hold fewer
     * @param past how long before the start the pairs were listed
     */
    public SyntheticFlow(
            int pairCount,
            int trading,
            int nonAscii,
            long seed,
            int eventsPerSecond,
            int levels,
            Duration past,
            Instant start,
            StreamSink sink) {
        this.startMicros = ChronoUnit.MICROS.between(Instant.EPOCH, start);
        this.eventsPerSecond = eventsPerSecond;
        this.sink = sink;
        this.seed = seed;
        this.levels = levels;
        this.random = new SplittableRandom(seed);
        List<PairStreams> made = new ArrayList<>();
        this.shares = new long[pairCount];
        long startMillis = Math.floorDiv(startMicros, 1_000L);
        long pastEnd = startMillis / MILLIS_PER_MINUTE * MILLIS_PER_MINUTE;
        long listed = pastEnd - past.toMinutes() * MILLIS_PER_MINUTE;
        long sum = 0;
        List<SyntheticPair> catalogue = Catalogue.list(pairCount, trading, nonAscii, seed);
        List<SyntheticHistory> histories =
                catalogue.stream().map(pair -> history(pair, listed, pastEnd)).toList();
        // Else the first who asks for the day's sums of all pairs would stop the market.
        histories.parallelStream().forEach(history -> history.sumUpLast(DAY_AND_AN_HOUR));
        for (int i = 0; i < pairCount; i++) {
            PairSimulation simulation = add(catalogue.get(i), histories.get(i), i);
            // Ids begin at the start's milliseconds: a market started again later never goes back.
            simulation.open(startMicros, startMillis, random);
            made.add(simulation.streams());
            if (i < trading) {
                sum += SHARE / (i + 3);
            } else {
                simulation.streams().pair().status(PairStatus.BREAK);
            }
            shares[i] = sum;
        }
        this.market = new Market(made, startMicros);
        this.streams = new MarketStreams(made, sink, startMicros);
    }

    private SyntheticHistory history(SyntheticPair pair, long listed, long pastEnd) {
        long pairSeed = pairSeed(pair);
        return new SyntheticHistory(pair, PricePath.of(pair, pairSeed), pairSeed, listed, pastEnd);
    }

    private long pairSeed(SyntheticPair pair) {
        return Mix.of(seed, pair.spec().symbol().hashCode());
    }

    private PairSimulation add(SyntheticPair pair, SyntheticHistory history, int rank) {
        // One path for the past and one for now: each remembers where it was last asked.
        PricePath path = PricePath.of(pair, pairSeed(pair));
        Pair state = new Pair(pair.spec(), history);
        state.firstAggregateId(history.nextTradeId() / 2);
        PairStreams pairStreams = new PairStreams(state, sink, stream -> true, 0);
        int depth = rank == 0 ? levels : Math.max(20, levels / Math.min(5, 1 + rank / 4));
        PairSimulation simulation =
                new PairSimulation(pair, path, pairStreams, depth, history.nextTradeId());
        pairs.add(simulation);
        return simulation;
    }

    /**
     * A new pair is listed, without a past, as busy as one in the middle. To be called inside
     * {@link Market#move}.
     *
     * @throws IllegalArgumentException if it is listed already
     */
    public void list(String base, String quote) {
        if (market.pair(base + quote) != null) {
            throw new IllegalArgumentException(base + quote + " is listed already");
        }
        SyntheticPair pair = Catalogue.made(base, quote, Mix.of(seed, pairs.size()));
        long nowMillis = Math.floorDiv(market.nowMicros(), 1_000L);
        long minute = nowMillis / MILLIS_PER_MINUTE * MILLIS_PER_MINUTE;
        PairSimulation simulation = add(pair, history(pair, minute, minute), pairs.size());
        simulation.open(market.nowMicros(), nowMillis, random);
        shares = Arrays.copyOf(shares, shares.length + 1);
        shares[shares.length - 1] = shares[shares.length - 2] + SHARE / 10;
        market.list(simulation.streams());
        streams.list(simulation.streams());
    }

    /** The pair is listed no longer, and silent. To be called inside {@link Market#move}. */
    public void delist(String symbol) {
        PairStreams pair = market.pair(symbol);
        if (pair != null) {
            pair.pair().status(PairStatus.BREAK);
            market.delist(symbol);
            streams.delist(pair);
        }
    }

    public MarketStreams streams() {
        return streams;
    }

    public Market market() {
        return market;
    }

    /** How many events there were. */
    public long events() {
        return events;
    }

    /**
     * Lets everything happen that is due by the given time, in order of time. To be called inside
     * {@link Market#move}.
     */
    public void advanceTo(long micros) {
        for (long due = eventMicros(events); due <= micros; due = eventMicros(events)) {
            streams.advanceTo(due - 1);
            market.nowMicros(due);
            happen(pairs.get(pick()), due);
            events++;
        }
        streams.advanceTo(micros);
        market.nowMicros(micros);
    }

    private void happen(PairSimulation pair, long due) {
        Pair state = pair.streams().pair();
        if (state.quiet()) {
            return;
        }
        switch (state.status()) {
            case TRADING -> pair.event(due, random);
            case CANCEL_ONLY -> pair.cancelOnly(random);
            case HALT, BREAK -> {}
        }
    }

    private long eventMicros(long number) {
        return startMicros + (number + 1) * 1_000_000L / eventsPerSecond;
    }

    /** The first pairs get most of the events, the last ones few. */
    private int pick() {
        long at = random.nextLong(shares[shares.length - 1]);
        int from = 0;
        int to = shares.length - 1;
        while (from < to) {
            int middle = (from + to) >>> 1;
            if (shares[middle] <= at) {
                from = middle + 1;
            } else {
                to = middle;
            }
        }
        return from;
    }
}
