package io.tapeline.aggregator.tap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tapeline.schemas.market.BookEvent;
import io.tapeline.schemas.market.EpochMicros;
import io.tapeline.schemas.market.Instrument;
import io.tapeline.schemas.market.LatestPrice;
import io.tapeline.schemas.market.Levels;
import io.tapeline.schemas.market.Price;
import io.tapeline.schemas.topic.InstrumentPartitioner;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What a follower is told next. */
class FeedTest {

    private static final Instrument BTC = Instrument.binance("BTCUSDT");
    private static final Instrument ETH = Instrument.binance("ETHUSDT");
    private static final EpochMicros NOW = new EpochMicros(1);

    private final Tap tap = new Tap(1, 2, 4);
    private final Feed feed = tap.open().orElseThrow();

    private static LatestPrice price(Instrument instrument, int price) {
        return new LatestPrice(
                instrument, NOW, Price.of(Integer.toString(price)), null, null, "ticker");
    }

    private static BookEvent.Delta delta(long id) {
        return new BookEvent.Delta(BTC, NOW, id, id, id - 1, Levels.EMPTY, Levels.EMPTY);
    }

    private Next next() throws InterruptedException {
        return feed.take(Duration.ZERO);
    }

    /** Takes all, answering what is due at once, and names it. */
    private List<String> all() throws InterruptedException {
        List<String> all = new ArrayList<>();
        Next next = next();
        while (!(next instanceof Next.Quiet) && !(next instanceof Next.Closed)) {
            all.add(name(next));
            next = next();
        }
        return all;
    }

    private String name(Next next) {
        return switch (next) {
            case Next.Tell(Accepted.OfPrice(LatestPrice price)) ->
                    price.instrument().symbol() + " " + price.price();
            case Next.Tell(Accepted.OfBook(BookEvent event)) ->
                    event instanceof BookEvent.Delta delta
                            ? "delta " + delta.finalUpdateId()
                            : "lost";
            case Next.Tell(var other) -> other.toString();
            case Next.TellHeld(Place place) -> {
                feed.begins(place);
                yield "held " + place.instrument().symbol();
            }
            case Next.TellAllHeld(Kind kind) -> {
                feed.beginsAll(kind);
                yield "all held of " + kind;
            }
            case Next.TellGone gone -> "gone " + gone.instrument().symbol();
            case Next.Quiet _ -> "quiet";
            case Next.Closed _ -> "closed";
        };
    }

    @Test
    void whatIsHeldComesFirstThenWhatIsAcceptedAfterwards() throws InterruptedException {
        tap.price(price(BTC, 1));
        feed.begin(Kind.PRICES, BTC);
        tap.price(price(BTC, 2));
        assertThat(all()).containsExactly("held BTCUSDT");
        tap.price(price(BTC, 3));
        tap.price(price(ETH, 4));
        tap.price(price(BTC, 5));
        assertThat(all()).containsExactly("BTCUSDT 3", "BTCUSDT 5");
        assertThat(tap.told()).isEqualTo(2);
    }

    @Test
    void whatCannotBeKeptIsToldAsWhatIsHeld() throws InterruptedException {
        feed.begin(Kind.BOOKS, BTC);
        assertThat(all()).containsExactly("held BTCUSDT");
        for (int id = 1; id <= 6; id++) {
            tap.book(delta(id));
        }
        assertThat(all())
                .containsExactly("delta 1", "delta 2", "delta 3", "delta 4", "held BTCUSDT");
        assertThat(tap.overflowed()).isEqualTo(1);
        tap.book(delta(7));
        assertThat(all()).containsExactly("delta 7");
    }

    @Test
    void aResetIsToldAsTheBookThatItMade() throws InterruptedException {
        feed.begin(Kind.BOOKS, BTC);
        assertThat(all()).containsExactly("held BTCUSDT");
        tap.book(new BookEvent.Lost(BTC, NOW, "gap"));
        tap.book(new BookEvent.Reset(BTC, NOW, 9, Levels.EMPTY, Levels.EMPTY, true, true, "gap"));
        tap.book(delta(10));
        assertThat(all()).containsExactly("lost", "held BTCUSDT");
    }

    @Test
    void whatWasQueuedBeforeTheStoreIsAskedAgainIsInItsAnswer() throws InterruptedException {
        feed.begin(Kind.BOOKS, BTC);
        assertThat(all()).containsExactly("held BTCUSDT");
        tap.book(delta(1));
        feed.begin(Kind.BOOKS, BTC);
        tap.book(delta(2));
        // The queue goes first: delta 1 was queued while it flowed.
        assertThat(all()).containsExactly("delta 1", "held BTCUSDT");
    }

    @Test
    void aPartitionThatMovesIsSaidAndToldOfNoMore() throws InterruptedException {
        feed.begin(Kind.PRICES, BTC);
        feed.begin(Kind.BOOKS, BTC);
        assertThat(all()).containsExactly("held BTCUSDT", "held BTCUSDT");
        tap.price(price(BTC, 1));
        tap.gone(Kind.PRICES, InstrumentPartitioner.partitionOf(BTC, 1));
        tap.price(price(BTC, 2));
        tap.book(delta(3));
        assertThat(all()).containsExactly("gone BTCUSDT", "delta 3");
    }

    @Test
    void allAreFollowedFromTheirFirstEvent() throws InterruptedException {
        feed.begin(Kind.PRICES, BTC);
        feed.beginAll(Kind.PRICES);
        assertThat(all()).containsExactly("all held of PRICES");
        tap.price(price(ETH, 1));
        tap.price(price(BTC, 2));
        assertThat(all()).containsExactly("ETHUSDT 1", "BTCUSDT 2");
        feed.endAll(Kind.PRICES);
        tap.price(price(ETH, 3));
        tap.price(price(BTC, 4));
        assertThat(all()).containsExactly("BTCUSDT 4");
        assertThatThrownBy(() -> feed.beginAll(Kind.BOOKS))
                .hasMessage("feed: all books cannot be followed at once");
    }

    @Test
    void whatIsEndedIsToldNoMore() throws InterruptedException {
        feed.begin(Kind.PRICES, BTC);
        assertThat(all()).containsExactly("held BTCUSDT");
        tap.price(price(BTC, 1));
        feed.end(Kind.PRICES, BTC);
        tap.price(price(BTC, 2));
        assertThat(all()).isEmpty();
    }

    @Test
    void feedsAreBoundedAndAClosedOneMakesRoom() throws InterruptedException {
        Feed other = tap.open().orElseThrow();
        assertThat(tap.open()).isEmpty();
        other.close();
        assertThat(tap.open()).isPresent();
        assertThat(other.take(Duration.ofHours(1))).isEqualTo(new Next.Closed());
        assertThat(Tap.closed().open()).isEmpty();
    }
}
