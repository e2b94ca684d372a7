package io.tapeline.aggregator.line;

import static org.assertj.core.api.Assertions.assertThat;

import io.tapeline.schemas.market.EpochMicros;
import io.tapeline.schemas.market.Instrument;
import io.tapeline.schemas.market.Interval;
import io.tapeline.schemas.market.Venue;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class LinesTest {

    private static final Instrument BTC = Instrument.binance("BTCUSDT");
    private static final Instrument ETH = Instrument.binance("ETHUSDT");

    private final LineCounters counters = new LineCounters();
    private final LineTally a = counters.of(Venue.BINANCE, "a", LineKind.DEPTH);
    private final LineTally b = counters.of(Venue.BINANCE, "b", LineKind.DEPTH);
    private final UpdateIdHoles holes = new UpdateIdHoles(Duration.ofSeconds(2));
    private final ClosedCandles candles = new ClosedCandles();

    private void brought(LineTally line, Instrument instrument, long first, long last, int second) {
        holes.brought(line, instrument, first, last, at(second));
    }

    private static EpochMicros at(long second) {
        return new EpochMicros(second * 1_000_000);
    }

    private void assertMissed(LineTally line, long times, long ids) {
        assertThat(List.of(line.of(LineFlow.MISSED), line.of(LineFlow.MISSED_IDS)))
                .containsExactly(times, ids);
    }

    @Test
    void aLinesLossIsItsOwnWhateverTheOtherBrought() {
        brought(a, BTC, 1, 5, 0);
        brought(b, BTC, 1, 3, 0);
        brought(b, BTC, 4, 9, 0);
        brought(a, BTC, 8, 9, 0);
        brought(a, BTC, 13, 13, 0);
        holes.tick(at(2));

        assertMissed(a, 2, 5);
        assertMissed(b, 0, 0);
    }

    @Test
    void theLossOfEachInstrumentIsItsOwn() {
        brought(a, BTC, 1, 5, 0);
        brought(a, ETH, 100, 101, 0);
        brought(a, BTC, 6, 6, 0);
        brought(a, ETH, 103, 103, 0);
        holes.tick(at(2));

        assertMissed(a, 1, 1);
    }

    @Test
    void whatAConnectionThatIsBeingReplacedBringsLateIsNoLoss() {
        brought(a, BTC, 1, 5, 0);
        brought(a, BTC, 10, 12, 0);
        brought(a, BTC, 6, 9, 1);
        brought(a, BTC, 13, 14, 1);
        holes.tick(at(60));

        assertMissed(a, 0, 0);
    }

    @Test
    void ofAHoleThatWasFilledInPartTheRestIsLostOnce() {
        brought(a, BTC, 1, 5, 0);
        brought(a, BTC, 20, 20, 0);
        brought(a, BTC, 10, 12, 1);
        brought(a, BTC, 6, 6, 1);
        brought(a, BTC, 18, 19, 1);
        holes.tick(at(1));
        assertMissed(a, 0, 0);
        holes.tick(at(2));

        assertMissed(a, 1, 3 + 5);
    }

    @Test
    void aLineThatComesBackAfterAnOutageLostWhatWasBetween() {
        brought(a, BTC, 1, 5, 0);
        brought(a, BTC, 1_006, 1_006, 3_600);
        holes.tick(at(3_602));

        assertMissed(a, 1, 1_000);
    }

    private void closed(LineTally line, long minute) {
        candles.brought(line, BTC, Interval.ONE_MINUTE, at(minute * 60));
    }

    @Test
    void aCandleIsDueOnEveryLineWhenTheNextOneHasClosed() {
        closed(a, 1);
        closed(b, 1);
        closed(a, 2);
        closed(a, 3);
        assertMissed(b, 1, 0);
        closed(b, 3);
        closed(b, 4);
        closed(a, 4);

        assertMissed(a, 0, 0);
        assertMissed(b, 1, 0);
    }

    @Test
    void aLineThatIsAwayMissesCandleAfterCandleAndNoneTwice() {
        closed(a, 1);
        closed(b, 1);
        for (int minute = 2; minute <= 61; minute++) {
            closed(a, minute);
        }
        assertMissed(b, 59, 0);
        closed(b, 62);
        closed(a, 62);

        assertMissed(b, 60, 0);
        assertMissed(a, 0, 0);
    }

    @Test
    void aLineThatBringsNoneForADayStreamsThePairNoMore() {
        closed(a, 1);
        closed(b, 1);
        for (int minute = 2; minute <= 3_000; minute++) {
            closed(a, minute);
        }

        assertMissed(b, 1_440, 0);
    }

    @Test
    void namesWithoutBoundAreCountedTogether() {
        for (int i = 0; i < 1_000; i++) {
            counters.of(Venue.BINANCE, "line-" + i, LineKind.DEPTH).count(LineFlow.RECEIVED);
        }

        assertThat(counters.all().size()).isLessThan(200);
        assertThat(counters.of(Venue.BINANCE, "others", LineKind.DEPTH).of(LineFlow.RECEIVED))
                .isGreaterThan(800);
    }

    @Test
    void whoListensIsToldOfEveryTallyOnce() {
        List<LineTally> told = new ArrayList<>();
        counters.forEach(told::add);
        LineTally c = counters.of(Venue.DERIBIT, "c", LineKind.TICKERS);
        counters.of(Venue.DERIBIT, "c", LineKind.TICKERS);

        assertThat(told).containsExactlyInAnyOrder(a, b, c);
    }
}
