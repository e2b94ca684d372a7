package io.tapeline.aggregator.candle;

import static org.assertj.core.api.Assertions.assertThat;

import io.tapeline.schemas.market.EpochMicros;
import org.junit.jupiter.api.Test;

class BackfillPacingTest {

    @Test
    void whatNobodyAnswersIsAskedForEverMoreSeldomButNeverGivenUp() {
        BackfillPacing pacing = BackfillPacing.FRESH;
        long second = 0;
        long wait = 10;
        for (int attempt = 0; attempt < 500; attempt++) {
            assertThat(pacing.decide(at(second))).isEqualTo(BackfillPacing.Verdict.ASK);
            pacing = pacing.asked(at(second));
            assertThat(pacing.decide(at(second + wait - 1))).isEqualTo(BackfillPacing.Verdict.WAIT);
            second += wait;
            wait = Math.min(2 * wait, 600);
        }
        assertThat(second).isGreaterThan(3 * 24 * 3_600);
        pacing = pacing.gotAnswer().asked(at(second)).gotAnswer();
        assertThat(pacing.decide(at(second + 600))).isEqualTo(BackfillPacing.Verdict.GIVE_UP);
    }

    @Test
    void twoAnswersWithoutThemAreEnough() {
        BackfillPacing pacing = BackfillPacing.FRESH.gotAnswer();
        assertThat(pacing).isEqualTo(BackfillPacing.FRESH);

        pacing = pacing.asked(at(0)).gotAnswer().gotAnswer();
        assertThat(pacing.answers()).isEqualTo(1);
        assertThat(pacing.decide(at(10))).isEqualTo(BackfillPacing.Verdict.ASK);
        pacing = pacing.asked(at(10)).gotAnswer();
        assertThat(pacing.decide(at(29))).isEqualTo(BackfillPacing.Verdict.WAIT);
        assertThat(pacing.decide(at(30))).isEqualTo(BackfillPacing.Verdict.GIVE_UP);
    }

    private static EpochMicros at(long second) {
        return new EpochMicros(second * 1_000_000);
    }
}
