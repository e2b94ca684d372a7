package io.tapeline.aggregator.topology;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.groups.Tuple.tuple;

import io.tapeline.schemas.market.Candle;
import io.tapeline.schemas.proto.Gap;
import io.tapeline.schemas.proto.GapOutcome;
import io.tapeline.schemas.proto.ResyncKind;
import io.tapeline.schemas.proto.ResyncRequest;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class MissingCandlesTopologyTest extends TopologyFixture {

    @Test
    void missingCandlesAreAskedForAndTheirHoleIsClosedWhenTheyCome() {
        kline(0, true);
        kline(3, true);

        assertThat(told(topics.resync()))
                .extracting(
                        ResyncRequest::getKind, ResyncRequest::getFromUs, ResyncRequest::getToUs)
                .containsExactly(
                        tuple(
                                ResyncKind.RESYNC_KIND_KLINES,
                                (OPEN + MINUTE) * 1_000,
                                (OPEN + 3 * MINUTE) * 1_000));
        kline(1, true);
        kline(2, true);
        assertThat(told(topics.gaps()))
                .extracting(Gap::getOutcome)
                .containsExactly(GapOutcome.GAP_OUTCOME_OPEN, GapOutcome.GAP_OUTCOME_FILLED);
        assertThat(told(topics.klines())).hasSize(4);
    }

    @Test
    void candlesOfWhichNobodyAnswersAreAskedForUntilTheyCome() {
        kline(-10, true);
        kline(-8, true);
        for (int i = 0; i < 72; i++) {
            driver.advanceWallClockTime(Duration.ofHours(1));
        }
        assertThat(told(topics.gaps()))
                .extracting(Gap::getOutcome)
                .containsExactly(GapOutcome.GAP_OUTCOME_OPEN);
        assertThat(told(topics.resync())).hasSizeGreaterThan(72);

        restKlines(-9, -8);
        assertThat(told(topics.gaps()))
                .extracting(Gap::getOutcome)
                .containsExactly(GapOutcome.GAP_OUTCOME_FILLED);
    }

    @Test
    void candlesThatCameTooLateAreGivenUpAndItIsSaidThatNobodyAnswered() {
        kline(0, true);
        kline(2, true);
        kline(1_600, true);
        driver.advanceWallClockTime(Duration.ofMinutes(1));

        assertThat(told(topics.gaps()))
                .filteredOn(gap -> gap.getFrom() == us(1))
                .extracting(Gap::getOutcome, Gap::getHow)
                .containsExactly(
                        tuple(GapOutcome.GAP_OUTCOME_OPEN, ""),
                        tuple(
                                GapOutcome.GAP_OUTCOME_UNFILLABLE,
                                "1 of 1 candles did not come before they were older than the"
                                        + " candles kept, though asked for 1 times (nobody"
                                        + " answered): 2026-11-21T00:01:00Z"));
    }

    @Test
    void aHoleOfHoursIsFilledFromOneAnswerUnderOneEntry() {
        kline(-400, true);
        kline(-100, true);
        restKlines(-399, -100);

        List<Gap> gaps = told(topics.gaps());
        assertThat(gaps)
                .extracting(Gap::getFrom, Gap::getTo, Gap::getOutcome, Gap::getHow)
                .containsExactly(
                        tuple(us(-399), us(-101), GapOutcome.GAP_OUTCOME_OPEN, ""),
                        tuple(
                                us(-399),
                                us(-101),
                                GapOutcome.GAP_OUTCOME_FILLED,
                                "candles of rest"));
        assertThat(gaps.get(0).getId()).isEqualTo(gaps.get(1).getId());
        assertThat(told(topics.klines())).filteredOn(Candle::closed).hasSize(301);
    }

    @Test
    void minutesThatTheExchangeLeavesOutAreGivenUpAfterTwoAnswersAndNamed() {
        kline(-10, true);
        kline(-4, true);
        restKlines(-9, -8);
        restKlines(-5, -4);
        driver.advanceWallClockTime(Duration.ofSeconds(10));
        restKlines(-9, -8);
        restKlines(-5, -4);
        assertThat(told(topics.gaps())).hasSize(1);
        driver.advanceWallClockTime(Duration.ofSeconds(20));

        assertThat(told(topics.gaps()))
                .extracting(Gap::getFrom, Gap::getTo, Gap::getOutcome, Gap::getHow)
                .containsExactly(
                        tuple(
                                us(-9),
                                us(-5),
                                GapOutcome.GAP_OUTCOME_UNFILLABLE,
                                "2 of 5 candles were left out of 2 answers of the exchange:"
                                        + " 2026-11-20T23:53:00Z to 2026-11-20T23:54:00Z"));
        assertThat(told(topics.resync())).hasSize(2);
        assertThat(counters.of(Flow.CANDLE_GAPS_UNFILLABLE)).isEqualTo(1);
    }

    @Test
    void anAnswerWithNoneOfTheMissingCandlesIsAnAnswerToo() {
        kline(0, true);
        kline(3, true);
        restKlines(3, 3);
        driver.advanceWallClockTime(Duration.ofSeconds(10));
        restKlines(3, 3);
        driver.advanceWallClockTime(Duration.ofSeconds(20));

        assertThat(told(topics.gaps()))
                .extracting(Gap::getOutcome)
                .containsExactly(GapOutcome.GAP_OUTCOME_OPEN, GapOutcome.GAP_OUTCOME_UNFILLABLE);
    }

    @Test
    void whatIsOlderThanTheCandlesKeptIsGivenUpAtOnceAndTheRestAskedFor() {
        kline(0, true);
        kline(1_600, true);

        assertThat(told(topics.gaps()))
                .extracting(Gap::getFrom, Gap::getTo, Gap::getOutcome, Gap::getHow)
                .containsExactly(
                        tuple(us(1), us(100), GapOutcome.GAP_OUTCOME_OPEN, ""),
                        tuple(
                                us(1),
                                us(100),
                                GapOutcome.GAP_OUTCOME_UNFILLABLE,
                                "older than the candles kept"),
                        tuple(us(101), us(1_599), GapOutcome.GAP_OUTCOME_OPEN, ""));
        assertThat(told(topics.resync()))
                .extracting(ResyncRequest::getFromUs, ResyncRequest::getToUs)
                .containsExactly(tuple(us(101), us(1_600)));
    }

    /**
     * A stream that is new tells candles from the one that is open; a row of the one before, that
     * ended just now, is not yet believed final: nobody would close it.
     */
    @Test
    void aCandleThatIsStillOpenBehindAClosedOneIsAskedFor() {
        kline(2, true);
        restKlines(-3, -2);
        kline(1, false);
        kline(1, false);

        assertThat(told(topics.gaps()))
                .extracting(Gap::getFrom, Gap::getTo, Gap::getOutcome)
                .containsExactly(tuple(us(1), us(1), GapOutcome.GAP_OUTCOME_OPEN));
        assertThat(told(topics.resync()))
                .extracting(ResyncRequest::getFromUs, ResyncRequest::getToUs)
                .containsExactly(tuple(us(1), us(2)));

        kline(1, true);
        assertThat(told(topics.gaps()))
                .extracting(Gap::getOutcome)
                .containsExactly(GapOutcome.GAP_OUTCOME_FILLED);
    }

    @Test
    void theFirstCandleThatClosesShowsThoseBeforeItThatNeverDid() {
        kline(0, false);
        kline(2, true);

        assertThat(told(topics.gaps()))
                .extracting(Gap::getFrom, Gap::getTo, Gap::getOutcome)
                .containsExactly(tuple(us(0), us(1), GapOutcome.GAP_OUTCOME_OPEN));
        assertThat(told(topics.resync())).hasSize(1);
    }

    @Test
    void anOpenCandleOfAHoleThatIsKnownIsNoHoleOfItsOwn() {
        kline(0, true);
        kline(3, true);
        kline(2, false);

        assertThat(told(topics.gaps()))
                .extracting(Gap::getFrom, Gap::getTo)
                .containsExactly(tuple(us(1), us(2)));
        assertThat(told(topics.resync())).hasSize(1);
    }
}
