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
    static Trust of(EpochMicros eventTime, String topic, RecordSource source, boolean standby) {
        return Trust.newBuilder()
                .setState(standby ? STALE : LIVE)
                .setEventTimeUs(eventTime.value())
                .setTopic(topic)
                .setPartition(source.partition())
                .setOffset(source.offset())
                .setStandby(standby)
                .setReceivedUs(source.received().value())
                .build();
    }

    static Trust of(SynchronisedBook.View view, String topic, boolean standby) {
        return of(view.eventTime(), topic, view.source(), standby).toBuilder()
                .setState(state(view, standby))
                .setUpdateId(view.book().updateId())
                .build();
    }

    /**
     * A standby is a little behind, and a restored book may be until the exchange speaks: what is
     * live there is stale.
     */
    static String state(SynchronisedBook.View view, boolean standby) {
        return switch (view.state()) {
            case SyncState.Live _ -> standby || !view.confirmed() ? STALE : LIVE;
            case SyncState.Awaiting _, SyncState.Resyncing _ -> RESYNCING;
        };
    }
}
