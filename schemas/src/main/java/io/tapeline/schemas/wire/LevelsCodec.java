package io.tapeline.schemas.wire;

import static io.tapeline.schemas.proto.Levels.PRICES_FIELD_NUMBER;
import static io.tapeline.schemas.proto.Levels.QUANTITIES_FIELD_NUMBER;

import io.tapeline.schemas.market.Decimal;
import io.tapeline.schemas.market.Levels;
import io.tapeline.schemas.market.Price;
import io.tapeline.schemas.market.Quantity;
import java.util.ArrayList;
import java.util.List;

/** One side's levels as {@code tapeline.v1.Levels}, in the order given. */
public final class LevelsCodec {

    private static final String NAME = "Levels";

    private LevelsCodec() {}

    public static io.tapeline.schemas.proto.Levels toProto(Levels levels) {
        return levels.isCompact() ? compact(levels.reduced()) : wide(levels);
    }

    private static io.tapeline.schemas.proto.Levels compact(Levels levels) {
        io.tapeline.schemas.proto.Levels.Builder out =
                io.tapeline.schemas.proto.Levels.newBuilder()
                        .setPriceExponent(-levels.priceScale())
                        .setQuantityExponent(-levels.quantityScale());
        for (int i = 0; i < levels.size(); i++) {
            out.addPrices(levels.priceMantissa(i)).addQuantities(levels.quantityMantissa(i));
        }
        return out.build();
    }

    private static io.tapeline.schemas.proto.Levels wide(Levels levels) {
        int size = levels.size();
        Decimal[] prices = new Decimal[size];
        Decimal[] quantities = new Decimal[size];
        for (int i = 0; i < size; i++) {
            prices[i] = levels.price(i).value();
            quantities[i] = levels.quantity(i).value();
        }
        int priceScale = DecimalGroup.scaleOf(prices);
        int quantityScale = DecimalGroup.scaleOf(quantities);
        DecimalGroup group = new DecimalGroup();
        io.tapeline.schemas.proto.Levels.Builder out =
                io.tapeline.schemas.proto.Levels.newBuilder()
                        .setPriceExponent(-priceScale)
                        .setQuantityExponent(-quantityScale);
        for (int i = 0; i < size; i++) {
            out.addPrices(group.mantissa(PRICES_FIELD_NUMBER, i, prices[i], priceScale))
                    .addQuantities(
                            group.mantissa(
                                    QUANTITIES_FIELD_NUMBER, i, quantities[i], quantityScale));
        }
        return out.addAllWide(group.wide()).build();
    }

    public static Levels fromProto(io.tapeline.schemas.proto.Levels in) throws MalformedPayload {
        int size = in.getPricesCount();
        if (size != in.getQuantitiesCount()) {
            throw new MalformedPayload(
                    NAME + ": " + size + " prices and " + in.getQuantitiesCount() + " quantities");
        }
        DecimalFields fields = new DecimalFields(NAME, in.getWideList());
        int priceScale = fields.scale("price_exponent", in.getPriceExponent());
        int quantityScale = fields.scale("quantity_exponent", in.getQuantityExponent());
        if (in.getWideCount() > 0) {
            return wide(in, fields, priceScale, quantityScale);
        }
        long[] prices = new long[size];
        long[] quantities = new long[size];
        for (int i = 0; i < size; i++) {
            prices[i] = in.getPrices(i);
            quantities[i] = in.getQuantities(i);
            if ((prices[i] | quantities[i]) < 0) {
                throw new MalformedPayload(NAME + ": level " + i + " is negative");
            }
        }
        return Levels.compact(size, priceScale, quantityScale, prices, quantities);
    }

    private static Levels wide(
            io.tapeline.schemas.proto.Levels in,
            DecimalFields fields,
            int priceScale,
            int quantityScale)
            throws MalformedPayload {
        List<Price> prices = new ArrayList<>(in.getPricesCount());
        List<Quantity> quantities = new ArrayList<>(in.getPricesCount());
        for (int i = 0; i < in.getPricesCount(); i++) {
            prices.add(fields.price(PRICES_FIELD_NUMBER, i, in.getPrices(i), priceScale));
            quantities.add(
                    fields.quantity(
                            QUANTITIES_FIELD_NUMBER, i, in.getQuantities(i), quantityScale));
        }
        return Levels.of(prices, quantities);
    }
}
