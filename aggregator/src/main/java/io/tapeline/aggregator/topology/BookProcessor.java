package io.tapeline.aggregator.topology;

import io.tapeline.aggregator.audit.AuditRounds;
import io.tapeline.aggregator.line.LineFlow;
import io.tapeline.aggregator.line.LineKind;
import io.tapeline.aggregator.line.LineTally;
import io.tapeline.aggregator.line.UpdateIdHoles;
import io.tapeline.aggregator.store.BookStateStore;
import io.tapeline.aggregator.store.BookTable;
import io.tapeline.aggregator.store.StoreNames;
import io.tapeline.aggregator.sync.Effect;
import io.tapeline.aggregator.sync.Fate;
import io.tapeline.aggregator.sync.OpenGap;
import io.tapeline.aggregator.sync.RecordSource;
import io.tapeline.aggregator.sync.SyncState;
import io.tapeline.aggregator.sync.SyncStep;
import io.tapeline.aggregator.sync.SynchronisedBook;
import io.tapeline.aggregator.tap.Tap;
import io.tapeline.schemas.market.BookEvent;
import io.tapeline.schemas.market.DepthMessage;
import io.tapeline.schemas.market.DepthSnapshot;
import io.tapeline.schemas.market.DepthUpdate;
import io.tapeline.schemas.market.EpochMicros;
import io.tapeline.schemas.market.Instrument;
import io.tapeline.schemas.proto.Gap;
import io.tapeline.schemas.proto.GapKind;
import io.tapeline.schemas.proto.GapOutcome;
import io.tapeline.schemas.proto.ResyncKind;
import io.tapeline.schemas.proto.ResyncRequest;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.jspecify.annotations.Nullable;

/** Depth messages into books; what changed, what is missing and what is wanted goes on. */
final class BookProcessor extends RawProcessor<DepthMessage> {

    private static final Duration TICK = Duration.ofMillis(500);

    /** Two connections of a line, one taking over from the other, differ by less. */
    private static final Duration HOLE_PATIENCE = Duration.ofSeconds(2);

    private final UpdateIdHoles holes = new UpdateIdHoles(HOLE_PATIENCE);
    private final AuditReport audit;
    private final AuditRounds rounds;
    private @Nullable BookTable books;
    private boolean doubtsTold;

    /**
     * @param lookEvery time between two REST answers that books are held against; zero: none
     */
    BookProcessor(
            RawDecoder<DepthMessage> decoder, FlowCounters counters, Tap tap, Duration lookEvery) {
        super(decoder, counters, tap, LineKind.DEPTH, Flow.DEPTH_RECEIVED, Flow.DEPTH_DEAD);
        this.audit = new AuditReport(counters);
        this.rounds = new AuditRounds(lookEvery);
    }

    @Override
    public void init(ProcessorContext<byte[], Object> processorContext) {
        super.init(processorContext);
        BookStateStore store = processorContext.getStateStore(StoreNames.BOOKS);
        books = store.table();
        // A task that is begun anew, in the same process too, was restored anew.
        doubtsTold = false;
        processorContext.schedule(
                TICK, PunctuationType.WALL_CLOCK_TIME, time -> tick(EpochMicros.ofMillis(time)));
    }

    private BookTable books() {
        return Objects.requireNonNull(books, "not initialised");
    }

    @Override
    void accept(
            Record<byte[], byte[]> record,
            DepthMessage message,
            RecordSource source,
            LineTally line) {
        SynchronisedBook book = books().book(message.instrument());
        EpochMicros now = now();
        SyncStep step = book.accept(message, source, now);
        count(Objects.requireNonNull(step.fate(), "fate of a message"), line);
        if (message instanceof DepthUpdate update) {
            counters().eventAt(LineKind.DEPTH, update.eventTime());
            holes.brought(
                    line, update.instrument(), update.firstUpdateId(), update.finalUpdateId(), now);
        }
        for (Effect effect : step.effects()) {
            tell(book.instrument(), effect, source.received(), record);
        }
        audit.tell(book.instrument(), step.findings());
    }

    private void tick(EpochMicros now) {
        tellOfDoubts(now);
        holes.tick(now);
        for (SynchronisedBook book : books().books()) {
            SyncStep step = book.tick(now);
            for (Effect effect : step.effects()) {
                tell(book.instrument(), effect, now, null);
            }
            audit.tell(book.instrument(), step.findings());
        }
        if (rounds.isDue(now)) {
            rounds.next(live(), now).ifPresent(this::askForALook);
        }
    }

    private List<Instrument> live() {
        return books().books().stream()
                .filter(book -> book.current().state() instanceof SyncState.Live)
                .map(SynchronisedBook::instrument)
                .toList();
    }

    private void askForALook(Instrument instrument) {
        counters().count(Flow.AUDIT_LOOKS);
        forward(
                instrument,
                TopologyNames.RESYNC,
                ResyncRequest.newBuilder()
                        .setInstrument(instrument.id())
                        .setKind(ResyncKind.RESYNC_KIND_DEPTH_AUDIT)
                        .setReason("audit")
                        .setRequestedUs(now().value())
                        .build());
    }

    /** Books that could not be restored were lost before anybody could be told. */
    private void tellOfDoubts(EpochMicros now) {
        if (doubtsTold) {
            return;
        }
        doubtsTold = true;
        for (SynchronisedBook book : books().books()) {
            if (book.current().state() instanceof SyncState.Resyncing lost
                    && lost.gap().cause() == OpenGap.Cause.RESTORE) {
                tell(book.instrument(), new Effect.Lose(lost.gap()), now, null);
            }
        }
    }

