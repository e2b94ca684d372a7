package io.tapeline.query.mirror.stream;

import static org.assertj.core.api.Assertions.assertThat;

import io.tapeline.query.follow.BookRange;
import io.tapeline.query.follow.LiveEvent;
import io.tapeline.query.follow.LiveState;
import io.tapeline.query.mirror.ExchangeJson;
import io.tapeline.query.mirror.TimeUnitAsked;
import io.tapeline.schemas.market.Decimal;
import io.tapeline.schemas.market.EpochMicros;
import io.tapeline.schemas.market.Instrument;
import io.tapeline.schemas.market.Levels;
import io.tapeline.schemas.market.Price;
import io.tapeline.schemas.market.Quantity;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Clients that follow the exchange's procedure (EXCHANGES.md A.5) over the mirror's streams and
 * {@code depth}, beside the book that is told: equal whenever they have the same update id, through
 * losses and snapshots, whenever they ask for theirs.
 */
final class MirroredBookTest {

    private static final Instrument BTC = Instrument.binance("BTCUSDT");
    private static final int STEPS = 1_000;

    /** The procedure, step by step, and nothing of ours. */
    private static final class Client implements Feed.Listener {
        private final TreeMap<BigDecimal, BigDecimal> bids =
                new TreeMap<>(Comparator.reverseOrder());
        private final TreeMap<BigDecimal, BigDecimal> asks = new TreeMap<>();
        private final List<JsonNode> buffer = new ArrayList<>();
        private long bookId = -1;
        private int applied;

        @Override
        public void offer(StreamEvent event) {
            JsonNode told =
                    JsonMapper.shared().readTree(event.bytes(false, TimeUnitAsked.MILLISECOND));
            if (bookId < 0) {
                buffer.add(told); // step 1
            } else {
                take(told);
            }
        }

        /** Steps 2 to 5. */
        void snapshot(JsonNode depth) {
            long last = depth.get("lastUpdateId").longValue();
            if (!buffer.isEmpty() && last < buffer.getFirst().get("U").longValue() - 1) {
                return; // step 3: it is older than the stream
            }
            bids.clear();
            asks.clear();
            apply(bids, depth.get("bids"));
            apply(asks, depth.get("asks"));
            bookId = last;
            List<JsonNode> waiting = List.copyOf(buffer);
            buffer.clear();
            for (JsonNode event : waiting) {
                if (bookId >= 0) {
                    take(event);
                }
            }
        }

        /** Step 6. */
        private void take(JsonNode event) {
            if (event.get("u").longValue() <= bookId) {
                return;
            }
            if (event.get("U").longValue() > bookId + 1) {
                bookId = -1;
                buffer.add(event);
                return;
            }
            apply(bids, event.get("b"));
            apply(asks, event.get("a"));
            bookId = event.get("u").longValue();
            applied++;
        }

        /** Step 7. */
        private static void apply(TreeMap<BigDecimal, BigDecimal> side, JsonNode levels) {
            for (JsonNode level : levels) {
                BigDecimal price = new BigDecimal(level.get(0).asString());
                BigDecimal quantity = new BigDecimal(level.get(1).asString());
                assertThat(price.scale()).isEqualTo(8);
                if (quantity.signum() == 0) {
                    side.remove(price);
                } else {
                    side.put(price, quantity);
                }
            }
        }
    }

    private static final EarlierMinutes NO_MINUTES =
            (_, _, _, _, _) -> {
                throw new AssertionError("nobody here asks for minutes");
            };

    private final FakeMarket market = new FakeMarket();
    private final StreamHub hub = new StreamHub(market, _ -> true, NO_MINUTES);

