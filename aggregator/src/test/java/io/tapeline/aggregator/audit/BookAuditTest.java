package io.tapeline.aggregator.audit;

import static io.tapeline.aggregator.book.Books.levels;
import static io.tapeline.aggregator.book.Books.snapshot;
import static io.tapeline.aggregator.book.Books.update;
import static org.assertj.core.api.Assertions.assertThat;

import io.tapeline.aggregator.book.AdaptiveOrderBook;
import io.tapeline.aggregator.book.Books;
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
import org.junit.jupiter.api.Test;

/** A book with bids 99, 98 and 97 and an ask 101 as of id 10, and what came after. */
class BookAuditTest {

    private final AdaptiveOrderBook book = new AdaptiveOrderBook();
    private final BookAudit audit = new BookAudit();

    private void begin(DepthSnapshot snapshot) {
        book.reset(snapshot);
        audit.reset(snapshot.lastUpdateId());
        // The first picture of all begins the remembering of removals.
        take(ticker(snapshot.lastUpdateId(), "99 1", "101 1"));
        audit.reset(snapshot.lastUpdateId());
    }

    private void begin() {
        begin(snapshot(10, levels("99 1", "98 2", "97 3"), levels("101 1")));
    }

    private void apply(DepthUpdate update) {
        book.apply(update);
        audit.applied(update);
    }

    private List<Finding> take(DepthPicture picture) {
        audit.take(picture, book, true);
        return audit.takeFindings();
    }

    private static DepthPicture ticker(long id, String bid, String ask) {
        return new DepthPicture(
                Books.BTC, PictureSource.BOOK_TICKER, id, levels(bid), levels(ask), 1);
    }

    private static DepthPicture partial(long id, Levels bids, Levels asks) {
        return new DepthPicture(Books.BTC, PictureSource.PARTIAL_DEPTH, id, bids, asks, 20);
    }

    private static List<Finding> found(
            PictureSource source, long id, long bookId, Outcome outcome) {
        return List.of(new Finding(source, id, bookId, outcome));
    }

    private static Outcome fault(Side side, String price, String told, String held, int times) {
        return new Outcome.Fault(
                new Difference(side, Price.of(price), Quantity.of(told), Quantity.of(held)), times);
    }

    @Test
    void aPictureOfTheBooksOwnIdIsComparedLevelByLevel() {
        begin();

        assertThat(take(partial(10, levels("99 1", "98 2", "97 3"), levels("101 1"))))
                .isEqualTo(found(PictureSource.PARTIAL_DEPTH, 10, 10, new Outcome.Equal(4, 0)));
    }

    @Test
    void aWrongQuantityIsAFault() {
        begin();

        assertThat(take(ticker(10, "99 7", "101 1")))
                .isEqualTo(
                        found(
                                PictureSource.BOOK_TICKER,
                                10,
                                10,
                                fault(Side.BID, "99", "7", "1", 1)));
    }

    @Test
    void aLevelThatThePictureLacksIsAFaultAsFarAsThePictureReaches() {
        begin();

        assertThat(take(ticker(10, "98 2", "101 1")))
                .isEqualTo(
                        found(
                                PictureSource.BOOK_TICKER,
                                10,
                                10,
                                fault(Side.BID, "99", "0", "1", 1)));
        // Three of twenty: there is no other. A single best level tells nothing of those behind it.
        assertThat(take(partial(10, levels("99 1", "98 2"), levels("101 1"))))
                .isEqualTo(
                        found(
                                PictureSource.PARTIAL_DEPTH,
                                10,
                                10,
                                fault(Side.BID, "97", "0", "3", 1)));
    }

    @Test
    void aLevelThatTheBookLacksIsAFault() {
        begin();

        assertThat(take(ticker(10, "99.5 2", "101 1")))
                .isEqualTo(
                        found(
                                PictureSource.BOOK_TICKER,
                                10,
                                10,
                                fault(Side.BID, "99.5", "2", "0", 1)));
    }

    @Test
    void whatWasSetOrRemovedSinceIsNotCompared() {
        begin();
        apply(update(11, 12, levels("99 0", "98 5", "99.5 1"), levels()));

        assertThat(take(partial(11, levels("99 1", "98 4", "97 3"), levels("101 1"))))
                .isEqualTo(found(PictureSource.PARTIAL_DEPTH, 11, 12, new Outcome.Equal(2, 3)));
        assertThat(take(ticker(12, "99.5 1", "101 1")))
                .isEqualTo(found(PictureSource.BOOK_TICKER, 12, 12, new Outcome.Equal(2, 0)));
    }

    @Test
    void whatCameAndWentWithinOneUpdateIsNotMissed() {
        begin();
        apply(update(11, 13, levels("99.7 0"), levels("101 2")));

        assertThat(take(ticker(12, "99.7 4", "101 9")))
                .isEqualTo(
                        found(
                                PictureSource.BOOK_TICKER,
                                12,
                                13,
                                new Outcome.NotComparable(Outcome.Why.CHANGED_SINCE)));
    }

