package io.tapeline.query.mirror.stream;

import io.tapeline.query.follow.LiveEvent;
import io.tapeline.schemas.market.Instrument;
import org.jspecify.annotations.Nullable;

/** The best levels of a followed book as of now. */
interface BookTops {

    /**
     * @param levels most a side
     * @return null where nothing is known
     */
    LiveEvent.@Nullable BookSnapshot of(Instrument instrument, int levels);
}