    @ParameterizedTest
    @ValueSource(strings = {"btcusdt@depth@100ms", "btcusdt@depth"})
    void aClientOfTheStreamsHasTheBookThatIsTold(String stream) {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        StreamName name = StreamName.parse(stream).orElseThrow();
        Map<Long, FakeMarket.Book> told = new TreeMap<>();
        market.tell(whole(random, 1_000));
        List<Client> clients = new ArrayList<>();
        int compared = 0;
        for (int step = 0; step < STEPS; step++) {
            if (random.nextInt(100) == 0 && clients.size() < 5) {
                Client client = new Client();
                clients.add(client);
                assertThat(hub.add(client, name)).isTrue();
            }
            move(random);
            FakeMarket.Book now = copy(market.book(BTC));
            told.put(now.updateId, now);
            if (random.nextInt(10) == 0) {
                hub.tick();
            }
            for (Client client : clients) {
                if (client.bookId < 0 && random.nextInt(5) == 0) {
                    client.snapshot(depth());
                }
                FakeMarket.Book then = told.get(client.bookId);
                if (then != null) {
                    assertThat(plain(client.bids))
                            .as("seed %d, step %d", seed, step)
                            .isEqualTo(plain(then.bids));
                    assertThat(plain(client.asks))
                            .as("seed %d, step %d", seed, step)
                            .isEqualTo(plain(then.asks));
                    compared++;
                }
            }
        }
        assertThat(clients).as("seed %d", seed).isNotEmpty();
        assertThat(compared).as("seed %d", seed).isGreaterThan(STEPS / 2);
        assertThat(clients).as("seed %d", seed).anyMatch(client -> client.applied > 20);
        clients.forEach(client -> hub.remove(client, name));
        assertThat(market.watches()).isZero();
    }

    /** Mostly a delta, sometimes several ids at once; now and then the book is lost. */
    private void move(Random random) {
        long id = market.book(BTC).updateId;
        if (random.nextInt(300) == 0) {
            market.tell(new LiveEvent.BookLost(BTC, new EpochMicros(id), "gap"));
            market.tell(whole(random, id + 1 + random.nextInt(500)));
            return;
        }
        long last = id + 1 + random.nextInt(4);
        market.tell(
                new LiveEvent.BookDelta(
                        BTC,
                        new EpochMicros(last * 1_000),
                        id + 1 - random.nextInt(2),
                        id,
                        last,
                        levels(random, 100, random.nextInt(4)),
                        levels(random, 200, 1 + random.nextInt(3))));
    }

    private static LiveEvent.BookSnapshot whole(Random random, long id) {
        return new LiveEvent.BookSnapshot(
                BTC,
                id,
                new EpochMicros(id * 1_000),
                levels(random, 100, 30),
                levels(random, 200, 30),
                BookRange.UNBOUNDED,
                LiveState.LIVE);
    }

    /** Of distinct prices; one in four is removed. */
    private static Levels levels(Random random, int base, int count) {
        TreeMap<Price, Quantity> side = new TreeMap<>();
        while (side.size() < count) {
            side.put(
                    new Price(Decimal.of(base * 100L + random.nextInt(100), 2)),
                    new Quantity(
                            Decimal.of(random.nextInt(4) == 0 ? 0 : 1 + random.nextInt(9_999), 3)));
        }
        return Levels.of(new ArrayList<>(side.keySet()), new ArrayList<>(side.values()));
    }

    private static FakeMarket.Book copy(FakeMarket.Book book) {
        FakeMarket.Book copy = new FakeMarket.Book();
        copy.bids.putAll(book.bids);
        copy.asks.putAll(book.asks);
        copy.updateId = book.updateId;
        return copy;
    }

    private JsonNode depth() {
        ExchangeJson out = new ExchangeJson(TimeUnitAsked.MILLISECOND);
        Payloads.top(out, market.book(BTC).top(BTC, 5_000));
        return JsonMapper.shared().readTree(out.toString());
    }

    private static List<String> plain(TreeMap<?, ?> side) {
        List<String> plain = new ArrayList<>();
        side.forEach((price, quantity) ->
                plain.add(text(price.toString()) + " x " + text(quantity.toString())));
        return plain;
    }

    private static String text(String decimal) {
        return new BigDecimal(decimal).stripTrailingZeros().toPlainString();
    }
}
