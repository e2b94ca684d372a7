package io.tapeline.query.web;

import io.swagger.v3.oas.annotations.media.Schema;
import io.tapeline.schemas.market.Decimal;
import io.tapeline.schemas.market.Instrument;
import io.tapeline.schemas.proto.InstrumentInfo;
import io.tapeline.schemas.proto.InstrumentStatus;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** An instrument of the registry. */
@Schema(name = "Instrument", description = "What is traded.")
public record InstrumentJson(
        @Schema(example = "binance") String venue,
        @Schema(example = "BTCUSDT") String symbol,
        @Schema(example = "TRADING", description = "TRADING, HALTED or DELISTED") String status,
        @Schema(example = "TRADING", description = "The venue's own word.") String venueStatus,
        @Schema(example = "BTC") String baseAsset,
        @Schema(example = "USDT") String quoteAsset,
        @Schema(example = "0.01", nullable = true) @Nullable String tickSize,
        @Schema(example = "0.00001", nullable = true) @Nullable String stepSize,
        @Schema(example = "5", nullable = true) @Nullable String minNotional,
        @Nullable Instant firstSeen,
        @Nullable Instant updated,
        @Schema(description = "Whether this installation streams it.") boolean streamed) {

    static final String[] STATUSES = {"TRADING", "HALTED", "DELISTED"};

    static InstrumentJson of(InstrumentInfo info) {
        Instrument instrument = Instrument.parse(info.getInstrument());
        return new InstrumentJson(
                instrument.venue().id(),
                instrument.symbol(),
                statusOf(info),
                info.getVenueStatus(),
                info.getBaseAsset(),
                info.getQuoteAsset(),
                decimal(info.getTickSize()),
                decimal(info.getStepSize()),
                decimal(info.getMinNotional()),
                Trusted.time(info.getFirstSeenUs()),
                Trusted.time(info.getUpdatedUs()),
                info.getStreamed());
    }

    /** Without trailing zeros; null where the venue names none. */
    private static @Nullable String decimal(String text) {
        return text.isEmpty() ? null : Trusted.text(Decimal.parse(text));
    }

    static String statusOf(InstrumentInfo info) {
        return info.getStatus() == InstrumentStatus.UNRECOGNIZED
                ? "UNKNOWN"
                : info.getStatus().name().substring("INSTRUMENT_STATUS_".length());
    }
}
