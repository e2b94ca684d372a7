package io.tapeline.aggregator.topology;

import io.tapeline.aggregator.candle.BackfillPacing;
import io.tapeline.aggregator.candle.MissingCandles;
import io.tapeline.aggregator.store.CandleKey;
import io.tapeline.schemas.market.EpochMicros;
import io.tapeline.schemas.proto.Gap;
import io.tapeline.schemas.proto.GapKind;
import io.tapeline.schemas.proto.GapOutcome;
import io.tapeline.schemas.proto.ResyncKind;
import io.tapeline.schemas.proto.ResyncRequest;

/** A hole between closed candles: its entry in the ledger, and how many are still missing. */
final class CandleHole {

    private static final String CAUSE = "missing";

    final MissingCandles missing;
    final Gap entry;
    int remaining;
    BackfillPacing pacing = BackfillPacing.FRESH;

    CandleHole(MissingCandles missing, Gap entry, int remaining) {
        this.missing = missing;
        this.entry = entry;
        this.remaining = remaining;
    }

    /** The entry of a hole that has just been found. */
    static Gap entry(MissingCandles missing, EpochMicros found) {
        return Gap.newBuilder()
                .setId(missing.id())
                .setInstrument(missing.instrument().id())
                .setKind(GapKind.GAP_KIND_CANDLES)
                .setCause(CAUSE)
                .setFrom(missing.from().value())
                .setTo(missing.to().value())
                .setFoundUs(found.value())
                .setOutcome(GapOutcome.GAP_OUTCOME_OPEN)
                .build();
    }

    Gap ended(GapOutcome outcome, String how, EpochMicros now) {
        return entry.toBuilder().setOutcome(outcome).setHow(how).setEndedUs(now.value()).build();
    }

    CandleKey key() {
        return new CandleKey(missing.instrument(), missing.interval(), missing.from());
    }

    /**
     * Asks for those missing and for the candle that follows them. The exchange has that one: it
     * comes last in an answer, and shows that there was an answer where the exchange leaves out all
     * the others.
     */
    ResyncRequest request(EpochMicros now) {
        return ResyncRequest.newBuilder()
                .setInstrument(missing.instrument().id())
                .setKind(ResyncKind.RESYNC_KIND_KLINES)
                .setReason(CAUSE)
                .setRequestedUs(now.value())
                .setInterval(missing.interval().id())
                .setFromUs(missing.from().value())
                .setToUs(missing.next().value())
                .build();
    }
}
