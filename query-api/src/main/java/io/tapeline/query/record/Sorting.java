package io.tapeline.query.record;

import com.google.protobuf.ByteString;
import io.tapeline.query.history.HistoryBatch;
import io.tapeline.query.history.HistoryStore;
import io.tapeline.query.history.Position;
import io.tapeline.schemas.market.Candle;
import io.tapeline.schemas.market.EpochMicros;
import io.tapeline.schemas.market.Instrument;
import io.tapeline.schemas.market.LatestPrice;
import io.tapeline.schemas.market.Ticker;
import io.tapeline.schemas.proto.DeadLetter;
import io.tapeline.schemas.proto.Gap;
import io.tapeline.schemas.proto.InstrumentInfo;
import io.tapeline.schemas.topic.Topics;
import io.tapeline.schemas.wire.MalformedPayload;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** Sorts the records of one batch by kind; what cannot be decoded or held is dead. */
final class Sorting {

    /** The records of a partition that are in the batch. */
    private record Span(long first, Position end) {}

    private final HistoryStore store;
    private final Topics topics;
    private final Map<String, String> topicIds;
    private final TickerSamples samples;
    private final Clock clock;
    private final List<Candle> candles = new ArrayList<>();
    private final List<LatestPrice> prices = new ArrayList<>();
    private final List<Ticker> tickers = new ArrayList<>();
    private final List<InstrumentInfo> instruments = new ArrayList<>();
    private final List<Gap> gaps = new ArrayList<>();
    private final List<DeadLetter> dead = new ArrayList<>();
    private final Map<Instrument, Long> sampled = new HashMap<>();
    private final Map<String, Span> spans = new TreeMap<>();
    private long open;
    private long passedOver;
    private long tombstones;

    Sorting(
            HistoryStore store,
            Topics topics,
            Map<String, String> topicIds,
            TickerSamples samples,
            Clock clock) {
        this.store = store;
        this.topics = topics;
        this.topicIds = topicIds;
        this.samples = samples;
        this.clock = clock;
    }

    /** In the order of its partition. */
    void add(ConsumerRecord<byte[], byte[]> kafka) {
        Position end =
                new Position(
                        kafka.topic(),
                        topicIds.getOrDefault(kafka.topic(), ""),
                        kafka.partition(),
                        kafka.offset() + 1);
        spans.merge(
                kafka.topic() + "/" + kafka.partition(),
                new Span(kafka.offset(), end),
                (one, other) -> new Span(one.first(), other.end()));
        byte[] value = kafka.value();
        // A tombstone of a compacted topic says that there is no latest value, not that there was
        // none.
        if (value == null) {
            tombstones++;
            return;
        }
        try {
            decode(kafka.topic(), value).ifPresent(reason -> bury(kafka, value, reason));
        } catch (MalformedPayload | IllegalArgumentException e) {
            bury(kafka, value, String.valueOf(e.getMessage()));
        }
    }

    /** The reason why the value cannot be held, if it cannot. */
    private Optional<String> decode(String topic, byte[] value) throws MalformedPayload {
        if (topic.equals(topics.klines().name())) {
            return candle(topics.klines().codec().decode(value));
        }
        if (topic.equals(topics.prices().name())) {
            LatestPrice price = topics.prices().codec().decode(value);
            Optional<String> refusal = store.refusal(price);
            if (refusal.isEmpty()) {
                prices.add(price);
            }
            return refusal;
        }
        if (topic.equals(topics.tickers().name())) {
            return ticker(topics.tickers().codec().decode(value));
        }
        if (topic.equals(topics.instruments().name())) {
            InstrumentInfo info = topics.instruments().codec().decode(value);
            Instrument.parse(info.getInstrument());
            Optional<String> refusal = store.refusal(new EpochMicros(info.getUpdatedUs()));
            if (refusal.isEmpty()) {
                instruments.add(info);
            }
            return refusal;
        }
        return gap(topics.gaps().codec().decode(value));
    }

    private Optional<String> candle(Candle candle) {
        if (!candle.closed()) {
            open++;
            return Optional.empty();
        }
        Optional<String> refusal = store.refusal(candle);
        if (refusal.isEmpty()) {
            candles.add(candle);
        }
        return refusal;
    }

    private Optional<String> ticker(Ticker ticker) {
        Optional<String> refusal = store.refusal(ticker.eventTime());
        if (refusal.isPresent()) {
            return refusal;
        }
        long minute = TickerSamples.minuteOf(ticker);
        Long inThisBatch = sampled.get(ticker.instrument());
        if (samples.isFirstOfItsMinute(ticker) && (inThisBatch == null || inThisBatch < minute)) {
            sampled.put(ticker.instrument(), minute);
            tickers.add(ticker);
        } else {
            passedOver++;
        }
        return Optional.empty();
    }

    private Optional<String> gap(Gap gap) {
        Instrument.parse(gap.getInstrument());
        if (gap.getId().isEmpty()) {
            return Optional.of("gap: id is empty");
        }
        Optional<String> refusal = store.refusal(new EpochMicros(gap.getFoundUs()));
        if (refusal.isEmpty()) {
            gaps.add(gap);
        }
        return refusal;
    }

    private void bury(ConsumerRecord<byte[], byte[]> kafka, byte[] value, String reason) {
        DeadLetter.Builder letter =
                DeadLetter.newBuilder()
                        .setTopic(kafka.topic())
                        .setPartition(kafka.partition())
                        .setOffset(kafka.offset())
                        .setValue(ByteString.copyFrom(value))
                        .setReason("history: " + reason)
                        .setFailedUs(EpochMicros.of(Instant.now(clock)).value());
        byte[] key = kafka.key();
        if (key != null) {
            letter.setKey(ByteString.copyFrom(key));
        }
        dead.add(letter.build());
    }

    List<DeadLetter> dead() {
        return dead;
    }

    /** The minutes of the tickers that are in the batch. */
    Map<Instrument, Long> sampled() {
        return sampled;
    }

    HistoryBatch batch() {
        return new HistoryBatch(
                candles,
                prices,
                tickers,
                instruments,
                gaps,
                spans.values().stream().map(Span::end).toList(),
                token());
    }

    /** The topics' ids, partitions and offsets: what was read is what the rows are made of. */
    private String token() {
        return spans.values().stream()
                .map(span ->
                        span.end().topic()
                                + ":"
                                + span.end().topicId()
                                + "/"
                                + span.end().partition()
                                + "@"
                                + span.first()
                                + "-"
                                + span.end().nextOffset())
                .collect(Collectors.joining(","));
    }

    RecordingCounts.Sums sums() {
        return new RecordingCounts.Sums(
                candles.size(),
                open,
                prices.size(),
                tickers.size(),
                passedOver,
                instruments.size(),
                gaps.size(),
                dead.size(),
                tombstones);
    }
}
