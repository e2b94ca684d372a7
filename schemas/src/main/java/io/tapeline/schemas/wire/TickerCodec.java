package io.tapeline.schemas.wire;

import static io.tapeline.schemas.proto.Ticker.ASK_PRICE_FIELD_NUMBER;
import static io.tapeline.schemas.proto.Ticker.ASK_QUANTITY_FIELD_NUMBER;
import static io.tapeline.schemas.proto.Ticker.BID_PRICE_FIELD_NUMBER;
import static io.tapeline.schemas.proto.Ticker.BID_QUANTITY_FIELD_NUMBER;
import static io.tapeline.schemas.proto.Ticker.HIGH_PRICE_FIELD_NUMBER;
import static io.tapeline.schemas.proto.Ticker.LAST_PRICE_FIELD_NUMBER;
import static io.tapeline.schemas.proto.Ticker.LAST_QUANTITY_FIELD_NUMBER;
import static io.tapeline.schemas.proto.Ticker.LOW_PRICE_FIELD_NUMBER;
import static io.tapeline.schemas.proto.Ticker.OPEN_PRICE_FIELD_NUMBER;
import static io.tapeline.schemas.proto.Ticker.PREVIOUS_CLOSE_PRICE_FIELD_NUMBER;
import static io.tapeline.schemas.proto.Ticker.PRICE_CHANGE_FIELD_NUMBER;
import static io.tapeline.schemas.proto.Ticker.PRICE_CHANGE_PERCENT_FIELD_NUMBER;
import static io.tapeline.schemas.proto.Ticker.QUOTE_VOLUME_FIELD_NUMBER;
import static io.tapeline.schemas.proto.Ticker.VOLUME_FIELD_NUMBER;
import static io.tapeline.schemas.proto.Ticker.WEIGHTED_AVERAGE_PRICE_FIELD_NUMBER;

import com.google.protobuf.InvalidProtocolBufferException;
import io.tapeline.schemas.market.Decimal;
import io.tapeline.schemas.market.EpochMicros;
import io.tapeline.schemas.market.Ticker;
import org.jspecify.annotations.Nullable;

/**
 * Tickers as {@code tapeline.v1.Ticker}. {@link Ticker.Details} are written whole or not at all.
 */
public final class TickerCodec implements Codec<Ticker> {

    private static final String NAME = "Ticker";

    @Override
    public byte[] encode(Ticker value) {
        return toProto(value).toByteArray();
    }

    @Override
    public Ticker decode(byte[] bytes) throws MalformedPayload {
        try {
            return fromProto(io.tapeline.schemas.proto.Ticker.parseFrom(bytes));
        } catch (InvalidProtocolBufferException e) {
            throw new MalformedPayload(NAME + ": not a message of Protobuf", e);
        }
    }

    public static io.tapeline.schemas.proto.Ticker toProto(Ticker ticker) {
        Ticker.Details details = ticker.details();
        int price = priceScale(ticker, details);
        int quantity =
                details == null
                        ? DecimalGroup.scaleOf(ticker.volume().value())
                        : DecimalGroup.scaleOf(
                                ticker.volume().value(),
                                details.lastQuantity().value(),
                                details.bidQuantity().value(),
                                details.askQuantity().value());
        Decimal quoteVolume = ticker.quoteVolume().value();
        int quote = DecimalGroup.scaleOf(quoteVolume);
        DecimalGroup group = new DecimalGroup();
        io.tapeline.schemas.proto.Ticker.Builder out =
                io.tapeline.schemas.proto.Ticker.newBuilder()
                        .setInstrument(ticker.instrument().id())
                        .setEventTimeUs(ticker.eventTime().value())
                        .setPriceExponent(-price)
                        .setLastPrice(
                                group.mantissa(
                                        LAST_PRICE_FIELD_NUMBER, 0, ticker.last().value(), price))
                        .setOpenPrice(
                                group.mantissa(
                                        OPEN_PRICE_FIELD_NUMBER, 0, ticker.open().value(), price))
                        .setHighPrice(
                                group.mantissa(
                                        HIGH_PRICE_FIELD_NUMBER, 0, ticker.high().value(), price))
                        .setLowPrice(
                                group.mantissa(
                                        LOW_PRICE_FIELD_NUMBER, 0, ticker.low().value(), price))
                        .setQuantityExponent(-quantity)
                        .setVolume(
                                group.mantissa(
                                        VOLUME_FIELD_NUMBER, 0, ticker.volume().value(), quantity))
                        .setQuoteExponent(-quote)
                        .setQuoteVolume(
                                group.mantissa(QUOTE_VOLUME_FIELD_NUMBER, 0, quoteVolume, quote))
                        .setOrigin(WireFields.origin(ticker.origin()));
        if (details != null) {
            put(out, group, details, price, quantity);
        }
        return out.addAllWide(group.wide()).build();
    }

    private static int priceScale(Ticker ticker, Ticker.@Nullable Details details) {
        Decimal last = ticker.last().value();
        Decimal open = ticker.open().value();
        Decimal high = ticker.high().value();
        Decimal low = ticker.low().value();
        return details == null
                ? DecimalGroup.scaleOf(last, open, high, low)
                : DecimalGroup.scaleOf(
                        last,
                        open,
                        high,
                        low,
                        details.bid().value(),
                        details.ask().value(),
                        details.previousClose().value(),
                        details.weightedAverage().value(),
                        details.priceChange());
    }

