package io.tapeline.query.web;

import io.swagger.v3.oas.annotations.media.Schema;
import io.tapeline.schemas.market.Decimal;
import io.tapeline.schemas.proto.QuoteAnswer;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Clock;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** What an order of a quantity would be filled at. */
@Schema(name = "Quote", description = "What a market order of the quantity would be filled at.")
public record QuoteJson(
        @Schema(example = "buy") String side,
        @Schema(example = "2") String quantity,
        @Schema(example = "2", description = "How much of it the known book can fill.")
                String filled,
        @Schema(example = "123711.02", description = "Sum of price x quantity.") String total,
        @Schema(example = "61855.51", nullable = true) @Nullable String averagePrice,
        @Schema(example = "61855.37", nullable = true) @Nullable String bestPrice,
        @Schema(example = "61856.1", nullable = true) @Nullable String worstPrice,
        @Schema(
                        example = "0.00000226",
                        nullable = true,
                        description =
                                "How much worse than the best price the average is, as a part of"
                                        + " the best price, rounded half even to 8 places.")
                @Nullable String slippage,
        @Schema(description = "Filled as asked, within what is known of the book.")
                boolean complete,
        @Schema(example = "LIVE", description = Trusted.STATES) String state,
        long updateId,
        @Nullable Instant eventTime,
        @Nullable Long ageMs,
        Trusted.Source source) {

    private static final int SLIPPAGE_PLACES = 8;

    static QuoteJson of(String side, Decimal quantity, QuoteAnswer answer, Clock clock) {
        var trust = answer.getTrust();
        return new QuoteJson(
                side,
                Trusted.text(quantity),
                answer.getFilled(),
                answer.getTotal(),
                BookJson.orNull(answer.getAveragePrice()),
                BookJson.orNull(answer.getBestPrice()),
                BookJson.orNull(answer.getWorstPrice()),
                slippage(answer),
                answer.getComplete(),
                Trusted.state(trust),
                trust.getUpdateId(),
                Trusted.time(trust.getEventTimeUs()),
                Trusted.ageMs(trust.getEventTimeUs(), clock),
                Trusted.source(trust));
    }

    /** From the exact sums rather than from the average, which is rounded already. */
    private static @Nullable String slippage(QuoteAnswer answer) {
        if (answer.getBestPrice().isEmpty()) {
            return null;
        }
        BigDecimal atBest =
                new BigDecimal(answer.getBestPrice()).multiply(new BigDecimal(answer.getFilled()));
        if (atBest.signum() == 0) {
            return null;
        }
        BigDecimal part =
                new BigDecimal(answer.getTotal())
                        .subtract(atBest)
                        .abs()
                        .divide(atBest, SLIPPAGE_PLACES, RoundingMode.HALF_EVEN);
        return Trusted.text(Decimal.of(part));
    }
}
