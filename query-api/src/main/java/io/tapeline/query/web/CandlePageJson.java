package io.tapeline.query.web;

import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A part of a list of candles. */
@Schema(name = "CandlePage", description = "A part of a list of candles, oldest first.")
public record CandlePageJson(
        List<CandleJson> items,
        @Schema(
                        description =
                                "Give it as cursor to get what follows, even where there are fewer"
                                        + " items than limit; null: nothing does.",
                        nullable = true)
                @Nullable String next,
        @Schema(
                        example = "the exchange's limits leave no room now",
                        description =
                                "Why candles, or minutes of them, that the exchange may have are"
                                        + " missing here: ask again after Retry-After. null: it was"
                                        + " asked, or need not be.",
                        nullable = true)
                @Nullable String missing) {}
