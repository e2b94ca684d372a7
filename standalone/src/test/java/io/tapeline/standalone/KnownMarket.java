package io.tapeline.standalone;

import io.tapeline.schemas.market.EpochNanos;
import io.tapeline.schemas.market.ExchangeTimeUnit;
import io.tapeline.schemas.market.Instrument;
import io.tapeline.schemas.raw.RawHeaders;
import io.tapeline.schemas.raw.RawRecord;
import io.tapeline.schemas.topic.InstrumentPartitioner;
import io.tapeline.schemas.topic.Topics;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.LockSupport;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * A seeded market that writes raw depth, candles of a second and tickers as an ingestor would, in
 * real time, and remembers all that was ever true of it: every book by its update id, whole, every
 * price, and every state of every candle.
 */
final class KnownMarket implements AutoCloseable {

    private static final Duration STEP = Duration.ofMillis(25);
    private static final int MIDDLE = 50_000;
    private static final long SECOND_MILLIS = 1_000;

    private final KafkaProducer<byte[], byte[]> producer;
    private final Topics topics;
    private final Random random;
    private final List<Known> instruments = new ArrayList<>();
    private final Thread feeder;
    private volatile boolean feeding = true;

    /**
     * @param each instruments of each partition
     */
    KnownMarket(String bootstrap, Topics topics, int partitions, int each, long seed) {
        this.topics = topics;
        this.random = new Random(seed);
        producer =
                new KafkaProducer<>(
                        Map.of(
                                ProducerConfig.BOOTSTRAP_SERVERS_CONFIG,
                                bootstrap,
                                ProducerConfig.LINGER_MS_CONFIG,
                                5,
                                ProducerConfig.COMPRESSION_TYPE_CONFIG,
                                "lz4"),
                        new ByteArraySerializer(),
                        new ByteArraySerializer());
        Map<Integer, Integer> found = new HashMap<>();
        for (int i = 0; instruments.size() < partitions * each; i++) {
            Instrument instrument = Instrument.binance("COIN" + i + "USDT");
            int partition = InstrumentPartitioner.partitionOf(instrument, partitions);
            if (found.merge(partition, 1, Integer::sum) <= each) {
                instruments.add(new Known(instrument, partition));
            }
        }
        feeder = Thread.ofPlatform().name("known-market").start(this::feed);
    }

    List<Known> instruments() {
        return instruments;
    }

    private void feed() {
        long now = System.currentTimeMillis();
        instruments.forEach(each -> each.open(now));
        while (feeding) {
            long millis = System.currentTimeMillis();
            instruments.forEach(each -> each.step(millis));
            LockSupport.parkNanos(STEP.toNanos());
        }
        producer.flush();
    }

    @Override
    public void close() throws InterruptedException {
        feeding = false;
        feeder.join();
        producer.close();
    }

    /** One instrument and its truth, which any thread may ask for. */
    final class Known {

        private final Instrument instrument;
        private final int partition;
        private final NavigableMap<Integer, Integer> bids =
                new TreeMap<>(Collections.reverseOrder());
        private final NavigableMap<Integer, Integer> asks = new TreeMap<>();
        private final Map<Long, String> books = new ConcurrentHashMap<>();
        private final Set<String> prices = ConcurrentHashMap.newKeySet();
        private final Set<String> candles = ConcurrentHashMap.newKeySet();
        private long updateId = 1_000;
        private long openMillis;
        private int lastPrice = MIDDLE;
        private volatile boolean losesNext;
        private volatile boolean snapshotNext;

        private Known(Instrument instrument, int partition) {
            this.instrument = instrument;
            this.partition = partition;
        }

        int partition() {
            return partition;
        }

        Instrument instrument() {
            return instrument;
        }

        boolean wasBook(long id, String book) {
            return book.equals(books.get(id));
        }

        String book(long id) {
            return books.getOrDefault(id, "no book had this id");
        }

        boolean wasPrice(String price) {
            return prices.contains(price);
        }

        boolean wasCandle(String candle) {
            return candles.contains(candle);
        }

        /** Its next update is not sent. */
        void loseNext() {
            losesNext = true;
        }

        /** Its next step sends the book whole, as an answer of REST. */
        void snapshotNext() {
            snapshotNext = true;
        }

        private void open(long millis) {
            for (int i = 1; i <= 60; i++) {
                bids.put(MIDDLE - i, 1 + random.nextInt(900));
                asks.put(MIDDLE + i, 1 + random.nextInt(900));
            }
            remember();
            openMillis = millis - millis % SECOND_MILLIS;
            sendWhole();
        }

        private void sendWhole() {
            send(
                    topics.rawDepth().name(),
                    "rest/depth?limit=5000",
                    "{\"lastUpdateId\":%d,\"bids\":%s,\"asks\":%s}"
                            .formatted(updateId, levels(bids), levels(asks)));
        }

        private void step(long millis) {
            update(millis);
            if (snapshotNext) {
                snapshotNext = false;
                sendWhole();
            }
            if (random.nextInt(3) == 0) {
                ticker(millis);
            }
            for (; openMillis + SECOND_MILLIS <= millis; openMillis += SECOND_MILLIS) {
                candle(millis, true);
            }
            if (random.nextInt(3) == 0) {
                candle(millis, false);
            }
        }