    @Test
    void aPictureOlderThanTheBookIsNotCompared() {
        begin();

        assertThat(take(ticker(9, "99.9 1", "100 1")))
                .isEqualTo(
                        found(
                                PictureSource.BOOK_TICKER,
                                9,
                                10,
                                new Outcome.NotComparable(Outcome.Why.NOT_REMEMBERED)));
    }

    @Test
    void ofMoreRemovalsThanAreRememberedNoneIsClaimed() {
        begin();
        for (int id = 11; id < 1_000; id++) {
            apply(update(id, id, levels("50." + id + " 0"), levels()));
        }

        assertThat(take(picture(20)))
                .isEqualTo(found(PictureSource.PARTIAL_DEPTH, 20, 999, new Outcome.Equal(4, 1)));
        assertThat(take(picture(998)))
                .isEqualTo(
                        found(
                                PictureSource.PARTIAL_DEPTH,
                                998,
                                999,
                                fault(Side.BID, "99.9", "1", "0", 1)));
    }

    /** With a level that the book never had. */
    private static DepthPicture picture(long id) {
        return partial(id, levels("99.9 1", "99 1", "98 2", "97 3"), levels("101 1"));
    }

    @Test
    void aLevelThatRestsUnannouncedBeyondTheSnapshotIsNoFault() {
        begin(new DepthSnapshot(Books.BTC, 10, levels("99 1", "98 1"), levels("101 1"), 2));
        apply(update(11, 11, levels("99 0", "98 0"), levels()));

        assertThat(take(ticker(11, "97 5", "101 1")))
                .isEqualTo(
                        found(
                                PictureSource.BOOK_TICKER,
                                11,
                                11,
                                new Outcome.BeyondRange(
                                        new Difference(
                                                Side.BID,
                                                Price.of("97"),
                                                Quantity.of("5"),
                                                Quantity.ZERO),
                                        1)));
    }

    @Test
    void aPictureOfTheFutureWaitsAndOfEachSourceTheNewestReachedIsCompared() {
        begin();
        assertThat(take(ticker(12, "99 2", "101 1"))).isEmpty();
        assertThat(take(ticker(13, "99 3", "101 1"))).isEmpty();
        assertThat(take(ticker(15, "99 9", "101 1"))).isEmpty();
        assertThat(take(partial(12, levels("99 2", "98 2", "97 3"), levels("101 1")))).isEmpty();

        apply(update(11, 13, levels("99 3"), levels()));
        audit.reached(book);

        assertThat(audit.takeFindings())
                .containsExactly(
                        new Finding(PictureSource.BOOK_TICKER, 12, 13, new Outcome.PassedOver()),
                        new Finding(PictureSource.BOOK_TICKER, 13, 13, new Outcome.Equal(2, 0)),
                        new Finding(PictureSource.PARTIAL_DEPTH, 12, 13, new Outcome.Equal(3, 1)));
    }

    @Test
    void whatAnotherLineBroughtIsNotComparedAgain() {
        begin();

        take(ticker(11, "99 2", "101 1"));
        assertThat(take(ticker(11, "99 2", "101 1")))
                .isEqualTo(found(PictureSource.BOOK_TICKER, 11, 10, new Outcome.Known()));
        apply(update(11, 11, levels("99 2"), levels()));
        audit.reached(book);
        audit.takeFindings();
        assertThat(take(ticker(11, "99 2", "101 1")))
                .isEqualTo(found(PictureSource.BOOK_TICKER, 11, 11, new Outcome.Known()));
    }

    @Test
    void picturesThatWaitAreBoundedAndOnesNearAndFarAreKept() {
        begin();
        List<Finding> findings = new ArrayList<>();
        for (int id = 11; id < 1_000; id++) {
            findings.addAll(take(ticker(id, "99 1", "101 1")));
        }
        assertThat(findings)
                .hasSizeGreaterThan(980)
                .allMatch(each -> each.outcome() instanceof Outcome.PassedOver);

        apply(update(11, 11, levels("98 0"), levels()));
        audit.reached(book);
        assertThat(audit.takeFindings())
                .isEqualTo(found(PictureSource.BOOK_TICKER, 11, 11, new Outcome.Equal(2, 0)));
        apply(update(12, 999, levels("97 0"), levels()));
        audit.reached(book);
        assertThat(audit.takeFindings().getLast())
                .isEqualTo(
                        new Finding(PictureSource.BOOK_TICKER, 999, 999, new Outcome.Equal(2, 0)));
    }

    @Test
    void withoutALiveBookAPictureIsPassedOver() {
        begin();
        take(ticker(12, "99 1", "101 1"));
        audit.lost(book);
        audit.take(ticker(13, "99 1", "101 1"), book, false);

        assertThat(audit.takeFindings())
                .containsExactly(
                        new Finding(PictureSource.BOOK_TICKER, 12, 10, new Outcome.PassedOver()),
                        new Finding(PictureSource.BOOK_TICKER, 13, 10, new Outcome.PassedOver()));
    }

    @Test
    void anEmptySideTellsNothing() {
        begin();

        assertThat(take(partial(10, Levels.EMPTY, levels("101 1"))))
                .isEqualTo(found(PictureSource.PARTIAL_DEPTH, 10, 10, new Outcome.Equal(1, 0)));
    }
}
