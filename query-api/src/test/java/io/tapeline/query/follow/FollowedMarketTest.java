package io.tapeline.query.follow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tapeline.query.routing.Store;
import io.tapeline.schemas.market.BookEvent;
import io.tapeline.schemas.market.EpochMicros;
import io.tapeline.schemas.market.Instrument;
import io.tapeline.schemas.market.LatestPrice;
import io.tapeline.schemas.market.Levels;
import io.tapeline.schemas.market.Price;
import io.tapeline.schemas.market.Quantity;
import io.tapeline.schemas.proto.BookAnswer;
import io.tapeline.schemas.proto.FeedGone;
import io.tapeline.schemas.proto.FeedMessage;
import io.tapeline.schemas.proto.Trust;
import io.tapeline.schemas.wire.BookEventCodec;
import io.tapeline.schemas.wire.LatestPriceCodec;
import io.tapeline.schemas.wire.LevelsCodec;
import io.tapeline.schemas.wire.MalformedPayload;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What watchers are told of what feeds tell. */
final class FollowedMarketTest {

    private static final Instrument BTC = Instrument.binance("BTCUSDT");
    private static final Instrument ETH = Instrument.binance("ETHUSDT");
    private static final Set<Store> BOOKS = Set.of(Store.BOOKS);
    private static final Set<Store> PRICES = Set.of(Store.PRICES);

    private final FollowCounts counts = new FollowCounts();
    private final FollowedMarket market =
            new FollowedMarket(4, 2, Clock.fixed(Instant.ofEpochSecond(9), ZoneOffset.UTC), counts);

    private static String name(LiveEvent event) {
        return switch (event) {
            case LiveEvent.PriceChange price ->
                    price.instrument().symbol() + " " + price.price().price();
            case LiveEvent.TickerChange ticker -> "ticker " + ticker.instrument();
            case LiveEvent.CandleChange candle -> "candle " + candle.instrument();
            case LiveEvent.BookSnapshot book ->
                    "book " + book.updateId() + " " + book.state() + " " + book.bids();
            case LiveEvent.BookDelta delta ->
                    "delta " + delta.previousUpdateId() + " to " + delta.finalUpdateId();
            case LiveEvent.BookLost lost -> "lost: " + lost.reason();
        };
    }

    private Watch watch(List<String> told, Set<Store> kinds, Instrument... instruments) {
        return market.watch(
                        instruments.length == 0 ? null : Set.of(instruments),
                        kinds,
                        event -> told.add(name(event)))
                .orElseThrow();
    }

    private static Levels level(long quantity) {
        return Levels.of(List.of(Price.of("99")), List.of(Quantity.of(Long.toString(quantity))));
    }

    private void held(long id, String state) throws MalformedPayload {
        market.take(
                FeedMessage.newBuilder()
                        .setBookHeld(
                                BookAnswer.newBuilder()
                                        .setInstrument(BTC.id())
                                        .setBids(LevelsCodec.toProto(level(id)))
                                        .setTrust(
                                                Trust.newBuilder().setState(state).setUpdateId(id)))
                        .build());
    }

    /** Makes the book's one level as many as its id. */
    private boolean delta(long first, long previous, long last) throws MalformedPayload {
        return market.take(
                        FeedMessage.newBuilder()
                                .setBook(
                                        BookEventCodec.toProto(
                                                new BookEvent.Delta(
                                                        BTC,
                                                        new EpochMicros(last),
                                                        first,
                                                        last,
                                                        previous,
                                                        level(last),
                                                        Levels.EMPTY)))
                                .build())
                == null;
    }

    private void lost() throws MalformedPayload {
        market.take(
                FeedMessage.newBuilder()
                        .setBook(
                                BookEventCodec.toProto(
                                        new BookEvent.Lost(BTC, new EpochMicros(1), "gap")))
                        .build());
    }

    private void price(Instrument instrument, long time, String price) throws MalformedPayload {
        market.take(
                FeedMessage.newBuilder()
                        .setPrice(
                                LatestPriceCodec.toProto(
                                        new LatestPrice(
                                                instrument,
                                                new EpochMicros(time),
                                                Price.of(price),
                                                null,
                                                null,
                                                "ticker")))
                        .build());
    }