    private void count(Fate fate, LineTally line) {
        switch (fate) {
            case APPLIED -> count(Flow.DEPTH_APPLIED, line, LineFlow.FIRST);
            case DUPLICATE -> count(Flow.DEPTH_DUPLICATES, line, LineFlow.DUPLICATES);
            case BUFFERED -> count(Flow.DEPTH_BUFFERED, line, LineFlow.HELD);
            case SNAPSHOT_USED -> count(Flow.SNAPSHOTS_USED, line, LineFlow.FIRST);
            case SNAPSHOT_HELD -> count(Flow.SNAPSHOTS_HELD, line, LineFlow.HELD);
            case SNAPSHOT_IGNORED -> count(Flow.SNAPSHOTS_IGNORED, line, LineFlow.LATE);
            case PICTURE -> count(Flow.DEPTH_PICTURES, line, LineFlow.FIRST);
            case PICTURE_KNOWN -> count(Flow.DEPTH_PICTURES, line, LineFlow.DUPLICATES);
        }
    }

    private void tell(
            Instrument instrument,
            Effect effect,
            EpochMicros time,
            @Nullable Record<byte[], byte[]> cause) {
        switch (effect) {
            case Effect.Apply(DepthUpdate update, long previousUpdateId, boolean replayed) -> {
                if (replayed) {
                    counters().count(Flow.DEPTH_REPLAYED);
                }
                tellBook(delta(update, previousUpdateId), cause);
            }
            case Effect.Replace(DepthSnapshot snapshot, String reason) -> {
                audit.begunAnew(instrument);
                tellBook(reset(snapshot, time, reason), cause);
            }
            case Effect.Recall(DepthSnapshot snapshot, EpochMicros received, String reason) -> {
                audit.begunAnew(instrument);
                counters().count(Flow.SNAPSHOTS_RECALLED);
                tellBook(reset(snapshot, received, reason), cause);
            }
            case Effect.Lose(OpenGap gap) -> {
                counters().count(Flow.BOOKS_LOST);
                if (gap.cause() == OpenGap.Cause.CROSSED) {
                    counters().count(Flow.BOOKS_CROSSED);
                } else if (gap.cause() == OpenGap.Cause.CONTRADICTED) {
                    counters().count(Flow.BOOKS_CONTRADICTED);
                }
                tellBook(new BookEvent.Lost(instrument, time, gap.cause().id()), cause);
                send(instrument, TopologyNames.GAPS, found(instrument, gap), cause);
            }
            case Effect.Mend(OpenGap gap, long snapshotUpdateId) ->
                    send(
                            instrument,
                            TopologyNames.GAPS,
                            found(instrument, gap).toBuilder()
                                    .setOutcome(GapOutcome.GAP_OUTCOME_FILLED)
                                    .setHow("snapshot " + snapshotUpdateId)
                                    .setEndedUs(time.value())
                                    .build(),
                            cause);
            case Effect.Request(String reason, long usefulFrom) -> {
                counters().count(Flow.SNAPSHOTS_REQUESTED);
                send(
                        instrument,
                        TopologyNames.RESYNC,
                        request(instrument, reason, usefulFrom),
                        cause);
            }
            case Effect.Covered(int updates) -> counters().count(Flow.DEPTH_COVERED, updates);
            case Effect.Overflowed(int updates) -> counters().count(Flow.DEPTH_OVERFLOWED, updates);
        }
    }

    private void tellBook(BookEvent event, @Nullable Record<byte[], byte[]> cause) {
        tap().book(event);
        send(event.instrument(), TopologyNames.DEPTH, event, cause);
    }

    private void send(
            Instrument instrument,
            String child,
            Object value,
            @Nullable Record<byte[], byte[]> cause) {
        if (cause == null) {
            forward(instrument, child, value);
        } else {
            forward(cause, child, value);
        }
    }

    private static BookEvent delta(DepthUpdate update, long previousUpdateId) {
        return new BookEvent.Delta(
                update.instrument(),
                update.eventTime(),
                update.firstUpdateId(),
                update.finalUpdateId(),
                previousUpdateId,
                update.bids(),
                update.asks());
    }

    private static BookEvent reset(DepthSnapshot snapshot, EpochMicros received, String reason) {
        return new BookEvent.Reset(
                snapshot.instrument(),
                received,
                snapshot.lastUpdateId(),
                snapshot.bids(),
                snapshot.asks(),
                snapshot.bidsComplete(),
                snapshot.asksComplete(),
                reason);
    }

    private static Gap found(Instrument instrument, OpenGap gap) {
        return Gap.newBuilder()
                .setId("depth:" + instrument.id() + ":" + gap.from() + ":" + gap.found().value())
                .setInstrument(instrument.id())
                .setKind(GapKind.GAP_KIND_DEPTH)
                .setCause(gap.cause().id())
                .setFrom(gap.from())
                .setTo(gap.to())
                .setFoundUs(gap.found().value())
                .setOutcome(GapOutcome.GAP_OUTCOME_OPEN)
                .build();
    }

    private ResyncRequest request(Instrument instrument, String reason, long usefulFrom) {
        return ResyncRequest.newBuilder()
                .setInstrument(instrument.id())
                .setKind(ResyncKind.RESYNC_KIND_DEPTH_SNAPSHOT)
                .setReason(reason)
                .setRequestedUs(now().value())
                .setAfterUpdateId(usefulFrom)
                .build();
    }
}
