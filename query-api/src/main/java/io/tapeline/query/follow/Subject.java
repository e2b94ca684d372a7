package io.tapeline.query.follow;

import io.tapeline.query.routing.Store;
import io.tapeline.schemas.market.Instrument;
import io.tapeline.schemas.proto.FeedSubject;
import org.jspecify.annotations.Nullable;

/**
 * What a feed is asked to tell.
 *
 * @param instrument null: all
 */
record Subject(Store kind, @Nullable Instrument instrument) {

    FeedSubject toProto() {
        FeedSubject.Builder subject = FeedSubject.newBuilder().setStore(kind.id());
        return instrument == null
                ? subject.build()
                : subject.setInstrument(instrument.id()).build();
    }
}
