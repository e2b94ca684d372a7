package io.tapeline.query.live;

import static org.assertj.core.api.Assertions.assertThat;

import io.tapeline.schemas.market.Instrument;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What subscribers get, and what they do not. */
final class LiveHubTest {

    private static final Instrument BTC = Instrument.binance("BTCUSDT");
    private static final Instrument ETH = Instrument.binance("ETHUSDT");
    private static final Set<LiveType> PRICES = EnumSet.of(LiveType.PRICE);

    private final LiveHub hub = new LiveHub(3, 4, 2);

    private static List<String> drain(Subscriber subscriber) throws InterruptedException {
        return subscriber.take(Duration.ZERO).stream().map(Change::json).toList();
    }

    private Subscriber subscribe(Set<LiveType> types, Instrument... instruments) {
        return hub.subscribe(types, instruments.length == 0 ? null : Set.of(instruments))
                .orElseThrow();
    }

    @Test
    void aSubscriberGetsWhatItAskedForInOrder() throws InterruptedException {
        Subscriber btc = subscribe(PRICES, BTC);
        Subscriber all = subscribe(PRICES);
        hub.publish(LiveType.PRICE, BTC, "", () -> "b1");
        hub.publish(LiveType.PRICE, ETH, "", () -> "e1");
        hub.publish(LiveType.CANDLE, BTC, "1m", () -> "c1");

        assertThat(drain(btc)).containsExactly("b1");
        assertThat(drain(all)).containsExactly("b1", "e1");
        assertThat(drain(all)).isEmpty();
    }

    @Test
    void aSlowReaderGetsTheNewestOfEachKind() throws InterruptedException {
        Subscriber slow = subscribe(PRICES, BTC, ETH);
        for (int i = 0; i < 1_000; i++) {
            String number = Integer.toString(i);
            hub.publish(LiveType.PRICE, BTC, "", () -> "b" + number);
            hub.publish(LiveType.PRICE, ETH, "", () -> "e" + number);
        }
        assertThat(drain(slow)).containsExactly("b999", "e999");
        assertThat(hub.replaced()).isEqualTo(1_998);
        assertThat(hub.dropped()).isZero();
    }

    @Test
    void beyondTheBoundTheOldestKindIsDroppedAndCounted() throws InterruptedException {
        Subscriber slow = subscribe(EnumSet.of(LiveType.CANDLE), BTC);
        for (int i = 0; i < 6; i++) {
            String slot = "1m" + i;
            hub.publish(LiveType.CANDLE, BTC, slot, () -> slot);
        }
        assertThat(drain(slow)).containsExactly("1m2", "1m3", "1m4", "1m5");
        assertThat(hub.dropped()).isEqualTo(2);
    }

    @Test
    void whatNobodyWatchesIsNotEvenMadeIntoText() {
        List<String> made = new ArrayList<>();
        Subscriber subscriber = subscribe(PRICES, BTC);
        hub.unsubscribe(subscriber);
        hub.publish(
                LiveType.PRICE,
                BTC,
                "",
                () -> {
                    made.add("text");
                    return "text";
                });
        assertThat(made).isEmpty();
        assertThat(hub.isWatched(LiveType.PRICE, BTC)).isFalse();
    }

    @Test
    void subscribersAndWatchedBooksAreBounded() {
        Set<LiveType> books = EnumSet.of(LiveType.BOOK);
        Subscriber first = subscribe(books, BTC, ETH);
        assertThat(hub.subscribe(books, Set.of(Instrument.binance("XRPUSDT")))).isEmpty();
        subscribe(books, BTC);
        subscribe(PRICES);
        assertThat(hub.subscribe(PRICES, null)).isEmpty();
        assertThat(hub.refused()).isEqualTo(2);

        hub.unsubscribe(first);
        hub.unsubscribe(first);
        assertThat(hub.subscribers()).isEqualTo(2);
        assertThat(hub.watchedBooks()).containsExactly(BTC);
        assertThat(hub.subscribe(PRICES, null)).isPresent();
    }

    @Test
    void afterTheEndNobodyWaitsAndNobodyComesIn() throws InterruptedException {
        Subscriber subscriber = subscribe(PRICES, BTC);
        hub.close();
        assertThat(subscriber.isClosed()).isTrue();
        assertThat(subscriber.take(Duration.ofHours(1))).isEmpty();
        assertThat(hub.subscribe(PRICES, null)).isEmpty();
    }
}
