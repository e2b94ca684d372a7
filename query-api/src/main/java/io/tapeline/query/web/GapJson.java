package io.tapeline.query.web;

import io.swagger.v3.oas.annotations.media.Schema;
import io.tapeline.schemas.market.EpochMicros;
import io.tapeline.schemas.market.Instrument;
import io.tapeline.schemas.proto.Gap;
import io.tapeline.schemas.proto.GapKind;
import java.time.Instant;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** An entry of the gap ledger. */
@Schema(name = "Gap", description = "Something that was missing, and what became of it.")
public record GapJson(
        String id,
        @Schema(example = "binance") String venue,
        @Schema(example = "BTCUSDT") String symbol,
        @Schema(example = "depth", description = "depth, candles or tickers") String kind,
        String cause,
        @Schema(
                        example = "50093239219",
                        description =
                                "First that is missing: an update id for depth, a time otherwise.")
                String from,
        @Schema(example = "50093239231", description = "Last that is missing.") String to,
        @Nullable Instant found,
        @Schema(example = "filled", description = "open, filled or unfillable") String outcome,
        @Nullable String how,
        @Nullable Instant ended) {

    static GapJson of(Gap gap) {
        Instrument instrument = Instrument.parse(gap.getInstrument());
        return new GapJson(
                gap.getId(),
                instrument.venue().id(),
                instrument.symbol(),
                word(gap.getKind().name(), "GAP_KIND_"),
                gap.getCause(),
                place(gap.getKind(), gap.getFrom()),
                place(gap.getKind(), gap.getTo()),
                Trusted.time(gap.getFoundUs()),
                word(gap.getOutcome().name(), "GAP_OUTCOME_"),
                BookJson.orNull(gap.getHow()),
                Trusted.time(gap.getEndedUs()));
    }

    private static String word(String name, String prefix) {
        return (name.startsWith(prefix) ? name.substring(prefix.length()) : name)
                .toLowerCase(Locale.ROOT);
    }

    private static String place(GapKind kind, long value) {
        return switch (kind) {
            case GAP_KIND_CANDLES, GAP_KIND_TICKERS -> new EpochMicros(value).toString();
            case GAP_KIND_DEPTH, GAP_KIND_UNSPECIFIED, UNRECOGNIZED -> Long.toString(value);
        };
    }
}
