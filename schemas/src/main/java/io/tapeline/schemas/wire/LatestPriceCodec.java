package io.tapeline.schemas.wire;

import static io.tapeline.schemas.proto.LatestPrice.ASK_FIELD_NUMBER;
import static io.tapeline.schemas.proto.LatestPrice.BID_FIELD_NUMBER;
import static io.tapeline.schemas.proto.LatestPrice.PRICE_FIELD_NUMBER;

import com.google.protobuf.InvalidProtocolBufferException;
import io.tapeline.schemas.market.EpochMicros;
import io.tapeline.schemas.market.LatestPrice;
import io.tapeline.schemas.market.Price;

/** Latest prices as {@code tapeline.v1.LatestPrice}. */
public final class LatestPriceCodec implements Codec<LatestPrice> {

    private static final String NAME = "LatestPrice";

    @Override
    public byte[] encode(LatestPrice value) {
        return toProto(value).toByteArray();
    }

    @Override
    public LatestPrice decode(byte[] bytes) throws MalformedPayload {
        try {
            return fromProto(io.tapeline.schemas.proto.LatestPrice.parseFrom(bytes));
        } catch (InvalidProtocolBufferException e) {
            throw new MalformedPayload(NAME + ": not a message of Protobuf", e);
        }
    }

    public static io.tapeline.schemas.proto.LatestPrice toProto(LatestPrice latest) {
        Price bid = latest.bid();
        Price ask = latest.ask();
        int scale =
                DecimalGroup.scaleOf(
                        latest.price().value(),
                        bid == null ? null : bid.value(),
                        ask == null ? null : ask.value());
        DecimalGroup group = new DecimalGroup();
        io.tapeline.schemas.proto.LatestPrice.Builder out =
                io.tapeline.schemas.proto.LatestPrice.newBuilder()
                        .setInstrument(latest.instrument().id())
                        .setEventTimeUs(latest.eventTime().value())
                        .setPriceExponent(-scale)
                        .setPrice(
                                group.mantissa(
                                        PRICE_FIELD_NUMBER, 0, latest.price().value(), scale))
                        .setSource(latest.source());
        if (bid != null) {
            out.setBid(group.mantissa(BID_FIELD_NUMBER, 0, bid.value(), scale));
        }
        if (ask != null) {
            out.setAsk(group.mantissa(ASK_FIELD_NUMBER, 0, ask.value(), scale));
        }
        return out.addAllWide(group.wide()).build();
    }

    public static LatestPrice fromProto(io.tapeline.schemas.proto.LatestPrice in)
            throws MalformedPayload {
        DecimalFields fields = new DecimalFields(NAME, in.getWideList());
        int scale = fields.scale("price_exponent", in.getPriceExponent());
        return new LatestPrice(
                WireFields.instrument(NAME, in.getInstrument()),
                new EpochMicros(in.getEventTimeUs()),
                fields.price(PRICE_FIELD_NUMBER, in.getPrice(), scale),
                in.hasBid() ? fields.price(BID_FIELD_NUMBER, in.getBid(), scale) : null,
                in.hasAsk() ? fields.price(ASK_FIELD_NUMBER, in.getAsk(), scale) : null,
                in.getSource());
    }
}
