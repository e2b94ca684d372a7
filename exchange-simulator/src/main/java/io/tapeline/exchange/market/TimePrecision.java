package io.tapeline.exchange.market;

/** The unit of the times in an answer or payload (EXCHANGES A.2, {@code timeUnit}). */
public enum TimePrecision {
    MILLISECOND,
    MICROSECOND
}
