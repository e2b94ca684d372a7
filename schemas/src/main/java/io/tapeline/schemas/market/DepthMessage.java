package io.tapeline.schemas.market;

/** What the raw depth topic brings of a book: a change of it, all of it, or a look at it. */
public sealed interface DepthMessage permits DepthUpdate, DepthSnapshot, DepthPicture {

    Instrument instrument();
}
