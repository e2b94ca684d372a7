package io.tapeline.ingestor.resync;

import io.tapeline.ingestor.share.Lapse;
import io.tapeline.ingestor.share.LapseJudge.Between;
import io.tapeline.schemas.proto.Gap;
import io.tapeline.schemas.proto.GapKind;
import io.tapeline.schemas.proto.GapOutcome;

/** The entries of the ledger for spans in which no line carried an instrument's tickers. */
final class TickerGaps {

    private TickerGaps() {}

    /** The same for the same span, however often it is found. */
    static Gap of(Lapse lapse, Between span) {
        String instrument = lapse.stream().instrument().id();
        return Gap.newBuilder()
                .setId(
                        "tickers/"
                                + instrument
                                + "/"
                                + span.from().value()
                                + "-"
                                + span.to().value())
                .setInstrument(instrument)
                .setKind(GapKind.GAP_KIND_TICKERS)
                .setCause("line " + lapse.line() + ": " + lapse.cause())
                .setFrom(span.from().value())
                .setTo(span.to().value())
                .setFoundUs(lapse.to().value())
                .setOutcome(GapOutcome.GAP_OUTCOME_UNFILLABLE)
                .setHow("the exchange does not repeat tickers")
                .setEndedUs(lapse.to().value())
                .build();
    }
}
