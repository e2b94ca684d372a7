package io.tapeline.query.live;

import static org.assertj.core.api.Assertions.assertThat;

import io.tapeline.query.follow.LiveEvent;
import io.tapeline.schemas.market.Instrument;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What subscribers get, and what they do not. */
final class LiveHubTest {

    private static final Instrument BTC = Instrument.binance("BTCUSDT");
    private static final Instrument ETH = Instrument.binance("ETHUSDT");

    private final ScriptedMarket market = new ScriptedMarket();
    private final List<String> written = new ArrayList<>();
    private final LiveHub hub = new LiveHub(market, new Texts(), 3, 4, 2);

    /** Short names, each noted when it is made. */
    private final class Texts implements LiveTexts {

        private String write(String text) {
            written.add(text);
            return text;
        }

        @Override
        public String price(LiveEvent.PriceChange price) {
            return write(price.instrument().symbol().charAt(0) + "" + price.price().price());
        }

        @Override
        public String candle(LiveEvent.CandleChange candle) {
            return write("candle");
        }

        @Override
        public String depth(LiveEvent.BookSnapshot book) {
            return write("book " + book.updateId());
        }

        @Override
        public String depth(LiveEvent.BookDelta delta) {
            return write("delta " + delta.finalUpdateId());
        }

        @Override
        public String depth(LiveEvent.BookLost lost) {
            return write("lost");
        }

        @Override
        public String resync(Instrument instrument, int passedOver) {
            return write("resync " + passedOver);
        }
    }

    private static List<String> drain(LiveSession session) throws InterruptedException {
        return session.take(Duration.ZERO).stream().map(Change::json).toList();
    }

    private LiveSession subscribed(LiveType type, Instrument... instruments) {
        LiveSession session = hub.open().orElseThrow();
        if (instruments.length == 0) {
            assertThat(session.subscribe(new Subscription(type, null)))
                    .isEqualTo(LiveSession.Outcome.BEGUN);
        }
        for (Instrument instrument : instruments) {
            assertThat(session.subscribe(new Subscription(type, instrument)))
                    .isEqualTo(LiveSession.Outcome.BEGUN);
        }
        return session;
    }

    @Test
    void aSubscriberGetsWhatItAskedForInOrder() throws InterruptedException {
        LiveSession btc = subscribed(LiveType.PRICE, BTC);
        LiveSession all = subscribed(LiveType.PRICE);
        market.price(BTC, 1);
        market.price(ETH, 2);
        market.delta(BTC);

        assertThat(drain(btc)).containsExactly("B1");
        assertThat(drain(all)).containsExactly("B1", "E2");
        assertThat(drain(all)).isEmpty();
        assertThat(written).as("once, however many are told").containsExactly("B1", "E2");
    }

    @Test
    void aSlowReaderGetsTheNewestOfEachKind() throws InterruptedException {
        LiveSession slow = subscribed(LiveType.PRICE, BTC, ETH);
        for (int i = 0; i < 1_000; i++) {
            market.price(BTC, i);
            market.price(ETH, i);
        }
        assertThat(drain(slow)).containsExactly("B999", "E999");
        assertThat(hub.counts().replaced()).isEqualTo(1_998);
        assertThat(hub.counts().dropped()).isZero();
        assertThat(hub.counts().offered())
                .isEqualTo(hub.counts().taken() + hub.counts().replaced());
    }

    @Test
    void beyondTheBoundTheOldestKindIsDroppedAndCounted() throws InterruptedException {
        LiveSession slow = subscribed(LiveType.PRICE);
        for (int i = 0; i < 6; i++) {
            market.price(Instrument.binance("C" + i), i);
        }
        assertThat(drain(slow)).containsExactly("C2", "C3", "C4", "C5");
        assertThat(hub.counts().dropped()).isEqualTo(2);
    }

    @Test
    void aReaderTooSlowForADepthIsToldSoAndGetsTheBookAnew() throws InterruptedException {
        LiveSession slow = subscribed(LiveType.DEPTH, BTC);
        market.delta(BTC);
        assertThat(drain(slow)).containsExactly("book 1", "delta 2");
        for (int i = 0; i < 7; i++) {
            market.delta(BTC);
        }
        assertThat(drain(slow)).containsExactly("resync 7", "book 9");
        market.delta(BTC);
        assertThat(drain(slow)).containsExactly("delta 10");
        assertThat(hub.counts().resyncs()).isEqualTo(1);
        assertThat(hub.counts().dropped()).isEqualTo(7);
    }

