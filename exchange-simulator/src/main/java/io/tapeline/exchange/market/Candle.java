package io.tapeline.exchange.market;

/**
 * The summary of a range of trades, grown trade by trade or range by range, in order of time.
 * Without trades it has no prices unless it was {@linkplain #flat made flat}. Mutable, not
 * thread-safe.
 */
public final class Candle {

    private long open;
    private long high;
    private long low;
    private long close;
    private final Sum volume = new Sum();
    private final Sum quoteVolume = new Sum();
    private final Sum takerVolume = new Sum();
    private final Sum takerQuoteVolume = new Sum();
    private long firstId = -1;
    private long lastId = -1;
    private long count;
    private boolean priced;

    void add(Trade trade) {
        prices(trade.price(), trade.price(), trade.price(), trade.price());
        volume.add(trade.quantity());
        quoteVolume.addProduct(trade.price(), trade.quantity());
        if (!trade.buyerIsMaker()) {
            takerVolume.add(trade.quantity());
            takerQuoteVolume.addProduct(trade.price(), trade.quantity());
        }
        ids(trade.id(), trade.id(), 1);
    }

    /** Adds the summary of later trades. */
    public void add(Candle later) {
        if (later.count == 0) {
            return;
        }
        prices(later.open, later.high, later.low, later.close);
        volume.add(later.volume);
        quoteVolume.add(later.quoteVolume);
        takerVolume.add(later.takerVolume);
        takerQuoteVolume.add(later.takerQuoteVolume);
        ids(later.firstId, later.lastId, later.count);
    }

    /** Adds one row of a {@link CandleStore}. */
    void addRow(
            long o,
            long h,
            long l,
            long c,
            long base,
            long quote,
            long takerBase,
            long takerQuote,
            long first,
            long last,
            long trades) {
        prices(o, h, l, c);
        volume.add(base);
        quoteVolume.add(quote);
        takerVolume.add(takerBase);
        takerQuoteVolume.add(takerQuote);
        ids(first, last, trades);
    }

    /** Adds a block of trades at one price, none of whose trades is known singly. */
    public void addBlock(
            long price, long quantity, long takerQuantity, long blockFirstId, long trades) {
        prices(price, price, price, price);
        volume.add(quantity);
        quoteVolume.addProduct(price, quantity);
        takerVolume.add(takerQuantity);
        takerQuoteVolume.addProduct(price, takerQuantity);
        ids(blockFirstId, blockFirstId + trades - 1, trades);
    }

    private void prices(long o, long h, long l, long c) {
        if (count == 0) {
            open = o;
            high = h;
            low = l;
        } else {
            high = Math.max(high, h);
            low = Math.min(low, l);
        }
        close = c;
        priced = true;
    }

    private void ids(long first, long last, long trades) {
        if (count == 0) {
            firstId = first;
        }
        lastId = last;
        count += trades;
    }

    /**
     * Takes off the trades that left at the front and adds those that entered at the end. The first
     * price and id are the caller's to mend.
     *
     * @return false, with the candle spoilt, where an extreme price left and only a new sum can
     *     tell the next one
     */
    boolean slide(Candle left, Candle entered) {
        if (left.count > 0) {
            if (left.count == count || left.high >= high || left.low <= low) {
                return false;
            }
            volume.subtract(left.volume);
            quoteVolume.subtract(left.quoteVolume);
            takerVolume.subtract(left.takerVolume);
            takerQuoteVolume.subtract(left.takerQuoteVolume);
            count -= left.count;
        }
        add(entered);
        return true;
    }

    void startsWith(Candle first) {
        open = first.open;
        firstId = first.firstId;
    }

    /** Empties the candle. */
    void clear() {
        volume.clear();
        quoteVolume.clear();
        takerVolume.clear();
        takerQuoteVolume.clear();
        firstId = -1;
        lastId = -1;
        count = 0;
        priced = false;
    }

    /** Gives a candle without trades the price that stood before it. */
    void flat(long price) {
        if (count == 0) {
            open = price;
            high = price;
            low = price;
            close = price;
            priced = true;
        }
    }

    /** Whether it has prices: from a trade, or from being flat. */
    public boolean priced() {
        return priced;
    }

    public long open() {
        return open;
    }

    public long high() {
        return high;
    }

    public long low() {
        return low;
    }

    public long close() {
        return close;
    }

    public Sum volume() {
        return volume;
    }

    public Sum quoteVolume() {
        return quoteVolume;
    }

    public Sum takerVolume() {
        return takerVolume;
    }

    public Sum takerQuoteVolume() {
        return takerQuoteVolume;
    }

    /** The id of the first trade; -1 without trades. */
    public long firstId() {
        return firstId;
    }

    /** The id of the last trade; -1 without trades. */
    public long lastId() {
        return lastId;
    }

    public long count() {
        return count;
    }
}
