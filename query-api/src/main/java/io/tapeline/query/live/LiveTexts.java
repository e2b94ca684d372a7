package io.tapeline.query.live;

import io.tapeline.query.follow.LiveEvent;
import io.tapeline.schemas.market.Instrument;

/** Writes what is told as JSON, on one line. */
public interface LiveTexts {

    String price(LiveEvent.PriceChange price);

    String candle(LiveEvent.CandleChange candle);

    String depth(LiveEvent.BookSnapshot book);

    String depth(LiveEvent.BookDelta delta);

    String depth(LiveEvent.BookLost lost);

    /** The reader was too slow: changes of the book were passed over, it follows whole. */
    String resync(Instrument instrument, int passedOver);
}
