package io.tapeline.aggregator.candle;

import static io.tapeline.aggregator.candle.Candles.at;
import static io.tapeline.aggregator.candle.Candles.minute;
import static org.assertj.core.api.Assertions.assertThat;

import io.tapeline.schemas.market.Candle;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class CandleArbiterTest {

    private final CandleArbiter arbiter = new CandleArbiter(3);

    private CandleVerdict decide(@Nullable Candle held, Candle update) {
        return arbiter.decide(held, held == null ? null : held.openTime(), update);
    }

    @Test
    void theFirstWordOfACandleIsTaken() {
        assertThat(decide(null, at(5, 10, false))).isEqualTo(CandleVerdict.ACCEPTED);
        assertThat(decide(null, at(5, 10, true))).isEqualTo(CandleVerdict.ACCEPTED);
    }

    @Test
    void theNewerWordWins() {
        assertThat(decide(at(5, 10, false), at(5, 11, false))).isEqualTo(CandleVerdict.ACCEPTED);
        assertThat(decide(at(5, 10, false), at(5, 10, false))).isEqualTo(CandleVerdict.DUPLICATE);
        assertThat(decide(at(5, 10, false), at(5, 9, false))).isEqualTo(CandleVerdict.OLDER);
    }

    @Test
    void closedBeatsOpenWhateverTheTimes() {
        assertThat(decide(at(5, 10, false), at(5, 9, true))).isEqualTo(CandleVerdict.ACCEPTED);
    }

    @Test
    void aClosedCandleNeitherReopensNorClosesTwice() {
        assertThat(decide(at(5, 10, true), at(5, 11, false))).isEqualTo(CandleVerdict.OLDER);
        assertThat(decide(at(5, 10, true), at(5, 11, true)))
                .isEqualTo(CandleVerdict.CLOSED_ALREADY);
    }

    @Test
    void whatIsOlderThanTheCandlesKeptIsNotTaken() {
        assertThat(arbiter.decide(null, minute(10), at(8, 99, true)))
                .isEqualTo(CandleVerdict.ACCEPTED);
        assertThat(arbiter.decide(null, minute(10), at(7, 99, true)))
                .isEqualTo(CandleVerdict.EXPIRED);
    }

    @Test
    void aCandleOfThePastIsOnlyToldUnlessItLiesBesideThoseKept() {
        assertThat(arbiter.decideForHistory(null, minute(10), at(8, 99, true)))
                .isEqualTo(CandleVerdict.ACCEPTED);
        assertThat(arbiter.decideForHistory(at(8, 90, true), minute(10), at(8, 99, true)))
                .isEqualTo(CandleVerdict.CLOSED_ALREADY);
        assertThat(arbiter.decideForHistory(null, minute(10), at(7, 99, true)))
                .isEqualTo(CandleVerdict.PAST);
        assertThat(arbiter.decideForHistory(null, minute(10), at(11, 99, true)))
                .isEqualTo(CandleVerdict.PAST);
        assertThat(arbiter.decideForHistory(null, null, at(7, 99, true)))
                .isEqualTo(CandleVerdict.PAST);
        assertThat(arbiter.decideForHistory(null, null, at(7, 8, false)))
                .isEqualTo(CandleVerdict.EXPIRED);
    }

    /** A row of REST is believed to be closed by our clock; the stream says so itself. */
    @Test
    void theNewestCandleIsLeftToItsStream() {
        assertThat(arbiter.decideForHistory(at(10, 90, false), minute(10), at(10, 99, true)))
                .isEqualTo(CandleVerdict.OLDER);
        assertThat(arbiter.decideForHistory(at(10, 90, true), minute(10), at(10, 99, true)))
                .isEqualTo(CandleVerdict.CLOSED_ALREADY);
    }
}
