package io.tapeline.aggregator.tap;

import io.tapeline.schemas.market.Instrument;

/** What the reader of a feed does next. */
public sealed interface Next {

    record Tell(Accepted accepted) implements Next {}

    /** Tell what the store holds: between {@link Feed#begins} and sending it nothing is taken. */
    record TellHeld(Place place) implements Next {}

    /** Likewise of all instruments whose partition is active here. */
    record TellAllHeld(Kind kind) implements Next {}

    /** Another instance tells of it, or nobody at the moment. */
    record TellGone(Kind kind, Instrument instrument, String reason) implements Next {}

    /** Nothing came within the patience. */
    record Quiet() implements Next {}

    record Closed() implements Next {}
}
