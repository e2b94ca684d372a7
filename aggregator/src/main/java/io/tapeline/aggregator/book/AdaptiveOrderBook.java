package io.tapeline.aggregator.book;

import io.tapeline.schemas.market.DepthSnapshot;
import io.tapeline.schemas.market.DepthUpdate;
import io.tapeline.schemas.market.Levels;
import io.tapeline.schemas.market.Price;
import io.tapeline.schemas.market.Quantity;
import io.tapeline.schemas.market.Side;
import java.util.Iterator;

/**
 * The book that services hold: in primitive arrays as long as every value fits in 64 bits at the
 * book's scales, over decimals from the first value that does not until the next snapshot.
 */
public final class AdaptiveOrderBook implements OrderBook {

    private OrderBook book = new ArrayOrderBook();

    /** The representation now in use: an {@link ArrayOrderBook} or a {@link DecimalOrderBook}. */
    public OrderBook representation() {
        return book;
    }

    /** Begins again from an empty book of the representation that a changelog told. */
    public void restore(OrderBook representation) {
        book = representation;
    }

    @Override
    public void reset(DepthSnapshot snapshot) {
        book = new ArrayOrderBook();
        makeRoomFor(snapshot.bids(), snapshot.asks());
        book.reset(snapshot);
    }

    @Override
    public void apply(DepthUpdate update) {
        makeRoomFor(update.bids(), update.asks());
        book.apply(update);
    }

    private void makeRoomFor(Levels bids, Levels asks) {
        if (book instanceof ArrayOrderBook array && !(array.accepts(bids, asks))) {
            book = DecimalOrderBook.copyOf(array);
        }
    }

    @Override
    public long updateId() {
        return book.updateId();
    }

    @Override
    public BookRange range() {
        return book.range();
    }

    @Override
    public int size(Side side) {
        return book.size(side);
    }

    @Override
    public boolean isCrossed() {
        return book.isCrossed();
    }

    @Override
    public Levels top(Side side, int limit) {
        return book.top(side, limit);
    }

    @Override
    public Iterator<BookLevel> levels(Side side) {
        return book.levels(side);
    }

    @Override
    public LevelState level(Price price) {
        return book.level(price);
    }

    @Override
    public BookVolume volume(Side side, VolumeOperator operator, Price price) {
        return book.volume(side, operator, price);
    }

    @Override
    public BookQuote quote(TakerSide side, Quantity quantity) {
        return book.quote(side, quantity);
    }

    @Override
    public boolean prune(int most) {
        return book.prune(most);
    }
}
