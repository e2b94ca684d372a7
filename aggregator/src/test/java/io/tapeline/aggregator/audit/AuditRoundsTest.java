package io.tapeline.aggregator.audit;

import static org.assertj.core.api.Assertions.assertThat;

import io.tapeline.schemas.market.EpochMicros;
import io.tapeline.schemas.market.Instrument;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class AuditRoundsTest {

    private static final Instrument A = Instrument.binance("AUSDT");
    private static final Instrument B = Instrument.binance("BUSDT");
    private static final Instrument C = Instrument.binance("CUSDT");

    private final AuditRounds rounds = new AuditRounds(Duration.ofSeconds(10));

    private static EpochMicros at(long seconds) {
        return new EpochMicros(seconds * 1_000_000);
    }

    @Test
    void oneIsDueEachTimeThatTheTimeHasPassed() {
        assertThat(rounds.isDue(at(5))).isFalse();
        assertThat(rounds.isDue(at(14))).isFalse();
        assertThat(rounds.isDue(at(15))).isTrue();
        rounds.next(List.of(A), at(16));
        assertThat(rounds.isDue(at(25))).isFalse();
        assertThat(rounds.isDue(at(26))).isTrue();
    }

    @Test
    void eachHasItsTurnAndTheOneThatIsNotLiveHasNone() {
        assertThat(rounds.next(List.of(C, A, B), at(1))).contains(A);
        assertThat(rounds.next(List.of(C, A, B), at(2))).contains(B);
        assertThat(rounds.next(List.of(A, B), at(3))).contains(A);
        assertThat(rounds.next(List.of(C, A), at(4))).contains(C);
        assertThat(rounds.next(List.of(), at(5))).isEmpty();
        assertThat(rounds.next(List.of(A, B, C), at(6))).contains(A);
    }

    @Test
    void aTimeOfZeroIsNever() {
        AuditRounds never = new AuditRounds(Duration.ZERO);
        assertThat(never.isDue(at(1))).isFalse();
        assertThat(never.isDue(at(100_000))).isFalse();
    }
}