        private void update(long millis) {
            Map<Integer, Integer> changedBids = new TreeMap<>();
            Map<Integer, Integer> changedAsks = new TreeMap<>();
            for (int i = random.nextInt(5); i >= 0; i--) {
                int distance = 1 + random.nextInt(80);
                int quantity = random.nextInt(3) == 0 ? 0 : 1 + random.nextInt(900);
                boolean bid = random.nextBoolean();
                (bid ? changedBids : changedAsks)
                        .put(bid ? MIDDLE - distance : MIDDLE + distance, quantity);
            }
            long first = updateId + 1;
            long last = updateId + 1 + random.nextInt(3);
            change(bids, changedBids);
            change(asks, changedAsks);
            updateId = last;
            remember();
            if (losesNext) {
                losesNext = false;
                return;
            }
            send(
                    topics.rawDepth().name(),
                    "x@depth@100ms",
                    ("{\"e\":\"depthUpdate\",\"E\":%d,\"s\":\"%s\",\"U\":%d,\"u\":%d,"
                                    + "\"b\":%s,\"a\":%s}")
                            .formatted(
                                    millis,
                                    instrument.symbol(),
                                    first,
                                    last,
                                    levels(changedBids),
                                    levels(changedAsks)));
        }

        private static void change(Map<Integer, Integer> side, Map<Integer, Integer> changes) {
            changes.forEach((price, quantity) -> {
                if (quantity == 0) {
                    side.remove(price);
                } else {
                    side.put(price, quantity);
                }
            });
        }

        private void remember() {
            books.put(updateId, text(bids) + "|" + text(asks));
        }

        private static String text(Map<Integer, Integer> side) {
            StringBuilder text = new StringBuilder();
            side.forEach((price, quantity) ->
                    text.append(price).append(':').append(quantity).append(' '));
            return text.toString();
        }

        private static String levels(Map<Integer, Integer> side) {
            StringBuilder text = new StringBuilder("[");
            side.forEach((price, quantity) ->
                    text.append(text.length() > 1 ? "," : "")
                            .append("[\"%d.00\",\"%d.000\"]".formatted(price, quantity)));
            return text.append(']').toString();
        }

        private void ticker(long millis) {
            lastPrice = MIDDLE - 1_000 + random.nextInt(2_000);
            prices.add(price("ticker", millis, lastPrice));
            send(
                    topics.rawTickers().name(),
                    "x@ticker",
                    """
                    {"e":"24hrTicker","E":%d,"s":"%s","p":"1.0","P":"0.5","w":"10.0","x":"9.0",\
                    "c":"%d.0","Q":"1.0","b":"%d.0","B":"2.0","a":"%d.0","A":"3.0","o":"9.5",\
                    "h":"12.0","l":"8.0","v":"100.0","q":"1000.0","O":1700000000000,\
                    "C":1700086400000,"F":1,"L":10,"n":10}\
                    """
                            .formatted(
                                    millis,
                                    instrument.symbol(),
                                    lastPrice,
                                    lastPrice - 1,
                                    lastPrice + 1));
        }

        private void candle(long millis, boolean closed) {
            int close = MIDDLE - 1_000 + random.nextInt(2_000);
            candles.add(KnownMarket.candle(openMillis, millis, close, closed));
            prices.add(price("kline", millis, close));
            send(
                    topics.rawKlines().name(),
                    "x@kline_1s",
                    """
                    {"e":"kline","E":%d,"s":"%s","k":{"t":%d,"T":%d,"s":"%s","i":"1s","f":1,\
                    "L":2,"o":"10.0","c":"%d.0","h":"99000.0","l":"1.0","v":"5.0","n":2,"x":%b,\
                    "q":"50.0","V":"2.0","Q":"20.0","B":"0"}}\
                    """
                            .formatted(
                                    millis,
                                    instrument.symbol(),
                                    openMillis,
                                    openMillis + SECOND_MILLIS - 1,
                                    instrument.symbol(),
                                    close,
                                    closed));
        }

        private void send(String topic, String stream, String json) {
            byte[] payload = json.getBytes(StandardCharsets.UTF_8);
            RawRecord record =
                    new RawRecord(
                            instrument,
                            payload,
                            stream,
                            "a",
                            EpochNanos.of(Instant.now()),
                            ExchangeTimeUnit.MILLISECONDS);
            var _ =
                    producer.send(
                            new ProducerRecord<>(
                                    topic,
                                    null,
                                    instrument.id().getBytes(StandardCharsets.UTF_8),
                                    payload,
                                    RawHeaders.of(record)));
        }
    }

    /** How a price is remembered. */
    static String price(String source, long eventMillis, long price) {
        return source + " at " + eventMillis + ": " + price;
    }

    /** How a state of a candle is remembered. */
    static String candle(long openMillis, long eventMillis, long close, boolean closed) {
        return openMillis + " at " + eventMillis + ": " + close + (closed ? " closed" : "");
    }
}