    @Test
    void aBookBeginsWithASnapshotForWhoeverComesWhenever() throws MalformedPayload {
        List<String> first = new ArrayList<>();
        List<String> second = new ArrayList<>();
        watch(first, BOOKS, BTC);
        held(10, "LIVE");
        assertThat(delta(9, 10, 12)).isTrue();
        watch(second, BOOKS, BTC);
        assertThat(delta(13, 12, 13)).isTrue();

        assertThat(first)
                .containsExactly("book 10 LIVE [99 x 10]", "delta 10 to 12", "delta 12 to 13");
        assertThat(second).containsExactly("book 12 LIVE [99 x 12]", "delta 12 to 13");
        assertThat(market.book(BTC, 5))
                .satisfies(book -> assertThat(name(book)).isEqualTo("book 13 LIVE [99 x 13]"));
    }

    @Test
    void whatIsToldTwiceIsPassedOnOnce() throws MalformedPayload {
        List<String> told = new ArrayList<>();
        watch(told, Set.of(Store.BOOKS, Store.PRICES), BTC);
        held(10, "LIVE");
        delta(11, 10, 12);
        delta(11, 10, 12);
        // Accepted anew after a crash, cut otherwise: it reaches further than what was told.
        delta(12, 11, 14);
        price(BTC, 5, "1");
        price(BTC, 5, "1");
        price(BTC, 4, "2");

        assertThat(told)
                .containsExactly(
                        "book 10 LIVE [99 x 10]", "delta 10 to 12", "delta 12 to 14", "BTCUSDT 1");
    }

    @Test
    void aGapIsNotPassedOnAndTheBookIsAskedForAnew() throws MalformedPayload {
        List<String> told = new ArrayList<>();
        watch(told, BOOKS, BTC);
        held(10, "LIVE");
        assertThat(delta(13, 12, 14)).isFalse();
        assertThat(delta(15, 14, 16)).as("is asked for once").isTrue();
        held(16, "LIVE");
        delta(17, 16, 17);

        assertThat(told)
                .containsExactly(
                        "book 10 LIVE [99 x 10]", "book 16 LIVE [99 x 16]", "delta 16 to 17");
        assertThat(counts.gaps()).isEqualTo(1);
    }

    @Test
    void aLossIsToldAndEndsWithASnapshot() throws MalformedPayload {
        List<String> told = new ArrayList<>();
        List<String> late = new ArrayList<>();
        watch(told, BOOKS, BTC);
        held(10, "LIVE");
        lost();
        watch(late, BOOKS, BTC);
        held(20, "LIVE");

        assertThat(told)
                .containsExactly("book 10 LIVE [99 x 10]", "lost: gap", "book 20 LIVE [99 x 20]");
        assertThat(late).containsExactly("book 10 RESYNCING [99 x 10]", "book 20 LIVE [99 x 20]");
    }

    @Test
    void anInstanceThatTakesOverFromAnEarlierPointGoesOnWithoutAGap() throws MalformedPayload {
        List<String> told = new ArrayList<>();
        watch(told, BOOKS, BTC);
        held(10, "LIVE");
        delta(11, 10, 12);
        market.detached(Set.of(new Subject(Store.BOOKS, BTC)), 0);
        held(9, "STALE");
        delta(10, 9, 11);
        delta(12, 11, 13);

        assertThat(told)
                .containsExactly("book 10 LIVE [99 x 10]", "delta 10 to 12", "delta 12 to 13");
    }

    @Test
    void anInstanceThatTakesOverAtTheSamePointSaysNothingNew() throws MalformedPayload {
        List<String> told = new ArrayList<>();
        watch(told, BOOKS, BTC);
        held(10, "LIVE");
        market.detached(Set.of(new Subject(Store.BOOKS, BTC)), 0);
        held(10, "LIVE");
        delta(11, 10, 11);

        assertThat(told).containsExactly("book 10 LIVE [99 x 10]", "delta 10 to 11");
    }