    /** Such as one of a book that nobody knows just now, which no snapshot follows. */
    @Test
    void aNoticeThatABookBeginsAnewMakesRoomAsAnythingElse() {
        StreamCounts counts = new StreamCounts();
        Subscriber subscriber = new Subscriber(2, 2, counts, () -> {});
        subscriber.offer(new Change(LiveType.DEPTH, BTC, Change.RESYNC, () -> "resync"));
        for (String each : List.of("A", "B", "C")) {
            subscriber.offer(new Change(LiveType.PRICE, Instrument.binance(each), "", () -> each));
        }
        assertThat(subscriber.poll().stream().map(Change::json)).containsExactly("B", "C");
        assertThat(counts.dropped()).isEqualTo(2);
        assertThat(counts.offered()).isEqualTo(counts.taken() + counts.dropped());
    }

    @Test
    void oneAtATimeTheReaderIsToldTheSame() {
        LiveSession slow = subscribed(LiveType.DEPTH, BTC);
        for (int i = 0; i < 5; i++) {
            market.delta(BTC);
        }
        List<String> taken = new ArrayList<>();
        for (Change next = slow.poll(); next != null; next = slow.poll()) {
            taken.add(next.json());
        }
        assertThat(taken).containsExactly("resync 6", "book 6");
    }

    @Test
    void readyIsSaidWhenSomethingWaitsWhereNothingDid() {
        List<String> said = new ArrayList<>();
        LiveSession session = hub.open(() -> said.add("ready")).orElseThrow();
        session.subscribe(new Subscription(LiveType.PRICE, null));
        market.price(BTC, 1);
        market.price(ETH, 1);
        assertThat(said).hasSize(1);
        session.poll();
        session.poll();
        market.price(BTC, 2);
        assertThat(said).hasSize(2);
    }

    @Test
    void whatIsUnsubscribedIsNeitherToldNorSent() throws InterruptedException {
        LiveSession session = subscribed(LiveType.PRICE, BTC, ETH);
        Subscription btc = new Subscription(LiveType.PRICE, BTC);
        assertThat(session.subscribe(btc)).isEqualTo(LiveSession.Outcome.ALREADY);
        market.price(BTC, 1);
        market.price(ETH, 1);
        assertThat(session.unsubscribe(btc)).isTrue();
        assertThat(session.unsubscribe(btc)).isFalse();
        market.price(BTC, 2);

        assertThat(drain(session)).containsExactly("E1");
        assertThat(session.subscriptions()).containsExactly(new Subscription(LiveType.PRICE, ETH));
        session.close();
        assertThat(market.watchers()).isZero();
    }

    @Test
    void aBookIsToldOnceAVersionAndFirstToWhoComes() throws InterruptedException {
        List<String> watched = new ArrayList<>();
        hub.onBookWatched(() -> watched.add("watched"));
        LiveSession first = subscribed(LiveType.BOOK, BTC);
        hub.tellBook(BTC, 1, () -> "1");
        hub.tellBook(BTC, 1, () -> "1 again");
        hub.tellBook(ETH, 1, () -> "nobody's");
        assertThat(drain(first)).containsExactly("1");
        LiveSession second = subscribed(LiveType.BOOK, BTC);
        assertThat(drain(second)).containsExactly("1");
        hub.tellBook(BTC, 2, () -> "2");
        assertThat(drain(first)).containsExactly("2");
        first.close();
        second.close();
        assertThat(watched).hasSize(1);

        LiveSession third = subscribed(LiveType.BOOK, BTC);
        hub.tellBook(BTC, 2, () -> "2");
        assertThat(drain(third)).as("nobody was there in between").containsExactly("2");
    }

    @Test
    void subscribersAndWatchedBooksAreBounded() {
        LiveSession first = subscribed(LiveType.BOOK, BTC, ETH);
        LiveSession second = subscribed(LiveType.BOOK, BTC);
        Subscription third = new Subscription(LiveType.BOOK, Instrument.binance("XRPUSDT"));
        assertThat(second.subscribe(third)).isEqualTo(LiveSession.Outcome.REFUSED);
        subscribed(LiveType.PRICE);
        assertThat(hub.open()).isEmpty();
        assertThat(hub.counts().refused()).isEqualTo(2);

        first.close();
        first.close();
        assertThat(hub.subscribers()).isEqualTo(2);
        assertThat(hub.watchedBooks()).isEqualTo(Set.of(BTC));
        market.refuses();
        assertThat(hub.open().orElseThrow().subscribe(new Subscription(LiveType.PRICE, BTC)))
                .isEqualTo(LiveSession.Outcome.REFUSED);
    }

    @Test
    void afterTheEndNobodyWaitsAndNobodyComesIn() throws InterruptedException {
        LiveSession session = subscribed(LiveType.PRICE);
        hub.close();
        assertThat(session.isClosed()).isTrue();
        assertThat(session.take(Duration.ofHours(1))).isEmpty();
        assertThat(session.subscribe(new Subscription(LiveType.PRICE, BTC)))
                .isEqualTo(LiveSession.Outcome.REFUSED);
        assertThat(hub.open()).isEmpty();
        assertThat(market.watchers()).isZero();
    }
}
