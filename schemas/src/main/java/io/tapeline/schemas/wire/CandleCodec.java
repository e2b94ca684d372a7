package io.tapeline.schemas.wire;

import static io.tapeline.schemas.proto.Candle.CLOSE_FIELD_NUMBER;
import static io.tapeline.schemas.proto.Candle.HIGH_FIELD_NUMBER;
import static io.tapeline.schemas.proto.Candle.LOW_FIELD_NUMBER;
import static io.tapeline.schemas.proto.Candle.OPEN_FIELD_NUMBER;
import static io.tapeline.schemas.proto.Candle.QUOTE_VOLUME_FIELD_NUMBER;
import static io.tapeline.schemas.proto.Candle.TAKER_BUY_QUOTE_VOLUME_FIELD_NUMBER;
import static io.tapeline.schemas.proto.Candle.TAKER_BUY_VOLUME_FIELD_NUMBER;
import static io.tapeline.schemas.proto.Candle.VOLUME_FIELD_NUMBER;

import com.google.protobuf.InvalidProtocolBufferException;
import io.tapeline.schemas.market.Candle;
import io.tapeline.schemas.market.EpochMicros;

/** Candles as {@code tapeline.v1.Candle}. */
public final class CandleCodec implements Codec<Candle> {

    private static final String NAME = "Candle";

    @Override
    public byte[] encode(Candle value) {
        return toProto(value).toByteArray();
    }

    @Override
    public Candle decode(byte[] bytes) throws MalformedPayload {
        try {
            return fromProto(io.tapeline.schemas.proto.Candle.parseFrom(bytes));
        } catch (InvalidProtocolBufferException e) {
            throw new MalformedPayload(NAME + ": not a message of Protobuf", e);
        }
    }

    public static io.tapeline.schemas.proto.Candle toProto(Candle candle) {
        DecimalGroup group = new DecimalGroup();
        int price =
                DecimalGroup.scaleOf(
                        candle.open().value(),
                        candle.high().value(),
                        candle.low().value(),
                        candle.close().value());
        int quantity =
                DecimalGroup.scaleOf(candle.volume().value(), candle.takerBuyVolume().value());
        int quote =
                DecimalGroup.scaleOf(
                        candle.quoteVolume().value(), candle.takerBuyQuoteVolume().value());
        io.tapeline.schemas.proto.Candle.Builder out =
                io.tapeline.schemas.proto.Candle.newBuilder()
                        .setInstrument(candle.instrument().id())
                        .setInterval(candle.interval().id())
                        .setOpenTimeUs(candle.openTime().value())
                        .setCloseTimeUs(candle.closeTime().value())
                        .setEventTimeUs(candle.eventTime().value())
                        .setPriceExponent(-price)
                        .setOpen(group.mantissa(OPEN_FIELD_NUMBER, 0, candle.open().value(), price))
                        .setHigh(group.mantissa(HIGH_FIELD_NUMBER, 0, candle.high().value(), price))
                        .setLow(group.mantissa(LOW_FIELD_NUMBER, 0, candle.low().value(), price))
                        .setClose(
                                group.mantissa(
                                        CLOSE_FIELD_NUMBER, 0, candle.close().value(), price))
                        .setQuantityExponent(-quantity)
                        .setVolume(
                                group.mantissa(
                                        VOLUME_FIELD_NUMBER, 0, candle.volume().value(), quantity))
                        .setTakerBuyVolume(
                                group.mantissa(
                                        TAKER_BUY_VOLUME_FIELD_NUMBER,
                                        0,
                                        candle.takerBuyVolume().value(),
                                        quantity))
                        .setQuoteExponent(-quote)
                        .setQuoteVolume(
                                group.mantissa(
                                        QUOTE_VOLUME_FIELD_NUMBER,
                                        0,
                                        candle.quoteVolume().value(),
                                        quote))
                        .setTakerBuyQuoteVolume(
                                group.mantissa(
                                        TAKER_BUY_QUOTE_VOLUME_FIELD_NUMBER,
                                        0,
                                        candle.takerBuyQuoteVolume().value(),
                                        quote))
                        .setTrades(candle.trades())
                        .setClosed(candle.closed())
                        .setOrigin(WireFields.origin(candle.origin()));
        return out.addAllWide(group.wide()).build();
    }

    public static Candle fromProto(io.tapeline.schemas.proto.Candle in) throws MalformedPayload {
        DecimalFields fields = new DecimalFields(NAME, in.getWideList());
        int price = fields.scale("price_exponent", in.getPriceExponent());
        int quantity = fields.scale("quantity_exponent", in.getQuantityExponent());
        int quote = fields.scale("quote_exponent", in.getQuoteExponent());
        try {
            return new Candle(
                    WireFields.instrument(NAME, in.getInstrument()),
                    WireFields.interval(NAME, in.getInterval()),
                    new EpochMicros(in.getOpenTimeUs()),
                    new EpochMicros(in.getCloseTimeUs()),
                    new EpochMicros(in.getEventTimeUs()),
                    fields.price(OPEN_FIELD_NUMBER, in.getOpen(), price),
                    fields.price(HIGH_FIELD_NUMBER, in.getHigh(), price),
                    fields.price(LOW_FIELD_NUMBER, in.getLow(), price),
                    fields.price(CLOSE_FIELD_NUMBER, in.getClose(), price),
                    fields.quantity(VOLUME_FIELD_NUMBER, in.getVolume(), quantity),
                    fields.quantity(QUOTE_VOLUME_FIELD_NUMBER, in.getQuoteVolume(), quote),
                    in.getTrades(),
                    fields.quantity(
                            TAKER_BUY_VOLUME_FIELD_NUMBER, in.getTakerBuyVolume(), quantity),
                    fields.quantity(
                            TAKER_BUY_QUOTE_VOLUME_FIELD_NUMBER,
                            in.getTakerBuyQuoteVolume(),
                            quote),
                    in.getClosed(),
                    WireFields.origin(NAME, in.getOrigin()));
        } catch (IllegalArgumentException | ArithmeticException e) {
            throw new MalformedPayload(NAME + ": " + e.getMessage(), e);
        }
    }
}
