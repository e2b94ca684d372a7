package io.tapeline.aggregator.store;

import io.tapeline.aggregator.sync.Ahead;
import io.tapeline.aggregator.sync.Early;
import io.tapeline.aggregator.sync.OpenGap;
import io.tapeline.aggregator.sync.PendingUpdates;
import io.tapeline.aggregator.sync.RecordSource;
import io.tapeline.aggregator.sync.RequestPacing;
import io.tapeline.aggregator.sync.SyncState;
import io.tapeline.aggregator.sync.SynchronisedBook;
import io.tapeline.schemas.market.DepthUpdate;
import io.tapeline.schemas.market.EpochMicros;
import io.tapeline.schemas.market.Instrument;
import io.tapeline.schemas.wire.MalformedPayload;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What every record of the book journal tells beside levels: where the book stands, and the updates
 * that wait, of which only those that came since the record before are written. Of a snapshot that
 * is held only its id is told: a book that has not reached it when restored, nor does soon after,
 * asks for another.
 */
record JournalHead(
        long generation,
        int sequence,
        long updateId,
        EpochMicros eventTime,
        RecordSource source,
        SyncState state) {

    private static final int VERSION = 1;
    private static final int AWAITING = 0;
    private static final int LIVE = 1;
    private static final int RESYNCING = 2;
    private static final int LIVE_BEHIND = 3;
    private static final int PENDING_ADDED = 0;
    private static final int PENDING_WHOLE = 1;

    /**
     * @param told the waiting updates that the records before told; null: tell all
     */
    static void write(
            JournalWriter out,
            long generation,
            int sequence,
            SynchronisedBook.View view,
            @Nullable PendingUpdates told) {
        out.tag(VERSION);
        out.unsigned(generation);
        out.unsigned(sequence);
        out.unsigned(view.book().updateId());
        out.unsigned(view.eventTime().value());
        out.signed(view.source().partition());
        out.signed(view.source().offset());
        out.unsigned(view.source().received().value());
        writeState(out, view.state());
        writePending(out, view.state().pending(), told);
    }

    private static void writeState(JournalWriter out, SyncState state) {
        switch (state) {
            case SyncState.Awaiting _ -> out.tag(AWAITING);
            case SyncState.Live live -> {
                Ahead ahead = live.ahead();
                out.tag(ahead == null ? LIVE : LIVE_BEHIND);
                out.unsigned(live.since().value());
                if (ahead != null) {
                    out.unsigned(ahead.expected());
                    out.unsigned(ahead.newest() - ahead.expected());
                }
            }
            case SyncState.Resyncing resyncing -> {
                out.tag(RESYNCING);
                OpenGap gap = resyncing.gap();
                out.tag(gap.cause().ordinal());
                out.unsigned(gap.from());
                out.unsigned(gap.to());
                out.unsigned(gap.found().value());
            }
        }
        out.unsigned(state.pacing().attempts());
        out.unsigned(state.pacing().lastRequest().value());
    }

    private static void writePending(
            JournalWriter out, PendingUpdates pending, @Nullable PendingUpdates told) {
        List<DepthUpdate> added = told == null ? null : pending.since(told);
        List<DepthUpdate> updates = added == null ? pending.inOrder() : added;
        out.tag(added == null ? PENDING_WHOLE : PENDING_ADDED);
        out.unsigned(updates.size());
        for (DepthUpdate update : updates) {
            out.unsigned(update.firstUpdateId());
            out.unsigned(update.finalUpdateId() - update.firstUpdateId());
            out.unsigned(update.eventTime().value());
            out.levels(update.bids());
            out.levels(update.asks());
        }
    }

    /**
     * @param before the waiting updates that the records before told
     */
    static JournalHead read(JournalReader in, Instrument instrument, PendingUpdates before)
            throws MalformedPayload {
        int version = in.tag();
        if (version != VERSION) {
            throw new MalformedPayload("book journal: record of unknown version " + version);
        }
        long generation = in.unsigned();
        int sequence = (int) in.unsigned();
        long updateId = in.unsigned();
        EpochMicros eventTime = new EpochMicros(in.unsigned());
        RecordSource source =
                new RecordSource((int) in.signed(), in.signed(), new EpochMicros(in.unsigned()));
        SyncState state = readState(in, instrument, updateId, source.received(), before);
        return new JournalHead(generation, sequence, updateId, eventTime, source, state);
    }

    private static SyncState readState(
            JournalReader in,
            Instrument instrument,
            long updateId,
            EpochMicros received,
            PendingUpdates before)
            throws MalformedPayload {
        int tag = in.tag();
        return switch (tag) {
            case AWAITING -> {
                RequestPacing pacing = readPacing(in);
                yield new SyncState.Awaiting(readPending(in, instrument, before), pacing);
            }
            case LIVE, LIVE_BEHIND -> {
                EpochMicros since = new EpochMicros(in.unsigned());
                Ahead ahead = tag == LIVE ? null : readAhead(in);
                RequestPacing pacing = readPacing(in);
                PendingUpdates pending = readPending(in, instrument, before);
                yield new SyncState.Live(
                        updateId, since, pacing, ahead, Early.restored(pending, received));
            }
            case RESYNCING -> {
                OpenGap gap = readGap(in);
                RequestPacing pacing = readPacing(in);
                yield new SyncState.Resyncing(readPending(in, instrument, before), pacing, gap);
            }
            default -> throw new MalformedPayload("book journal: unknown state " + tag);
        };
    }

    private static Ahead readAhead(JournalReader in) throws MalformedPayload {
        long expected = in.unsigned();
        return Ahead.restored(expected, expected + in.unsigned());
    }

    private static OpenGap readGap(JournalReader in) throws MalformedPayload {
        int cause = in.tag();
        OpenGap.Cause[] causes = OpenGap.Cause.values();
        if (cause < 0 || cause >= causes.length) {
            throw new MalformedPayload("book journal: unknown cause " + cause);
        }
        return new OpenGap(
                causes[cause], in.unsigned(), in.unsigned(), new EpochMicros(in.unsigned()));
    }

    private static RequestPacing readPacing(JournalReader in) throws MalformedPayload {
        return new RequestPacing((int) in.unsigned(), new EpochMicros(in.unsigned()));
    }

    private static PendingUpdates readPending(
            JournalReader in, Instrument instrument, PendingUpdates before)
            throws MalformedPayload {
        PendingUpdates pending = in.tag() == PENDING_ADDED ? before : PendingUpdates.NONE;
        int count = in.count();
        for (int i = 0; i < count; i++) {
            long first = in.unsigned();
            long last = first + in.unsigned();
            EpochMicros eventTime = new EpochMicros(in.unsigned());
            pending =
                    pending.and(
                            new DepthUpdate(
                                    instrument, eventTime, first, last, in.levels(), in.levels()));
        }
        return pending;
    }
}
