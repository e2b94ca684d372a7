package io.tapeline.aggregator;

import io.tapeline.aggregator.sync.BookSync;
import io.tapeline.aggregator.sync.Effect;
import io.tapeline.aggregator.sync.OpenGap;
import io.tapeline.aggregator.sync.RecordSource;
import io.tapeline.aggregator.sync.SyncSettings;
import io.tapeline.aggregator.sync.SynchronisedBook;
import io.tapeline.schemas.binance.BinanceDepth;
import io.tapeline.schemas.market.BookEvent;
import io.tapeline.schemas.market.DepthMessage;
import io.tapeline.schemas.market.EpochMicros;
import io.tapeline.schemas.market.Instrument;
import io.tapeline.schemas.proto.Gap;
import io.tapeline.schemas.proto.GapKind;
import io.tapeline.schemas.proto.GapOutcome;
import io.tapeline.schemas.raw.RawHeaders;
import io.tapeline.schemas.raw.RawRecord;
import io.tapeline.schemas.wire.MalformedPayload;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** What the raw topic must lead to, worked out without Kafka Streams, stores or crashes. */
final class ReferenceBooks {

    /** Without a wait for other lines: what came decides, not when it was taken in. */
    private static final SyncSettings SYNC = SyncSettings.DEFAULT.withReordering(Duration.ZERO);

    private final Map<String, SynchronisedBook> books = new TreeMap<>();
    private final Map<String, List<BookEvent>> events = new TreeMap<>();
    private final Map<String, List<Gap>> gaps = new TreeMap<>();
    private int dead;

    /** Of the raw depth topic, in the order of offsets. */
    static ReferenceBooks of(List<ConsumerRecord<byte[], byte[]>> raw) {
        ReferenceBooks reference = new ReferenceBooks();
        raw.forEach(reference::accept);
        return reference;
    }

    Map<String, SynchronisedBook> books() {
        return books;
    }

    /** By instrument, in order. */
    Map<String, List<BookEvent>> events() {
        return events;
    }

    /** By instrument, in order; without times. */
    Map<String, List<Gap>> gaps() {
        return gaps;
    }

    int dead() {
        return dead;
    }

    private void accept(ConsumerRecord<byte[], byte[]> record) {
        String id = new String(record.key(), StandardCharsets.UTF_8);
        Instrument instrument = Instrument.parse(id);
        RawRecord raw = RawHeaders.read(instrument, record.value(), record.headers());
        DepthMessage message;
        try {
            message = BinanceDepth.decode(raw);
        } catch (MalformedPayload e) {
            dead++;
            return;
        }
        EpochMicros received = raw.received().toMicros();
        SynchronisedBook book =
                books.computeIfAbsent(
                        id, each -> new SynchronisedBook(instrument, new BookSync(SYNC)));
        RecordSource source = new RecordSource(record.partition(), record.offset(), received);
        List<BookEvent> out = events.computeIfAbsent(id, each -> new ArrayList<>());
        for (Effect effect : book.accept(message, source, received).effects()) {
            switch (effect) {
                case Effect.Apply(var update, long previous, _) ->
                        out.add(
                                new BookEvent.Delta(
                                        instrument,
                                        update.eventTime(),
                                        update.firstUpdateId(),
                                        update.finalUpdateId(),
                                        previous,
                                        update.bids(),
                                        update.asks()));
                case Effect.Replace(var snapshot, String reason) ->
                        out.add(
                                new BookEvent.Reset(
                                        instrument,
                                        received,
                                        snapshot.lastUpdateId(),
                                        snapshot.bids(),
                                        snapshot.asks(),
                                        snapshot.bidsComplete(),
                                        snapshot.asksComplete(),
                                        reason));
                case Effect.Recall(var snapshot, var snapshotReceived, String reason) ->
                        out.add(
                                new BookEvent.Reset(
                                        instrument,
                                        snapshotReceived,
                                        snapshot.lastUpdateId(),
                                        snapshot.bids(),
                                        snapshot.asks(),
                                        snapshot.bidsComplete(),
                                        snapshot.asksComplete(),
                                        reason));
                case Effect.Lose(var gap) -> {
                    out.add(new BookEvent.Lost(instrument, received, gap.cause().id()));
                    tell(id, gap, GapOutcome.GAP_OUTCOME_OPEN, "");
                }
                case Effect.Mend(var gap, long snapshot) ->
                        tell(id, gap, GapOutcome.GAP_OUTCOME_FILLED, "snapshot " + snapshot);
                case Effect.Request _, Effect.Covered _, Effect.Overflowed _ -> {}
            }
        }
    }

    private void tell(String id, OpenGap gap, GapOutcome outcome, String how) {
        gaps.computeIfAbsent(id, _ -> new ArrayList<>())
                .add(
                        Gap.newBuilder()
                                .setKind(GapKind.GAP_KIND_DEPTH)
                                .setCause(gap.cause().id())
                                .setFrom(gap.from())
                                .setTo(gap.to())
                                .setOutcome(outcome)
                                .setHow(how)
                                .build());
    }
}
