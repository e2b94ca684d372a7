package io.tapeline.aggregator.book;

import static io.tapeline.aggregator.book.Books.levels;
import static io.tapeline.aggregator.book.Books.snapshot;
import static io.tapeline.aggregator.book.Books.update;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import io.tapeline.schemas.market.Decimal;
import io.tapeline.schemas.market.DepthSnapshot;
import io.tapeline.schemas.market.DepthUpdate;
import io.tapeline.schemas.market.Price;
import io.tapeline.schemas.market.Quantity;
import io.tapeline.schemas.market.Side;
import java.lang.management.ManagementFactory;
import org.junit.jupiter.api.Test;

class OrderBookTest {

    private final AdaptiveOrderBook book = new AdaptiveOrderBook();

    @Test
    void aLevelIsReplacedRemovedAndRemembersTheUpdateThatSetIt() {
        book.reset(snapshot(10, levels("99 1", "98 2"), levels("101 1")));
        book.apply(update(11, 12, levels("98 5", "97 1"), levels("101 0", "150 0")));

        assertThat(book.top(Side.BID, 10)).isEqualTo(levels("99 1", "98 5", "97 1"));
        assertThat(book.top(Side.ASK, 10)).isEqualTo(levels());
        assertThat(book.level(Price.of("98")))
                .isEqualTo(new LevelState(Side.BID, Quantity.of("5"), 12, true));
        assertThat(book.level(Price.of("99.0")))
                .isEqualTo(new LevelState(Side.BID, Quantity.of("1"), 10, true));
        assertThat(book.level(Price.of("98.5")))
                .isEqualTo(new LevelState(null, Quantity.ZERO, 0, true));
    }

    @Test
    void scalesGrowWithFinerValuesAndNothingIsLost() {
        book.reset(snapshot(1, levels("99 1"), levels("101 1")));
        book.apply(update(2, 2, levels("98.00000001 0.00000003"), levels()));

        assertThat(book.representation()).isInstanceOf(ArrayOrderBook.class);
        assertThat(book.top(Side.BID, 5)).isEqualTo(levels("99 1", "98.00000001 0.00000003"));
    }

    @Test
    void aValueBeyondSixtyFourBitsIsHeldExactlyUntilTheNextSnapshot() {
        book.reset(snapshot(1, levels("0.00000001 1"), levels("0.00000002 1")));
        book.apply(update(2, 2, levels("0.00000001 99999999999999999999.99999999"), levels()));

        assertThat(book.representation()).isInstanceOf(DecimalOrderBook.class);
        assertThat(book.top(Side.BID, 1))
                .isEqualTo(levels("0.00000001 99999999999999999999.99999999"));
        assertThat(book.volume(Side.BID, VolumeOperator.GTE, Price.of("0")).volume())
                .isEqualTo(Decimal.parse("99999999999999999999.99999999"));

        book.reset(snapshot(3, levels("99 1"), levels()));
        assertThat(book.representation()).isInstanceOf(ArrayOrderBook.class);
    }

    @Test
    void theTotalOfLargeMantissasIsExact() {
        book.reset(
                snapshot(
                        1,
                        levels("61837.63000001 92233720368.54775807"),
                        levels("99999.99999999 92233720368.54775807")));

        assertThat(book.volume(Side.BID, VolumeOperator.GTE, Price.of("1")).total())
                .isEqualTo(
                        Decimal.parse("61837.63000001")
                                .times(Decimal.parse("92233720368.54775807")));
    }

    @Test
    void beyondTheSnapshotAnswersAreNotComplete() {
        DepthSnapshot full =
                new DepthSnapshot(
                        Books.BTC, 1, levels("99 1", "98 1"), levels("101 1", "102 1"), 2);
        book.reset(full);
        book.apply(update(2, 2, levels("90 7"), levels()));

        assertThat(book.range()).isEqualTo(new BookRange(Price.of("98"), Price.of("102")));
        // What was announced is told; that nothing else rests out there is not claimed.
        assertThat(book.level(Price.of("90")))
                .isEqualTo(new LevelState(Side.BID, Quantity.of("7"), 2, false));
        assertThat(book.volume(Side.BID, VolumeOperator.GTE, Price.of("98")).complete()).isTrue();
        assertThat(book.volume(Side.BID, VolumeOperator.GTE, Price.of("90")).complete()).isFalse();
        assertThat(book.volume(Side.BID, VolumeOperator.LTE, Price.of("98")).complete()).isFalse();
        assertThat(book.volume(Side.ASK, VolumeOperator.LTE, Price.of("102")).complete()).isTrue();
        assertThat(book.volume(Side.ASK, VolumeOperator.GTE, Price.of("101")).complete()).isFalse();
        assertThat(book.quote(TakerSide.SELL, Quantity.of("2")).complete()).isTrue();
        assertThat(book.quote(TakerSide.SELL, Quantity.of("3")).complete()).isFalse();
    }

