package io.tapeline.exchange.synthetic;

import io.tapeline.exchange.market.Book;
import io.tapeline.exchange.market.BookSide;
import io.tapeline.exchange.market.PairStreams;
import io.tapeline.exchange.market.Trade;
import java.util.SplittableRandom;

/**
 * The traders of one made-up pair. Each event is one order or cancellation; the book changes, and
 * trades happen, in consequence of it and of nothing else. Prices follow the pair's {@link
 * PricePath}.
 */
final class PairSimulation {

    private static final int MOST_SWEPT_LEVELS = 6;
    private static final int LEVELS_NEAR = 12;

    private final SyntheticPair pair;
    private final PricePath path;
    private final PairStreams streams;
    private final Book book;
    private final int levels;
    private final int reachBits;
    private final long slack;
    private long nextTradeId;

    /**
     * @param levels how many levels a side the book holds, about
     */
    PairSimulation(
            SyntheticPair pair,
            PricePath path,
            PairStreams streams,
            int levels,
            long firstTradeId) {
        this.pair = pair;
        this.path = path;
        this.streams = streams;
        this.book = streams.pair().book();
        this.levels = levels;
        this.nextTradeId = firstTradeId;
        // Levels reach some per cent away from the price, and at least far enough to have room for
        // all of them.
        long reach = Math.max(levels * 2L, pair.basePrice() / pair.spec().tickUnits() / 25);
        // Half a basis point: within it traders do as they like.
        this.slack = pair.basePrice() / 20_000;
        this.reachBits = 64 - Long.numberOfLeadingZeros(reach);
    }

    /** Fills the book around the price of the given time, under the given update id. */
    void open(long micros, long updateId, SplittableRandom random) {
        book.reset(updateId);
        long tick = pair.spec().tickUnits();
        long mid = path.at(Math.floorDiv(micros, 1_000L));
        for (int i = 0; i < levels * 2; i++) {
            long distance = i < LEVELS_NEAR ? i : distance(random);
            if (mid - distance * tick > 0 && book.bids().size() < levels) {
                book.seed(true, mid - distance * tick, quantity(random));
            }
            if (book.asks().size() < levels) {
                book.seed(false, mid + (distance + 1) * tick, quantity(random));
            }
        }
    }

    PairStreams streams() {
        return streams;
    }

    /** One cancellation, as long as there is much to cancel. */
    void cancelOnly(SplittableRandom random) {
        boolean bid = random.nextBoolean();
        BookSide side = bid ? book.bids() : book.asks();
        if (side.size() > Math.max(2, levels / 2)) {
            cancel(bid, random);
            streams.bookChanged();
        }
    }

    /** One order or cancellation. */
    void event(long micros, SplittableRandom random) {
        long fair = path.at(Math.floorDiv(micros, 1_000L));
        boolean up = fair - slack >= bestAsk();
        boolean down = fair + slack < bestBid();
        int dice = random.nextInt(100);
        if (up || down) {
            take(up, fair, micros, random);
        } else if (dice < 22) {
            take(random.nextBoolean(), -1, micros, random);
        } else if (dice < 72) {
            place(random.nextBoolean(), distance(random), random);
        } else {
            cancel(random.nextBoolean(), random);
        }
        narrow(fair, random);
        streams.bookChanged();
    }

    /**
     * A taker's order.
     *
     * @param fair the price up to which it sweeps, level by level; negative for an order that stays
     *     within the best level
     */
    private void take(boolean buys, long fair, long micros, SplittableRandom random) {
        BookSide side = buys ? book.asks() : book.bids();
        for (int swept = 0; swept < MOST_SWEPT_LEVELS && side.size() > 1; swept++) {
            long price = side.price(0);
            boolean whole = fair >= 0 && (buys ? price <= fair : price > fair);
            if (!whole && swept > 0) {
                break;
            }
            long resting = side.quantity(0);
            long filled = whole ? resting : pair.lots(Math.min(resting, 1 + quantity(random) / 3));
            fill(price, Math.min(filled, resting), micros, !buys, random);
            book.change(!buys, price, resting - Math.min(filled, resting));
        }
        streams.orderDone();
    }

    /** The resting quantity may have been several orders: each is a trade of its own. */
    private void fill(
            long price, long quantity, long micros, boolean buyerIsMaker, SplittableRandom random) {
        long left = quantity;
        while (left > 0) {
            long part = random.nextInt(3) == 0 ? Math.min(left, pair.lots(left / 2)) : left;
            streams.traded(new Trade(nextTradeId++, price, part, micros, buyerIsMaker));
            left -= part;
        }
    }

    private void place(boolean bid, long distance, SplittableRandom random) {
        long tick = pair.spec().tickUnits();
        long price = bid ? bestBid() - distance * tick : bestAsk() + distance * tick;
        if (price <= 0) {
            return;
        }
        BookSide side = bid ? book.bids() : book.asks();
        book.change(bid, price, quantity(random));
        if (side.size() > levels) {
            book.change(bid, side.worstPrice(), 0);
        }
    }

    private void cancel(boolean bid, SplittableRandom random) {
        BookSide side = bid ? book.bids() : book.asks();
        if (side.size() <= Math.max(2, levels / 2)) {
            place(bid, distance(random), random);
            return;
        }
        int rank = (int) Math.min(side.size() - 1L, distance(random));
        book.change(bid, side.price(rank), 0);
    }

    /**
     * Keeps the spread at a tick or two, on the fair price's side of it, and both sides stocked.
     */
    private void narrow(long fair, SplittableRandom random) {
        long tick = pair.spec().tickUnits();
        if (bestAsk() - bestBid() > 2 * tick) {
            long meeting = Math.clamp(fair, bestBid() + tick, bestAsk() - tick);
            boolean bid = random.nextBoolean();
            book.change(bid, meeting, quantity(random));
        }
        trim(true);
        trim(false);
        if (book.bids().size() < levels / 2) {
            place(true, distance(random), random);
        }
        if (book.asks().size() < levels / 2) {
            place(false, distance(random), random);
        }
    }

    private void trim(boolean bid) {
        BookSide side = bid ? book.bids() : book.asks();
        if (side.size() > levels) {
            book.change(bid, side.worstPrice(), 0);
        }
    }

    private long bestBid() {
        return book.bids().price(0);
    }

    private long bestAsk() {
        return book.asks().price(0);
    }

    /** In ticks from the best price: near ones are far more frequent. */
    private long distance(SplittableRandom random) {
        return random.nextLong(1L << random.nextInt(1, reachBits + 1));
    }

    private long quantity(SplittableRandom random) {
        long percent = random.nextInt(8) == 0 ? random.nextInt(100, 900) : random.nextInt(2, 150);
        return pair.lots(
                pair.typicalQuantity() / 100 * percent
                        + pair.typicalQuantity() % 100 * percent / 100);
    }
}