    private static void put(
            io.tapeline.schemas.proto.Ticker.Builder out,
            DecimalGroup group,
            Ticker.Details details,
            int price,
            int quantity) {
        int percent = DecimalGroup.scaleOf(details.priceChangePercent());
        out.setBidPrice(group.mantissa(BID_PRICE_FIELD_NUMBER, 0, details.bid().value(), price))
                .setAskPrice(
                        group.mantissa(ASK_PRICE_FIELD_NUMBER, 0, details.ask().value(), price))
                .setPreviousClosePrice(
                        group.mantissa(
                                PREVIOUS_CLOSE_PRICE_FIELD_NUMBER,
                                0,
                                details.previousClose().value(),
                                price))
                .setWeightedAveragePrice(
                        group.mantissa(
                                WEIGHTED_AVERAGE_PRICE_FIELD_NUMBER,
                                0,
                                details.weightedAverage().value(),
                                price))
                .setPriceChange(
                        group.mantissa(PRICE_CHANGE_FIELD_NUMBER, 0, details.priceChange(), price))
                .setPercentExponent(-percent)
                .setPriceChangePercent(
                        group.mantissa(
                                PRICE_CHANGE_PERCENT_FIELD_NUMBER,
                                0,
                                details.priceChangePercent(),
                                percent))
                .setLastQuantity(
                        group.mantissa(
                                LAST_QUANTITY_FIELD_NUMBER,
                                0,
                                details.lastQuantity().value(),
                                quantity))
                .setBidQuantity(
                        group.mantissa(
                                BID_QUANTITY_FIELD_NUMBER,
                                0,
                                details.bidQuantity().value(),
                                quantity))
                .setAskQuantity(
                        group.mantissa(
                                ASK_QUANTITY_FIELD_NUMBER,
                                0,
                                details.askQuantity().value(),
                                quantity))
                .setOpenTimeUs(details.openTime().value())
                .setCloseTimeUs(details.closeTime().value())
                .setFirstTradeId(details.firstTradeId())
                .setLastTradeId(details.lastTradeId())
                .setTrades(details.trades());
    }

    public static Ticker fromProto(io.tapeline.schemas.proto.Ticker in) throws MalformedPayload {
        DecimalFields fields = new DecimalFields(NAME, in.getWideList());
        int price = fields.scale("price_exponent", in.getPriceExponent());
        int quantity = fields.scale("quantity_exponent", in.getQuantityExponent());
        int quote = fields.scale("quote_exponent", in.getQuoteExponent());
        return new Ticker(
                WireFields.instrument(NAME, in.getInstrument()),
                new EpochMicros(in.getEventTimeUs()),
                fields.price(LAST_PRICE_FIELD_NUMBER, in.getLastPrice(), price),
                fields.price(OPEN_PRICE_FIELD_NUMBER, in.getOpenPrice(), price),
                fields.price(HIGH_PRICE_FIELD_NUMBER, in.getHighPrice(), price),
                fields.price(LOW_PRICE_FIELD_NUMBER, in.getLowPrice(), price),
                fields.quantity(VOLUME_FIELD_NUMBER, in.getVolume(), quantity),
                fields.quantity(QUOTE_VOLUME_FIELD_NUMBER, in.getQuoteVolume(), quote),
                in.hasPriceChange() ? details(in, fields, price, quantity) : null,
                WireFields.origin(NAME, in.getOrigin()));
    }

    private static Ticker.Details details(
            io.tapeline.schemas.proto.Ticker in, DecimalFields fields, int price, int quantity)
            throws MalformedPayload {
        if (!in.hasBidPrice()
                || !in.hasAskPrice()
                || !in.hasPreviousClosePrice()
                || !in.hasWeightedAveragePrice()
                || !in.hasPriceChangePercent()
                || !in.hasLastQuantity()
                || !in.hasBidQuantity()
                || !in.hasAskQuantity()
                || !in.hasOpenTimeUs()
                || !in.hasCloseTimeUs()
                || !in.hasFirstTradeId()
                || !in.hasLastTradeId()
                || !in.hasTrades()) {
            throw new MalformedPayload(NAME + ": some of the full ticker's fields are missing");
        }
        int percent = fields.scale("percent_exponent", in.getPercentExponent());
        return new Ticker.Details(
                fields.decimal(PRICE_CHANGE_FIELD_NUMBER, 0, in.getPriceChange(), price),
                fields.decimal(
                        PRICE_CHANGE_PERCENT_FIELD_NUMBER, 0, in.getPriceChangePercent(), percent),
                fields.price(
                        WEIGHTED_AVERAGE_PRICE_FIELD_NUMBER, in.getWeightedAveragePrice(), price),
                fields.price(PREVIOUS_CLOSE_PRICE_FIELD_NUMBER, in.getPreviousClosePrice(), price),
                fields.quantity(LAST_QUANTITY_FIELD_NUMBER, in.getLastQuantity(), quantity),
                fields.price(BID_PRICE_FIELD_NUMBER, in.getBidPrice(), price),
                fields.quantity(BID_QUANTITY_FIELD_NUMBER, in.getBidQuantity(), quantity),
                fields.price(ASK_PRICE_FIELD_NUMBER, in.getAskPrice(), price),
                fields.quantity(ASK_QUANTITY_FIELD_NUMBER, in.getAskQuantity(), quantity),
                new EpochMicros(in.getOpenTimeUs()),
                new EpochMicros(in.getCloseTimeUs()),
                in.getFirstTradeId(),
                in.getLastTradeId(),
                in.getTrades());
    }
}
