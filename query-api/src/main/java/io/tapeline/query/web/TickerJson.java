package io.tapeline.query.web;

import io.swagger.v3.oas.annotations.media.Schema;
import io.tapeline.schemas.market.Decimal;
import io.tapeline.schemas.market.EpochMicros;
import io.tapeline.schemas.market.Price;
import io.tapeline.schemas.market.Quantity;
import io.tapeline.schemas.market.Ticker;
import io.tapeline.schemas.proto.TickerAnswer;
import io.tapeline.schemas.wire.MalformedPayload;
import io.tapeline.schemas.wire.TickerCodec;
import java.time.Clock;
import java.time.Instant;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Statistics of the last 24 hours; what the venue's stream does not tell is null. */
@Schema(name = "Ticker", description = "Statistics of the last 24 hours.")
public record TickerJson(
        @Schema(example = "binance") String venue,
        @Schema(example = "BTCUSDT") String symbol,
        @Schema(example = "61855.37") String last,
        String open,
        String high,
        String low,
        @Schema(description = "In the base asset.") String volume,
        @Schema(description = "In the quote asset.") String quoteVolume,
        @Nullable String priceChange,
        @Schema(description = "In percent.") @Nullable String priceChangePercent,
        @Nullable String weightedAverage,
        @Nullable String previousClose,
        @Nullable String lastQuantity,
        @Nullable String bid,
        @Nullable String bidQuantity,
        @Nullable String ask,
        @Nullable String askQuantity,
        @Nullable Instant openTime,
        @Nullable Instant closeTime,
        @Nullable Long firstTradeId,
        @Nullable Long lastTradeId,
        @Nullable Long trades,
        Instant eventTime,
        @Nullable Long ageMs,
        @Schema(example = "LIVE", description = Trusted.STATES) String state,
        Trusted.Source source) {

    static TickerJson of(TickerAnswer answer, Clock clock) {
        Ticker ticker;
        try {
            ticker = TickerCodec.fromProto(answer.getTicker());
        } catch (MalformedPayload e) {
            throw new IllegalStateException("ticker: the aggregator's answer is malformed", e);
        }
        Ticker.Details details = ticker.details();
        return new TickerJson(
                ticker.instrument().venue().id(),
                ticker.instrument().symbol(),
                Trusted.text(ticker.last().value()),
                Trusted.text(ticker.open().value()),
                Trusted.text(ticker.high().value()),
                Trusted.text(ticker.low().value()),
                Trusted.text(ticker.volume().value()),
                Trusted.text(ticker.quoteVolume().value()),
                text(details, Ticker.Details::priceChange),
                text(details, Ticker.Details::priceChangePercent),
                price(details, Ticker.Details::weightedAverage),
                price(details, Ticker.Details::previousClose),
                quantity(details, Ticker.Details::lastQuantity),
                price(details, Ticker.Details::bid),
                quantity(details, Ticker.Details::bidQuantity),
                price(details, Ticker.Details::ask),
                quantity(details, Ticker.Details::askQuantity),
                time(details, Ticker.Details::openTime),
                time(details, Ticker.Details::closeTime),
                details == null ? null : details.firstTradeId(),
                details == null ? null : details.lastTradeId(),
                details == null ? null : details.trades(),
                ticker.eventTime().toInstant(),
                Trusted.ageMs(ticker.eventTime().value(), clock),
                Trusted.state(answer.getTrust()),
                Trusted.source(answer.getTrust()));
    }

    private static @Nullable String text(
            Ticker.@Nullable Details details, Function<Ticker.Details, Decimal> field) {
        return details == null ? null : Trusted.text(field.apply(details));
    }

    private static @Nullable String price(
            Ticker.@Nullable Details details, Function<Ticker.Details, Price> field) {
        return text(details, field.andThen(Price::value));
    }

    private static @Nullable String quantity(
            Ticker.@Nullable Details details, Function<Ticker.Details, Quantity> field) {
        return text(details, field.andThen(Quantity::value));
    }

    private static @Nullable Instant time(
            Ticker.@Nullable Details details, Function<Ticker.Details, EpochMicros> field) {
        return details == null ? null : field.apply(details).toInstant();
    }
}
