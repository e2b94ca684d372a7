package io.tapeline.benchmarks.latency;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class LagJudgeTest {

    private static LagJudge of(int perSecond, long... lags) {
        LagJudge judge = new LagJudge(perSecond);
        for (long lag : lags) {
            judge.lag(lag);
        }
        return judge;
    }

    @Test
    void aSteadyLagHolds() {
        assertThat(of(1_000, 10, 40, 20, 30, 25, 20, 30, 35, 20).holds()).isTrue();
    }

    @Test
    void aHoldUpThatIsMadeGoodHolds() {
        LagJudge judge = of(1_000, 10, 20, 2_500, 900, 40, 20, 30, 35, 20);
        assertThat(judge.holds()).isTrue();
        assertThat(judge.most()).isEqualTo(2_500);
    }

    @Test
    void aLagThatGrowsDoesNotHold() {
        assertThat(of(1_000, 0, 100, 200, 300, 400, 500, 600, 700, 800).holds()).isFalse();
    }

    @Test
    void aLagOfASecondsEventsAtTheEndDoesNotHold() {
        assertThat(of(1_000, 10, 10, 10, 10, 10, 10, 10, 10, 1_001).holds()).isFalse();
    }

    @Test
    void twoLooksAreNoJudgement() {
        assertThatThrownBy(() -> of(1_000, 1, 2).holds()).hasMessage("lag: judged after 2 looks");
    }
}
