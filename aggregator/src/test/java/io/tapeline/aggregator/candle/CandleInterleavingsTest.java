package io.tapeline.aggregator.candle;

import static io.tapeline.aggregator.candle.Candles.BTC;
import static io.tapeline.aggregator.candle.Candles.at;
import static org.assertj.core.api.Assertions.assertThat;

import io.tapeline.schemas.market.Candle;
import io.tapeline.schemas.market.EpochMicros;
import io.tapeline.schemas.market.Interval;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Random;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Candles from several lines in any order, and the holes between those that closed. */
class CandleInterleavingsTest {

    private static final int MINUTES = 200;

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2, 3, 4, 5, 6})
    void eachClosesOnceNeverReopensAndTheNewestWordStands(long seed) {
        Random random = new Random(seed);
        List<Candle> arrivals = new ArrayList<>();
        for (int line = 0; line < 1 + seed % 3; line++) {
            for (int minute = 1; minute <= MINUTES; minute++) {
                for (int second = 2; second <= 60; second += 2) {
                    if (random.nextInt(4) != 0) {
                        arrivals.add(at(minute, minute * 60L + second, second == 60));
                    }
                }
            }
        }
        overtake(arrivals, random);

        CandleArbiter arbiter = new CandleArbiter(MINUTES + 1);
        NavigableMap<EpochMicros, Candle> held = new TreeMap<>();
        Map<EpochMicros, Integer> closings = new TreeMap<>();
        for (Candle candle : arrivals) {
            Candle before = held.get(candle.openTime());
            EpochMicros newest = held.isEmpty() ? null : held.lastKey();
            if (arbiter.decide(before, newest, candle) == CandleVerdict.ACCEPTED) {
                assertThat(before == null || !before.closed()).as("seed %s", seed).isTrue();
                held.put(candle.openTime(), candle);
                if (candle.closed()) {
                    closings.merge(candle.openTime(), 1, Integer::sum);
                }
            }
        }

        assertThat(closings.values()).as("seed %s", seed).containsOnly(1);
        assertThat(held).as("seed %s", seed).isEqualTo(plain(arrivals));
    }

    /** Of each the closed word if there was one, else the newest. */
    private static Map<EpochMicros, Candle> plain(List<Candle> arrivals) {
        Map<EpochMicros, Candle> plain = new TreeMap<>();
        arrivals.forEach(candle ->
                plain.merge(
                        candle.openTime(),
                        candle,
                        (a, b) ->
                                a.closed() || b.closed()
                                        ? a.closed() ? a : b
                                        : b.eventTime().isAfter(a.eventTime()) ? b : a));
        return plain;
    }

    /** Each may come some tens of places sooner or later; lines are wholly mixed. */
    private static void overtake(List<Candle> arrivals, Random random) {
        Collections.sort(arrivals, (a, b) -> a.eventTime().compareTo(b.eventTime()));
        for (int i = 0; i < arrivals.size(); i++) {
            Collections.swap(arrivals, i, Math.min(arrivals.size() - 1, i + random.nextInt(60)));
        }
    }

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2, 3})
    void whatIsMissingBetweenClosedOnesIsWhatCountingOneByOneFinds(long seed) {
        Random random = new Random(seed);
        for (Interval interval : Interval.values()) {
            List<EpochMicros> all = new ArrayList<>();
            EpochMicros open = interval.openTimeOf(new EpochMicros(1_700_000_000_000_000L));
            for (int i = 0; i < 300; i++) {
                all.add(open);
                open = interval.next(open);
            }
            TreeSet<EpochMicros> closed = new TreeSet<>(List.of(all.getFirst(), all.getLast()));
            all.stream().filter(_ -> random.nextInt(3) == 0).forEach(closed::add);

            List<EpochMicros> missing = new ArrayList<>();
            EpochMicros before = all.getFirst();
            for (EpochMicros each : closed.tailSet(before, false)) {
                MissingCandles between = MissingCandles.between(BTC, interval, before, each);
                int count = 0;
                if (between != null) {
                    for (EpochMicros at = between.from();
                            !at.isAfter(between.to());
                            at = interval.next(at)) {
                        missing.add(at);
                        count++;
                    }
                    assertThat(between.count()).as("%s, seed %s", interval, seed).isEqualTo(count);
                    assertThat(between.next()).as("%s, seed %s", interval, seed).isEqualTo(each);
                }
                before = each;
            }

            List<EpochMicros> notClosed = new ArrayList<>(all);
            notClosed.removeAll(closed);
            assertThat(missing).as("%s, seed %s", interval, seed).isEqualTo(notClosed);
        }
    }
}
