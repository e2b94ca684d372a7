package io.tapeline.exchange.synthetic;

import io.tapeline.exchange.market.Market;
import io.tapeline.exchange.market.MarketStreams;
import io.tapeline.exchange.market.Pair;
import io.tapeline.exchange.market.PairStreams;
import io.tapeline.exchange.market.StreamSink;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/**
 * A seeded market: one sequence of events in market time. The same settings and the same start give
 * the same payloads, byte for byte, however the advance is cut into steps.
 */
public final class SyntheticFlow {

    private static final long MILLIS_PER_MINUTE = 60_000L;

    private final Market market;
    private final MarketStreams streams;
    private final List<PairSimulation> pairs;
    private final long[] shares;
    private final SplittableRandom random;
    private final long startMicros;
    private final long eventsPerSecond;
    private long events;

    /**
     * @param pairCount how many pairs
     * @param nonAscii whether one of them has a name beyond ASCII
     * @param eventsPerSecond orders and cancellations a second, of all pairs together
     * @param levels how many levels a side the first pair's book holds; the others hold fewer
     * @param past how long before the start the pairs were listed
     */
    public SyntheticFlow(
            int pairCount,
            boolean nonAscii,
            long seed,
            int eventsPerSecond,
            int levels,
            Duration past,
            Instant start,
            StreamSink sink) {
        this.startMicros = ChronoUnit.MICROS.between(Instant.EPOCH, start);
        this.eventsPerSecond = eventsPerSecond;
        this.random = new SplittableRandom(seed);
        List<PairStreams> made = new ArrayList<>();
        List<PairSimulation> simulated = new ArrayList<>();
        this.shares = new long[pairCount];
        long startMillis = Math.floorDiv(startMicros, 1_000L);
        long pastEnd = startMillis / MILLIS_PER_MINUTE * MILLIS_PER_MINUTE;
        long listed = pastEnd - past.toMinutes() * MILLIS_PER_MINUTE;
        long sum = 0;
        List<SyntheticPair> catalogue = Catalogue.list(pairCount, nonAscii, seed);
        for (int i = 0; i < pairCount; i++) {
            SyntheticPair pair = catalogue.get(i);
            long pairSeed = Mix.of(seed, pair.spec().symbol().hashCode());
            // One for the past and one for now: each remembers where it was last asked.
            SyntheticHistory history =
                    new SyntheticHistory(
                            pair, PricePath.of(pair, pairSeed), pairSeed, listed, pastEnd);
            PricePath path = PricePath.of(pair, pairSeed);
            Pair state = new Pair(pair.spec(), history);
            state.firstAggregateId(history.nextTradeId() / 2);
            PairStreams pairStreams = new PairStreams(state, sink, stream -> true, 0);
            int depth = i == 0 ? levels : Math.max(20, levels / Math.min(5, 1 + i / 4));
            PairSimulation simulation =
                    new PairSimulation(pair, path, pairStreams, depth, history.nextTradeId());
            // Ids begin at the start's milliseconds: a market started again later never goes back.
            simulation.open(startMicros, startMillis, random);
            made.add(pairStreams);
            simulated.add(simulation);
            sum += 1_000_000L / (i + 3);
            shares[i] = sum;
        }
        this.pairs = simulated;
        this.market = new Market(made, startMicros);
        this.streams = new MarketStreams(made, sink, startMicros);
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
            pairs.get(pick()).event(due, random);
            events++;
        }
        streams.advanceTo(micros);
        market.nowMicros(micros);
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
