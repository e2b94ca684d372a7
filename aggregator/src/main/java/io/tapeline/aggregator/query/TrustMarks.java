package io.tapeline.aggregator.query;

import io.tapeline.aggregator.sync.RecordSource;
import io.tapeline.aggregator.sync.SyncState;
import io.tapeline.aggregator.sync.SynchronisedBook;
import io.tapeline.schemas.market.EpochMicros;
import io.tapeline.schemas.proto.Trust;

/** How far an answer may be believed. */
final class TrustMarks {

    static final String LIVE = "LIVE";
    static final String RESYNCING = "RESYNCING";
    static final String STALE = "STALE";

    private TrustMarks() {}

    /** Of a value that one record told. */
    static Trust of(EpochMicros eventTime, String topic, RecordSource source, Standing standing) {
        return Trust.newBuilder()
                .setState(standing == Standing.CURRENT ? LIVE : STALE)
                .setEventTimeUs(eventTime.value())
                .setTopic(topic)
                .setPartition(source.partition())
                .setOffset(source.offset())
                .setStandby(standing == Standing.STANDBY)
                .setReceivedUs(source.received().value())
                .build();
    }

    static Trust of(SynchronisedBook.View view, String topic, Standing standing) {
        return of(view.eventTime(), topic, view.source(), standing).toBuilder()
                .setState(state(view, standing))
                .setUpdateId(view.book().updateId())
                .build();
    }

    /**
     * A standby is a little behind, one that was just taken over more so, and a restored book may
     * be until the exchange speaks: what is live there is stale.
     */
    static String state(SynchronisedBook.View view, Standing standing) {
        return switch (view.state()) {
            case SyncState.Live _ ->
                    standing == Standing.CURRENT && view.confirmed() ? LIVE : STALE;
            case SyncState.Awaiting _, SyncState.Resyncing _ -> RESYNCING;
        };
    }
}
