package io.tapeline.schemas.market;

/** What the raw depth topic brings of a book: a change of it, or all of it. */
public sealed interface DepthMessage permits DepthUpdate, DepthSnapshot {

    Instrument instrument();
}
