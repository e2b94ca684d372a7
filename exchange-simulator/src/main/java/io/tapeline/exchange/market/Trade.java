package io.tapeline.exchange.market;

/**
 * One fill.
 *
 * @param price in the pair's price units
 * @param quantity in the pair's quantity units
 * @param micros when it happened, microseconds since the epoch
 * @param buyerIsMaker whether the resting order was the bid: the taker sold
 */
public record Trade(long id, long price, long quantity, long micros, boolean buyerIsMaker) {}
