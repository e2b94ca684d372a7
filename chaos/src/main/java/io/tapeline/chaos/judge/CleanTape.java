package io.tapeline.chaos.judge;

import io.tapeline.exchange.SimulatedExchange;
import io.tapeline.schemas.market.BookEvent;
import io.tapeline.schemas.market.Candle;
import io.tapeline.schemas.market.Instrument;
import io.tapeline.schemas.topic.Topic;
import io.tapeline.schemas.topic.Topics;
import io.tapeline.schemas.wire.MalformedPayload;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * What a consumer of the clean topics has built up: a naive book and the closed candles of every
 * instrument, held against the exchange's own.
 */
public final class CleanTape implements AutoCloseable {

    /** What is fetched may have to wait for the exchange's next minute. */
    private static final Duration PATIENCE = Duration.ofSeconds(90);

    private final SimulatedExchange exchange;
    private final Topics topics;
    private final KafkaConsumer<String, byte[]> consumer;
    private final List<TopicPartition> partitions;
    private final ExchangeCandles ownCandles;
    private final Map<String, NaiveBook> books = new HashMap<>();
    private final Map<String, NavigableMap<Long, ExchangeCandles.Values>> candles = new HashMap<>();
    private final List<String> twice = new ArrayList<>();
    private final List<String> resets = new ArrayList<>();
    private long deltas;

    public CleanTape(SimulatedExchange exchange, String bootstrap, Topics topics) {
        this.exchange = exchange;
        ownCandles = new ExchangeCandles(exchange);
        this.topics = topics;
        consumer =
                new KafkaConsumer<>(
                        Map.of(
                                ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG,
                                bootstrap,
                                ConsumerConfig.ISOLATION_LEVEL_CONFIG,
                                "read_committed",
                                ConsumerConfig.FETCH_MAX_WAIT_MS_CONFIG,
                                50),
                        new StringDeserializer(),
                        new ByteArrayDeserializer());
        partitions =
                Stream.of(topics.klines(), topics.depth())
                        .map(Topic::name)
                        .flatMap(name -> consumer.partitionsFor(name).stream())
                        .map(info -> new TopicPartition(info.topic(), info.partition()))
                        .toList();
        consumer.assign(partitions);
        consumer.seekToBeginning(partitions);
    }

    /**
     * Reads what is there as of now.
     *
     * @throws IllegalStateException if a delta does not follow the book before it
     * @throws KafkaException if it cannot be read now; what was read before that is kept
     */
    public void update() {
        Tail.read(consumer, partitions, this::take);
    }

    private void take(ConsumerRecord<String, byte[]> entry) {
        try {
            if (entry.topic().equals(topics.depth().name())) {
                take(topics.depth().codec().decode(entry.value()));
            } else {
                take(topics.klines().codec().decode(entry.value()));
            }
        } catch (MalformedPayload e) {
            throw new Contradiction(entry.topic() + " cannot be read", e);
        }
    }

    private void take(BookEvent event) {
        books.computeIfAbsent(event.instrument().symbol(), s -> new NaiveBook()).apply(event);
        switch (event) {
            case BookEvent.Delta _ -> deltas++;
            case BookEvent.Reset reset ->
                    resets.add(event.instrument().symbol() + " " + reset.reason());
            case BookEvent.Lost _ -> {}
        }
    }

    private void take(Candle candle) {
        if (!candle.closed()) {
            return;
        }
        String key = candle.instrument().symbol() + " " + candle.interval().id();
        ExchangeCandles.Values values =
                new ExchangeCandles.Values(
                        Stream.of(
                                        candle.open().value(),
                                        candle.high().value(),
                                        candle.low().value(),
                                        candle.close().value(),
                                        candle.volume().value(),
                                        candle.quoteVolume().value())
                                .map(decimal -> decimal.toBigDecimal().stripTrailingZeros())
                                .toList(),
                        candle.trades());
        if (candles.computeIfAbsent(key, k -> new TreeMap<>())
                        .put(candle.openTime().value() / 1_000, values)
                != null) {
            twice.add(key + " " + candle.openTime());
        }
    }

    /** Closed candles that came more than once. */
    public List<String> twice() {
        return List.copyOf(twice);
    }

    /** Every reset so far, as {@code SYMBOL reason}. */
    public List<String> resets() {
        return List.copyOf(resets);
    }

    public long deltas() {
        return deltas;
    }

    /**
     * Reads on until the books are the exchange's, to the last level; to be called when the market
     * stands still.
     *
     * @throws Contradiction if they are not within a minute and a half
     */
    public void awaitBooks(List<Instrument> instruments) throws InterruptedException {
        for (Instrument instrument : instruments) {
            await(
                    "books of the clean topic",
                    () -> {
                        JsonNode own =
                                JsonMapper.shared().readTree(exchange.book(instrument.symbol()));
                        NaiveBook book = books.getOrDefault(instrument.symbol(), new NaiveBook());
                        if (book.updateId() != own.get("lastUpdateId").asLong()) {
                            return instrument
                                    + " at "
                                    + book.updateId()
                                    + ", the exchange's at "
                                    + own.get("lastUpdateId");
                        }
                        return ExchangeValues.sides(own)
                                        .equals(
                                                List.of(
                                                        List.copyOf(book.bids().entrySet()),
                                                        List.copyOf(book.asks().entrySet())))
                                ? ""
                                : instrument + " has other levels";
                    });
        }
    }

    /**
     * Reads on until every candle of the interval that the exchange has closed between two times is
     * there, with the same values.
     *
     * @param fromMillis open time of the first, inclusive
     * @param toMillis open time of the last, inclusive
     */
    public void awaitCandles(
            List<Instrument> instruments, String interval, long fromMillis, long toMillis)
            throws IOException, InterruptedException {
        for (Instrument instrument : instruments) {
            NavigableMap<Long, ExchangeCandles.Values> own =
                    ownCandles.between(instrument.symbol(), interval, fromMillis, toMillis);
            await(
                    "candles of the clean topic",
                    () -> {
                        Map<Long, ExchangeCandles.Values> held =
                                candles.getOrDefault(
                                                instrument.symbol() + " " + interval,
                                                new TreeMap<>())
                                        .subMap(fromMillis, true, toMillis, true);
                        if (held.equals(own)) {
                            return "";
                        }
                        List<Long> missing =
                                own.keySet().stream().filter(t -> !held.containsKey(t)).toList();
                        List<Long> other =
                                own.keySet().stream()
                                        .filter(t ->
                                                held.containsKey(t)
                                                        && !held.get(t).equals(own.get(t)))
                                        .toList();
                        return instrument
                                + " "
                                + interval
                                + " lacks candles "
                                + missing
                                + ", has others at "
                                + other;
                    });
        }
    }

    private void await(String what, Patience.Complaint complaint) throws InterruptedException {
        Patience.until(
                what,
                PATIENCE,
                () -> {
                    update();
                    return complaint.made();
                });
    }

    @Override
    public void close() {
        consumer.close();
        ownCandles.close();
    }
}