    @Test
    void aBookThatNobodyTellsOfIsLostAfterAWhile() throws MalformedPayload {
        List<String> told = new ArrayList<>();
        watch(told, BOOKS, BTC);
        held(10, "LIVE");
        Subject subject = new Subject(Store.BOOKS, BTC);
        assertThat(
                        market.take(
                                FeedMessage.newBuilder()
                                        .setGone(
                                                FeedGone.newBuilder()
                                                        .setStore("books")
                                                        .setInstrument(BTC.id()))
                                        .build()))
                .isEqualTo(subject);
        long now = System.nanoTime();
        market.tidy(now);
        market.tidy(now + Duration.ofSeconds(3).toNanos());
        market.tidy(now + Duration.ofSeconds(4).toNanos());
        held(9, "LIVE");

        assertThat(told)
                .containsExactly("book 10 LIVE [99 x 10]", "lost: away", "book 9 LIVE [99 x 9]");
    }

    @Test
    void aWatcherThatCouldNotKeepUpIsToldTheBookAnewAlone() throws MalformedPayload {
        List<String> slow = new ArrayList<>();
        List<String> other = new ArrayList<>();
        Watch watch = watch(slow, BOOKS, BTC);
        watch(other, BOOKS, BTC);
        held(10, "LIVE");
        delta(11, 10, 11);
        watch.again(BTC);
        watch.again(ETH);

        assertThat(slow)
                .containsExactly(
                        "book 10 LIVE [99 x 10]", "delta 10 to 11", "book 11 LIVE [99 x 11]");
        assertThat(other).containsExactly("book 10 LIVE [99 x 10]", "delta 10 to 11");
    }

    @Test
    void allPricesAreThoseThatAreKnownAndThoseThatCome() throws MalformedPayload {
        List<String> one = new ArrayList<>();
        List<String> all = new ArrayList<>();
        watch(one, PRICES, BTC);
        price(BTC, 1, "1");
        watch(all, PRICES);
        price(ETH, 1, "2");
        price(BTC, 2, "3");

        assertThat(one).containsExactly("BTCUSDT 1", "BTCUSDT 3");
        assertThat(all).containsExactly("BTCUSDT 1", "ETHUSDT 2", "BTCUSDT 3");
        assertThat(market.wantedWholly()).containsExactly(Store.PRICES);
        assertThat(market.wantedByName()).isEmpty();
        assertThatThrownBy(() -> watch(all, BOOKS))
                .hasMessage("watch: the books of all instruments");
    }

    @Test
    void whatNobodyWatchesIsForgottenAfterAWhile() throws MalformedPayload {
        List<String> told = new ArrayList<>();
        Watch watch = watch(told, PRICES, BTC);
        price(BTC, 1, "1");
        watch.close();
        watch.close();
        price(BTC, 2, "2");
        long now = System.nanoTime();
        market.tidy(now);
        assertThat(market.wantedByName()).hasSize(1);
        market.tidy(now + Duration.ofSeconds(11).toNanos());

        assertThat(market.wantedByName()).isEmpty();
        assertThat(told).containsExactly("BTCUSDT 1");
        assertThat(market.watches()).isZero();
    }

    @Test
    void watchesAndBooksAreBounded() {
        List<String> told = new ArrayList<>();
        watch(told, BOOKS, BTC, ETH);
        assertThat(market.watch(Set.of(Instrument.binance("XRPUSDT")), BOOKS, event -> {}))
                .isEmpty();
        watch(told, BOOKS, BTC);
        watch(told, PRICES);
        watch(told, PRICES);
        assertThat(market.watch(null, PRICES, event -> {})).isEmpty();
        market.close();
        assertThat(market.watch(Set.of(BTC), PRICES, event -> {})).isEmpty();
    }

    @Test
    void aWatcherThatFailsHurtsNobodyElse() throws MalformedPayload {
        List<String> told = new ArrayList<>();
        var _ =
                market.watch(
                                Set.of(BTC),
                                PRICES,
                                event -> {
                                    throw new IllegalStateException(
                                            "a watcher's fault, on purpose");
                                })
                        .orElseThrow();
        watch(told, PRICES, BTC);
        price(BTC, 1, "1");
        assertThat(told).containsExactly("BTCUSDT 1");
        assertThat(market.watches()).isEqualTo(1);
    }
}
