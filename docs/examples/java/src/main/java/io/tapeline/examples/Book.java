package io.tapeline.examples;

import com.google.protobuf.InvalidProtocolBufferException;
import io.tapeline.schemas.proto.BookEvent;
import io.tapeline.schemas.proto.Levels;
import java.math.BigDecimal;
import java.util.Comparator;
import java.util.NavigableMap;
import java.util.TreeMap;

/**
 * {@code [BOOTSTRAP [INSTRUMENT [COUNT]]]}: keeps an instrument's book, and prints its best levels
 * after COUNT changes (100).
 */
final class Book {

    private static final int LEVELS = 5;

    private final NavigableMap<BigDecimal, BigDecimal> bids =
            new TreeMap<>(Comparator.reverseOrder());
    private final NavigableMap<BigDecimal, BigDecimal> asks = new TreeMap<>();
    private final long count;
    private boolean known;
    private long changes;

    private Book(long count) {
        this.count = count;
    }

    public static void main(String[] arguments) throws InvalidProtocolBufferException {
        String bootstrap = arguments.length > 0 ? arguments[0] : "localhost:19092";
        String instrument = arguments.length > 1 ? arguments[1] : "binance:BTCUSDT";
        long count = arguments.length > 2 ? Long.parseLong(arguments[2]) : 100;
        Tape.read(
                bootstrap,
                "tapeline.depth",
                instrument,
                BookEvent::parseFrom,
                new Book(count)::take);
    }

    private boolean take(BookEvent event) {
        if (event.hasReset()) {
            bids.clear();
            asks.clear();
            known = !event.getReset().getResyncing();
            set(bids, event.getReset().getBids());
            set(asks, event.getReset().getAsks());
            return false;
        }
        if (!known) { // before the first reset of what the topic still has
            return false;
        }
        set(bids, event.getDelta().getBids());
        set(asks, event.getDelta().getAsks());
        changes++;
        if (changes < count) {
            return false;
        }
        System.out.println("updateId " + event.getDelta().getFinalUpdateId());
        tell("bid", bids);
        tell("ask", asks);
        return true;
    }

    /** Quantities are absolute; zero removes the level. */
    private static void set(NavigableMap<BigDecimal, BigDecimal> side, Levels levels) {
        Decimals decimals = new Decimals(levels.getWideList());
        for (int i = 0; i < levels.getPricesCount(); i++) {
            BigDecimal price =
                    decimals.value(
                            Levels.PRICES_FIELD_NUMBER,
                            i,
                            levels.getPrices(i),
                            levels.getPriceExponent());
            BigDecimal quantity =
                    decimals.value(
                            Levels.QUANTITIES_FIELD_NUMBER,
                            i,
                            levels.getQuantities(i),
                            levels.getQuantityExponent());
            if (quantity.signum() == 0) {
                side.remove(price);
            } else {
                side.put(price, quantity);
            }
        }
    }

    private static void tell(String name, NavigableMap<BigDecimal, BigDecimal> side) {
        side.entrySet().stream()
                .limit(LEVELS)
                .forEach(level ->
                        System.out.println(
                                name
                                        + " "
                                        + Decimals.text(level.getKey())
                                        + " "
                                        + Decimals.text(level.getValue())));
    }
}