    @Test
    void aSideThatTheSnapshotToldWholeIsUnbounded() {
        book.reset(snapshot(1, levels("99 1"), levels("101 1")));

        assertThat(book.range()).isEqualTo(new BookRange(null, null));
        assertThat(book.volume(Side.BID, VolumeOperator.LTE, Price.of("99")).complete()).isTrue();
    }

    @Test
    void ofASideWithTooManyLevelsTheFarthestGoAndNothingIsClaimedOfThem() {
        book.reset(snapshot(1, levels("99 1", "98 1", "97 1", "96 1"), levels("101 1")));

        assertThat(book.prune(4)).isFalse();
        book.apply(update(2, 2, levels("90 1"), levels()));
        assertThat(book.prune(4)).isTrue();

        assertThat(book.top(Side.BID, 10)).isEqualTo(levels("99 1", "98 1", "97 1", "96 1"));
        assertThat(book.range()).isEqualTo(new BookRange(Price.of("96"), null));
        assertThat(book.level(Price.of("90")))
                .isEqualTo(new LevelState(null, Quantity.ZERO, 0, false));
        assertThat(book.volume(Side.BID, VolumeOperator.LTE, Price.of("99")).complete()).isFalse();
    }

    @Test
    void theTotalOfManyLargeLevelsIsExact() {
        Decimal price = Decimal.parse("92233720368.54775800");
        Decimal quantity = Decimal.parse("92233720368.54775807");
        String[] asks = new String[40];
        Decimal total = Decimal.ZERO;
        for (int i = 0; i < asks.length; i++) {
            Decimal each = price.minus(Decimal.of(asks.length - i, 0));
            asks[i] = each + " " + quantity;
            total = total.plus(each.times(quantity));
        }
        book.reset(snapshot(1, levels(), levels(asks)));

        assertThat(book.representation()).isInstanceOf(ArrayOrderBook.class);
        assertThat(book.volume(Side.ASK, VolumeOperator.GTE, Price.of("1")).total())
                .isEqualTo(total);
        assertThat(book.quote(TakerSide.BUY, new Quantity(quantity.times(Decimal.of(40, 0)))))
                .extracting(BookQuote::total)
                .isEqualTo(total);
    }

    @Test
    void aQuoteTellsWhatFillingCosts() {
        book.reset(snapshot(1, levels(), levels("100 1", "101 2", "110 5")));

        BookQuote quote = book.quote(TakerSide.BUY, Quantity.of("4"));
        assertThat(quote)
                .isEqualTo(
                        new BookQuote(
                                Quantity.of("4"),
                                Decimal.parse("412"),
                                Price.of("100"),
                                Price.of("110"),
                                true));
        assertThat(quote.average()).isEqualTo(Decimal.parse("103"));
        assertThat(book.quote(TakerSide.BUY, Quantity.of("9")).filled())
                .isEqualTo(Quantity.of("8"));
        assertThat(book.quote(TakerSide.SELL, Quantity.of("1")))
                .isEqualTo(new BookQuote(Quantity.ZERO, Decimal.ZERO, null, null, false));
    }

    @Test
    void anUpdateAllocatesNothing() {
        book.reset(snapshot(1, levels("99 1", "98 1"), levels("101 1", "102 1")));
        DepthUpdate[] updates = new DepthUpdate[64];
        for (int i = 0; i < updates.length; i++) {
            updates[i] =
                    update(
                            2 + i,
                            2 + i,
                            levels("97." + i + " " + i % 3, "98 " + (1 + i)),
                            levels("103." + i + " " + (i + 1) % 3));
        }
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long before = 0;
        for (int round = 0; round < 2_000; round++) {
            if (round == 1_000) {
                before = threads.getCurrentThreadAllocatedBytes();
            }
            for (DepthUpdate update : updates) {
                book.apply(update);
                book.prune(1_000);
            }
        }

        // Of 64,000 updates; a single object each would be a million bytes and more.
        assertThat(threads.getCurrentThreadAllocatedBytes() - before).isLessThan(100_000);
    }

    @Test
    void aBookIsCrossedWhereTheBestBidMeetsTheBestAsk() {
        book.reset(snapshot(1, levels("99 1"), levels("101 1")));
        assertThat(book.isCrossed()).isFalse();
        book.apply(update(2, 2, levels("101 1"), levels()));
        assertThat(book.isCrossed()).isTrue();
    }
}
