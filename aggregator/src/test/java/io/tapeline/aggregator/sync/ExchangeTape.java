package io.tapeline.aggregator.sync;

import io.tapeline.aggregator.book.Books;
import io.tapeline.schemas.market.Decimal;
import io.tapeline.schemas.market.DepthPicture;
import io.tapeline.schemas.market.DepthSnapshot;
import io.tapeline.schemas.market.DepthUpdate;
import io.tapeline.schemas.market.Levels;
import io.tapeline.schemas.market.PictureSource;
import io.tapeline.schemas.market.Price;
import io.tapeline.schemas.market.Quantity;
import io.tapeline.schemas.market.Side;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Random;
import java.util.TreeMap;

/**
 * An exchange's book that changes one level with each id, from 1 on, and all that the exchange
 * would tell of it as of any id. Bids stay below 1000, asks above.
 */
final class ExchangeTape {

    private static final int LEVELS = 60;

    /** A quantity of 0 removes. */
    private record Change(Side side, int price, long quantity) {}

    /** Best first. */
    private record Sides(Levels bids, Levels asks) {}

    private final List<Change> changes = new ArrayList<>();
    private final List<Sides> books = new ArrayList<>();

    ExchangeTape(Random random, int ids) {
        NavigableMap<Integer, Long> bids = new TreeMap<>();
        NavigableMap<Integer, Long> asks = new TreeMap<>();
        for (int i = 1; i <= LEVELS; i++) {
            bids.put(1_000 - i, 5L);
            asks.put(1_000 + i, 5L);
        }
        remember(bids, asks);
        for (int id = 1; id <= ids; id++) {
            Side side = random.nextBoolean() ? Side.BID : Side.ASK;
            int away = 1 + (random.nextInt(3) == 0 ? random.nextInt(LEVELS) : random.nextInt(12));
            long quantity = random.nextInt(5) < 3 ? 0 : 1 + random.nextInt(50);
            Change change =
                    new Change(side, side == Side.BID ? 1_000 - away : 1_000 + away, quantity);
            changes.add(change);
            NavigableMap<Integer, Long> changed = side == Side.BID ? bids : asks;
            if (quantity == 0) {
                changed.remove(change.price());
            } else {
                changed.put(change.price(), quantity);
            }
            remember(bids, asks);
        }
    }

    private void remember(NavigableMap<Integer, Long> bids, NavigableMap<Integer, Long> asks) {
        books.add(new Sides(levels(bids.descendingMap()), levels(asks)));
    }

    private static Levels levels(Map<Integer, Long> side) {
        return Levels.of(
                side.keySet().stream().map(price -> new Price(Decimal.of(price, 1))).toList(),
                side.values().stream()
                        .map(quantity -> new Quantity(Decimal.of(quantity, 2)))
                        .toList());
    }

    long lastId() {
        return changes.size();
    }

    /** Best first. */
    Levels book(Side side, long id) {
        Sides sides = books.get((int) id);
        return switch (side) {
            case BID -> sides.bids();
            case ASK -> sides.asks();
        };
    }

    Levels top(Side side, long id, int limit) {
        Levels all = book(side, id);
        List<Price> prices = new ArrayList<>();
        List<Quantity> quantities = new ArrayList<>();
        for (int i = 0; i < Math.min(limit, all.size()); i++) {
            prices.add(all.price(i));
            quantities.add(all.quantity(i));
        }
        return Levels.of(prices, quantities);
    }

    /** Every price that the ids touched, with its quantity as of the last. */
    DepthUpdate update(long first, long last) {
        NavigableMap<Integer, Long> bids = new TreeMap<>();
        NavigableMap<Integer, Long> asks = new TreeMap<>();
        for (long id = first; id <= last; id++) {
            Change change = changes.get((int) id - 1);
            (change.side() == Side.BID ? bids : asks).put(change.price(), change.quantity());
        }
        return Books.update(first, last, levels(bids), levels(asks));
    }

    DepthSnapshot snapshot(long id, int limit) {
        return new DepthSnapshot(
                Books.BTC, id, top(Side.BID, id, limit), top(Side.ASK, id, limit), limit);
    }

    DepthPicture picture(PictureSource source, long id) {
        int limit =
                switch (source) {
                    case BOOK_TICKER -> 1;
                    case PARTIAL_DEPTH -> 20;
                    case SNAPSHOT -> 100;
                };
        return new DepthPicture(
                Books.BTC, source, id, top(Side.BID, id, limit), top(Side.ASK, id, limit), limit);
    }
}
