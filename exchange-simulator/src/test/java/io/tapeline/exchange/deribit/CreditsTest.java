package io.tapeline.exchange.deribit;

import static org.assertj.core.api.Assertions.assertThat;

import io.tapeline.exchange.deribit.DeribitLimits.CreditPool;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/** The credits of EXCHANGES B. */
class CreditsTest {

    private static final Instant START = Instant.parse("2026-07-01T00:00:00Z");

    private static int taken(Credits credits, Instant at) {
        int taken = 0;
        while (credits.take("127.0.0.1", at)) {
            taken++;
        }
        return taken;
    }

    @Test
    void aBurstOfAHundredRequestsIsAllowedAndTwentyASecondAfterIt() {
        Credits credits = new Credits(DeribitLimits.real().requests());

        assertThat(taken(credits, START)).isEqualTo(100);
        assertThat(taken(credits, START.plusMillis(49))).isZero();
        assertThat(taken(credits, START.plusMillis(50))).isEqualTo(1);
        assertThat(taken(credits, START.plusMillis(1_050))).isEqualTo(20);
    }

    @Test
    void aBurstOfTenSubscriptionsIsAllowedAndThreeASecondAfterIt() {
        Credits credits = new Credits(DeribitLimits.real().subscriptions());

        assertThat(taken(credits, START)).isEqualTo(10);
        assertThat(taken(credits, START.plusSeconds(1))).isEqualTo(3);
        assertThat(taken(credits, START.plusSeconds(100))).isEqualTo(10);
    }

    @Test
    void whatOneAddressUsesIsNotTakenFromAnother() {
        Credits credits = new Credits(new CreditPool(1, 1, 1));

        assertThat(credits.take("10.0.0.1", START)).isTrue();
        assertThat(credits.take("10.0.0.1", START)).isFalse();
        assertThat(credits.take("10.0.0.2", START)).isTrue();
    }
}
