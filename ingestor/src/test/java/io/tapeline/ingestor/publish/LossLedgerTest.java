package io.tapeline.ingestor.publish;

import static org.assertj.core.api.Assertions.assertThat;

import io.tapeline.ingestor.feed.EventKind;
import io.tapeline.ingestor.publish.LossLedger.Loss;
import io.tapeline.schemas.market.Instrument;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class LossLedgerTest {

    private static final Instrument BTC = Instrument.binance("BTCUSDT");
    private static final Duration QUIET = Duration.ofNanos(10);
    private static final Duration LONGEST = Duration.ofNanos(100);

    private final LossLedger ledger = new LossLedger();

    @Test
    void lossesOfOneCauseAreOneEntry() {
        ledger.lost(loss("full", 5, 9, 0));
        ledger.lost(loss("full", 10, 12, 3));
        ledger.lost(loss("late", 1, 2, 3));
        assertThat(ledger.events()).isEqualTo(3);
        assertThat(ledger.takeSettled(13, QUIET, LONGEST))
                .containsExactlyInAnyOrder(
                        new Loss(BTC, EventKind.DEPTH, "full", 5, 12, 2, 0, 3),
                        new Loss(BTC, EventKind.DEPTH, "late", 1, 2, 1, 3, 3));
        assertThat(ledger.events()).isZero();
    }

    @Test
    void lossesThatGoOnWaitUntilTheyAreOverOrHaveGoneOnForTooLong() {
        ledger.lost(loss("full", 5, 9, 0));
        ledger.lost(loss("full", 10, 12, 95));
        assertThat(ledger.takeSettled(99, QUIET, LONGEST)).isEmpty();
        assertThat(ledger.takeSettled(100, QUIET, LONGEST)).hasSize(1);
    }

    @Test
    void anEntryThatCouldNotBeWrittenIsJoinedWithWhatCameSince() {
        ledger.lost(loss("full", 5, 9, 0));
        Loss taken = ledger.takeSettled(10, QUIET, LONGEST).getFirst();
        ledger.lost(loss("full", 20, 21, 11));
        ledger.lost(taken);
        assertThat(ledger.takeSettled(30, QUIET, LONGEST))
                .containsExactly(new Loss(BTC, EventKind.DEPTH, "full", 5, 21, 2, 0, 11));
    }

    private static Loss loss(String cause, long first, long last, long nanos) {
        return new Loss(BTC, EventKind.DEPTH, cause, first, last, 1, nanos, nanos);
    }
}
