package io.tapeline.exchange.market;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * One pair's state: its book, its last trades, and the sums of all of its trades. Everything that
 * the exchange says of the pair is read from here, so that its answers cannot contradict one
 * another. Guarded by the market's lock.
 */
public final class Pair {

    private static final int TRADES_KEPT = 1_000;
    private static final int SECONDS_KEPT = 7_200;
    private static final long MILLIS_PER_MINUTE = 60_000L;

    private final PairSpec spec;
    private final History history;
    private final Book book = new Book();
    private final CandleStore minutes = new CandleStore(MILLIS_PER_MINUTE, Integer.MAX_VALUE);
    private final CandleStore seconds = new CandleStore(1_000L, SECONDS_KEPT);
    private final TradeTape<Trade> trades = new TradeTape<>(TRADES_KEPT);
    private final TradeTape<AggregateTrade> aggregates = new TradeTape<>(TRADES_KEPT);
    private final List<TradeListener> listeners = new ArrayList<>();
    private @Nullable Trade last;
    private @Nullable AggregateTrade growing;
    private long nextAggregateId = 1;
    private volatile PairStatus status = PairStatus.TRADING;
    private volatile boolean quiet;

    public Pair(PairSpec spec, History history) {
        this.spec = spec;
        this.history = history;
    }

    /** Told of each trade, before and after it enters the sums. */
    interface TradeListener {
        void before(Trade trade);

        void after(Trade trade);
    }

    public PairSpec spec() {
        return spec;
    }

    public PairStatus status() {
        return status;
    }

    public void status(PairStatus newStatus) {
        status = newStatus;
    }

    /** Whether nobody does anything with the pair for now, though it could be traded. */
    public boolean quiet() {
        return quiet;
    }

    public void quiet(boolean newQuiet) {
        quiet = newQuiet;
    }

    /** Whether its streams speak; a book's last changes are told in any case. */
    boolean speaks() {
        return switch (status) {
            case TRADING, CANCEL_ONLY -> true;
            case HALT, BREAK -> false;
        };
    }

    public Book book() {
        return book;
    }

    void listen(TradeListener listener) {
        listeners.add(listener);
    }

    void stopListening(TradeListener listener) {
        listeners.remove(listener);
    }

    void traded(Trade trade) {
        for (int i = 0; i < listeners.size(); i++) {
            listeners.get(i).before(trade);
        }
        minutes.add(trade);
        seconds.add(trade);
        trades.add(trade);
        last = trade;
        for (int i = 0; i < listeners.size(); i++) {
            listeners.get(i).after(trade);
        }
    }

    /**
     * Adds the trade to the aggregate that grows; gives back the aggregate that it ended, if any.
     */
    @Nullable AggregateTrade aggregate(Trade trade) {
        AggregateTrade before = growing;
        if (before != null && before.continuedBy(trade)) {
            growing = before.with(trade);
            return null;
        }
        AggregateTrade ended = endAggregate();
        growing = AggregateTrade.of(nextAggregateId++, trade);
        return ended;
    }

    /** Ends the aggregate that grows and gives it back, if there is one. */
    @Nullable AggregateTrade endAggregate() {
        AggregateTrade ended = growing;
        growing = null;
        if (ended != null) {
            aggregates.add(ended);
        }
        return ended;
    }

    /** Where the ids of aggregate trades begin. */
    public void firstAggregateId(long id) {
        nextAggregateId = id;
    }

    /** The newest trade; null before the first. */
    public @Nullable Trade lastTrade() {
        return last;
    }

    /**
     * The last price before now: of the newest trade, else of the past; -1 where nothing was ever
     * traded.
     */
    public long lastPrice() {
        Trade newest = last;
        return newest == null ? history.priceBefore(Long.MAX_VALUE) : newest.price();
    }

    public List<Trade> trades(Predicate<Trade> test) {
        return trades.matching(test);
    }

    public List<AggregateTrade> aggregateTrades(Predicate<AggregateTrade> test) {
        return aggregates.matching(test);
    }

    /**
     * When the pair was listed: the first time of which there is anything to tell; {@link
     * Long#MAX_VALUE} for never.
     */
    public long firstMillis() {
        return Math.min(history.firstMillis(), minutes.firstMillis());
    }

    /** Sums up the trades of the range, end exclusive, into the emptied candle. */
    public void sum(Candle into, long fromMillis, long toMillis) {
        into.clear();
        history.addTo(into, fromMillis, toMillis);
        boolean wholeMinutes =
                fromMillis % MILLIS_PER_MINUTE == 0 && toMillis % MILLIS_PER_MINUTE == 0;
        (wholeMinutes ? minutes : seconds).addTo(into, fromMillis, toMillis);
    }

    /** The candle of the range; flat at the price before it where nothing was traded. */
    public Candle candle(long fromMillis, long toMillis) {
        Candle candle = new Candle();
        sum(candle, fromMillis, toMillis);
        if (candle.count() == 0) {
            long before = priceBefore(fromMillis);
            if (before >= 0) {
                candle.flat(before);
            }
        }
        return candle;
    }

    /**
     * The last price before the time given, which must be at a whole second; -1 where there is
     * none.
     */
    public long priceBefore(long millis) {
        long live = (millis % MILLIS_PER_MINUTE == 0 ? minutes : seconds).priceBefore(millis);
        return live >= 0 ? live : history.priceBefore(millis);
    }
}
