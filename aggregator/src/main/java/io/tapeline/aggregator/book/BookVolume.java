package io.tapeline.aggregator.book;

import io.tapeline.schemas.market.Decimal;

/**
 * What rests on one side at some prices, exactly.
 *
 * @param volume sum of quantities
 * @param total sum of price x quantity
 * @param levels how many were counted
 * @param complete every level that the exchange holds there was counted
 */
public record BookVolume(Decimal volume, Decimal total, int levels, boolean complete) {}
