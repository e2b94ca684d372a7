package io.tapeline.schemas.binance;

import io.tapeline.schemas.json.DecimalColumn;
import io.tapeline.schemas.json.JsonScanner;
import io.tapeline.schemas.market.Levels;
import io.tapeline.schemas.market.Price;
import io.tapeline.schemas.market.Quantity;
import io.tapeline.schemas.wire.MalformedPayload;
import java.util.ArrayList;
import java.util.List;

/** Reads one side of a book: {@code [["price","quantity"],...]}. */
final class LevelsScanner {

    private LevelsScanner() {}

    static Levels levels(JsonScanner in, String field) throws MalformedPayload {
        in.beginArray(field);
        if (!in.firstElement()) {
            return Levels.EMPTY;
        }
        DecimalColumn prices = new DecimalColumn();
        DecimalColumn quantities = new DecimalColumn();
        do {
            in.beginArray(field);
            in.decimalInto(prices, field);
            in.requireElement(field);
            in.decimalInto(quantities, field);
            while (in.nextElement(field)) { // answers of old had an empty array here
                in.skip(field);
            }
        } while (in.nextElement(field));
        return prices.fitsInLongs() && quantities.fitsInLongs()
                ? Levels.compact(
                        prices.size(),
                        prices.scale(),
                        quantities.scale(),
                        prices.mantissas(),
                        quantities.mantissas())
                : wide(prices, quantities);
    }

    private static Levels wide(DecimalColumn prices, DecimalColumn quantities) {
        List<Price> p = new ArrayList<>(prices.size());
        List<Quantity> q = new ArrayList<>(prices.size());
        for (int i = 0; i < prices.size(); i++) {
            p.add(new Price(prices.decimal(i)));
            q.add(new Quantity(quantities.decimal(i)));
        }
        return Levels.of(p, q);
    }
}
