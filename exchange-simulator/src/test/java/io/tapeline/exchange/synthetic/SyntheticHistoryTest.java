package io.tapeline.exchange.synthetic;

import static org.assertj.core.api.Assertions.assertThat;

import io.tapeline.exchange.RecordingSink;
import io.tapeline.exchange.market.Candle;
import io.tapeline.exchange.market.Pair;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class SyntheticHistoryTest {

    private static final Instant START = Instant.parse("2026-03-04T11:58:30.250Z");
    private static final long MINUTE = 60_000L;
    private static final long HOUR = 60 * MINUTE;

    private static Pair pair(Instant start) {
        var streams =
                new SyntheticFlow(
                                3,
                                false,
                                9,
                                100,
                                50,
                                Duration.ofDays(3),
                                start,
                                new RecordingSink())
                        .market()
                        .pair("ETHUSDT");
        assertThat(streams).isNotNull();
        return streams.pair();
    }

    private static List<Object> values(Candle c) {
        return List.of(
                c.open(),
                c.high(),
                c.low(),
                c.close(),
                c.volume().toString(),
                c.quoteVolume().toString(),
                c.takerVolume().toString(),
                c.takerQuoteVolume().toString(),
                c.firstId(),
                c.lastId(),
                c.count());
    }

    private static List<List<Object>> candles(Pair pair, long from, long step, int count) {
        List<List<Object>> candles = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            candles.add(values(pair.candle(from + i * step, from + (i + 1) * step)));
        }
        return candles;
    }

    @Test
    void theSameRangeAlwaysGivesTheSameCandlesAlsoAfterALaterStart() {
        long from = Instant.parse("2026-03-03T00:00:00Z").toEpochMilli();
        assertThat(candles(pair(START), from, MINUTE, 500))
                .isEqualTo(candles(pair(START.plusSeconds(7_000)), from, MINUTE, 500));
    }

    @Test
    void hoursAreTheirMinutesAndMinutesTheirSeconds() {
        Pair pair = pair(START);
        long hour = Instant.parse("2026-03-04T09:00:00Z").toEpochMilli();
        assertThat(sum(pair, hour, MINUTE, 60)).isEqualTo(values(pair.candle(hour, hour + HOUR)));
        assertThat(sum(pair, hour, 1_000, 60)).isEqualTo(values(pair.candle(hour, hour + MINUTE)));
    }

    private static List<Object> sum(Pair pair, long from, long step, int count) {
        List<List<Object>> parts =
                candles(pair, from, step, count).stream()
                        .filter(c -> !c.get(10).equals(0L))
                        .toList();
        List<Object> sum = new ArrayList<>(parts.getFirst());
        sum.set(1, parts.stream().mapToLong(c -> (long) c.get(1)).max().orElseThrow());
        sum.set(2, parts.stream().mapToLong(c -> (long) c.get(2)).min().orElseThrow());
        sum.set(3, parts.getLast().get(3));
        for (int field : new int[] {4, 5, 6, 7}) {
            sum.set(
                    field,
                    Long.toString(
                            parts.stream()
                                    .mapToLong(c -> Long.parseLong((String) c.get(field)))
                                    .sum()));
        }
        sum.set(9, parts.getLast().get(9));
        sum.set(10, parts.stream().mapToLong(c -> (long) c.get(10)).sum());
        return sum;
    }

    @Test
    void tradeIdsGoOnWithoutHolesAndPricesStayWithinTheirCandle() {
        Pair pair = pair(START);
        long from = Instant.parse("2026-03-02T00:00:00Z").toEpochMilli();
        long next = -1;
        for (List<Object> candle : candles(pair, from, MINUTE, 2_000)) {
            long high = (long) candle.get(1);
            long low = (long) candle.get(2);
            assertThat((long) candle.get(0)).isBetween(low, high);
            assertThat((long) candle.get(3)).isBetween(low, high);
            if (next >= 0) {
                assertThat((long) candle.get(8)).isEqualTo(next);
            }
            next = (long) candle.get(9) + 1;
        }
    }

    @Test
    void nothingIsToldOfTheTimeBeforeTheListing() {
        Pair pair = pair(START);
        assertThat(pair.firstMillis())
                .isEqualTo(Instant.parse("2026-03-01T11:58:00Z").toEpochMilli());
        assertThat(pair.candle(pair.firstMillis() - HOUR, pair.firstMillis()).priced()).isFalse();
    }
}
