package io.tapeline.query.through;

import java.time.Duration;

/** Why candles that the exchange may have could not be had now, and when to ask again. */
public record Shortfall(String why, Duration retryAfter) {}
