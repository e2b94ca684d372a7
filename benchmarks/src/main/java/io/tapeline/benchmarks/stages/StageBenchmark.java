package io.tapeline.benchmarks.stages;

import io.tapeline.aggregator.book.AdaptiveOrderBook;
import io.tapeline.aggregator.book.BookQuote;
import io.tapeline.aggregator.book.BookVolume;
import io.tapeline.aggregator.book.LevelState;
import io.tapeline.aggregator.book.TakerSide;
import io.tapeline.aggregator.book.VolumeOperator;
import io.tapeline.aggregator.store.BookTable;
import io.tapeline.aggregator.sync.BookSync;
import io.tapeline.aggregator.sync.RecordSource;
import io.tapeline.aggregator.sync.SyncSettings;
import io.tapeline.aggregator.sync.SyncState;
import io.tapeline.aggregator.sync.SyncStep;
import io.tapeline.benchmarks.tape.DepthTape;
import io.tapeline.schemas.binance.BinanceDepth;
import io.tapeline.schemas.market.DepthMessage;
import io.tapeline.schemas.market.DepthSnapshot;
import io.tapeline.schemas.market.DepthUpdate;
import io.tapeline.schemas.market.EpochMicros;
import io.tapeline.schemas.market.EpochNanos;
import io.tapeline.schemas.market.ExchangeTimeUnit;
import io.tapeline.schemas.market.Instrument;
import io.tapeline.schemas.market.Levels;
import io.tapeline.schemas.market.Price;
import io.tapeline.schemas.market.Quantity;
import io.tapeline.schemas.market.Side;
import io.tapeline.schemas.raw.RawRecord;
import io.tapeline.schemas.wire.MalformedPayload;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/**
 * What happens to one diff on its way into the book and the changelog, and what is asked of the
 * book. Diffs come one after the other, from the beginning again when they are through.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class StageBenchmark {

    /** How the figures are to be read. */
    public static final String NOTE =
            "For one diff, or one question: decode (payload to levels), arbitrate (BookSync alone),"
                + " update (all levels of the diff, beside two TreeMaps of longs), accept"
                + " (arbitration and update under the book's lock), commit (accept and the"
                + " changelog's record, written after each diff). Made-up diffs have 20 levels a"
                + " side on average (seed 20261121), around 1,000 levels a side.";

    private static final int MOST_DIFFS = 2_048;
    private static final int PRICES = 256;
    private static final Instrument INSTRUMENT = Instrument.binance("SYNTHUSDT");
    private static final EpochMicros NOW = new EpochMicros(1_723_161_253_000_000L);
    private static final RecordSource SOURCE = new RecordSource(0, 1, NOW);

    @Param({"synthetic", "recorded"})
    public String data = "synthetic";

    private final BookSync sync = new BookSync(SyncSettings.DEFAULT);
    private RawRecord[] records = {};
    private DepthUpdate[] updates = {};
    private long[][] plainBids = {};
    private long[][] plainAsks = {};
    private SyncState live = SyncState.INITIAL;
    private SyncState state = SyncState.INITIAL;
    private AdaptiveOrderBook book = new AdaptiveOrderBook();
    private TreeBook tree = new TreeBook();
    private BookTable table = new BookTable(sync);
    private Price[] prices = {};
    private Long[] plainPrices = {};
    private DepthMessage snapshot = new DepthSnapshot(INSTRUMENT, 1, Levels.EMPTY, Levels.EMPTY, 1);
    private Quantity quantity = Quantity.of("5");
    private long plainQuantity;
    private int next = -1;
    private int nextAccepted;
    private int nextQuestion;
    private long written;

    @Setup
    public void prepare() throws IOException, MalformedPayload {
        DepthTape tape = DepthTape.busy(data.equals("synthetic"));
        int count = Math.min(MOST_DIFFS, tape.diffs().size());
        records = new RawRecord[count];
        updates = new DepthUpdate[count];
        plainBids = new long[count][];
        plainAsks = new long[count][];
        for (int i = 0; i < count; i++) {
            records[i] = record(tape.diffs().get(i), "x@depth@100ms");
            updates[i] = (DepthUpdate) BinanceDepth.decode(records[i]);
            plainBids[i] = TreeBook.plain(updates[i].bids());
            plainAsks[i] = TreeBook.plain(updates[i].asks());
        }
        snapshot = BinanceDepth.decode(record(tape.snapshot(), "rest/depth?limit=1000"));
        live = sync.onSnapshot(SyncState.INITIAL, (DepthSnapshot) snapshot, NOW, NOW).next();
        state = live;
        book.reset((DepthSnapshot) snapshot);
        tree.apply(
                TreeBook.plain(((DepthSnapshot) snapshot).bids()),
                TreeBook.plain(((DepthSnapshot) snapshot).asks()));
        for (int i = 0; i < count; i++) {
            book.apply(updates[i]);
            tree.apply(plainBids[i], plainAsks[i]);
        }
        if (tree.size() != book.size(Side.BID) + book.size(Side.ASK)) {
            throw new IllegalStateException("the two books differ");
        }
        Levels top = book.top(Side.BID, PRICES);
        prices = new Price[top.size()];
        plainPrices = new Long[top.size()];
        for (int i = 0; i < top.size(); i++) {
            prices[i] = top.price(i);
            plainPrices[i] = prices[i].value().mantissaAt(8);
        }
        plainQuantity = quantity.value().mantissaAt(8);
    }

    private static RawRecord record(String payload, String stream) {
        return new RawRecord(
                INSTRUMENT,
                payload.getBytes(StandardCharsets.UTF_8),
                stream,
                "a",
                new EpochNanos(1_723_161_253_000_000_000L),
                ExchangeTimeUnit.MILLISECONDS);
    }

    private int next() {
        next = next + 1 == updates.length ? 0 : next + 1;
        return next;
    }

    private int nextQuestion() {
        nextQuestion = nextQuestion + 1 == prices.length ? 0 : nextQuestion + 1;
        return nextQuestion;
    }

    @Benchmark
    public DepthMessage decode() throws MalformedPayload {
        return BinanceDepth.decode(records[next()]);
    }

    @Benchmark
    public SyncStep arbitrate_inTurn() {
        int at = next();
        if (at == 0) {
            state = live;
        }
        SyncStep step = sync.onUpdate(state, updates[at], NOW, NOW);
        state = step.next();
        return step;
    }

    @Benchmark
    public SyncStep arbitrate_secondLine() {
        SyncState.Live after =
                new SyncState.Live(updates[updates.length - 1].finalUpdateId(), NOW, live.pacing());
        return sync.onUpdate(after, updates[next()], NOW, NOW);
    }

    @Benchmark
    public long update_OrderBook() {
        book.apply(updates[next()]);
        return book.updateId();
    }

    @Benchmark
    public int update_TreeMap() {
        int at = next();
        tree.apply(plainBids[at], plainAsks[at]);
        return tree.size();
    }

    /** The snapshot and then the diffs, over and over. */
    private SyncStep acceptNext() {
        if (nextAccepted == 0) {
            table.clear();
            table.book(INSTRUMENT).accept(snapshot, SOURCE, NOW);
        }
        DepthUpdate update = updates[nextAccepted];
        nextAccepted = nextAccepted + 1 == updates.length ? 0 : nextAccepted + 1;
        return table.book(INSTRUMENT).accept(update, SOURCE, NOW);
    }

    @Benchmark
    public SyncStep accept() {
        return acceptNext();
    }

    @Benchmark
    public long commit() {
        acceptNext();
        table.writeChanges((key, value) -> written += key.length + value.length);
        return written;
    }

    @Benchmark
    public Levels top20_OrderBook() {
        return book.top(Side.BID, 20);
    }

    @Benchmark
    public long[] top20_TreeMap() {
        return tree.topBids(20);
    }

    @Benchmark
    public LevelState level_OrderBook() {
        return book.level(prices[nextQuestion()]);
    }

    @Benchmark
    public long level_TreeMap() {
        return tree.bid(plainPrices[nextQuestion()]);
    }

    @Benchmark
    public BookVolume volume_OrderBook() {
        return book.volume(Side.BID, VolumeOperator.GTE, prices[nextQuestion()]);
    }

    @Benchmark
    public long volume_TreeMap() {
        return tree.bidVolume(plainPrices[nextQuestion()]);
    }

    @Benchmark
    public BookQuote quote_OrderBook() {
        return book.quote(TakerSide.SELL, quantity);
    }

    @Benchmark
    public long quote_TreeMap() {
        return tree.lastPriceOf(plainQuantity);
    }
}
