package io.tapeline.aggregator.book;

import io.tapeline.schemas.market.Quantity;
import io.tapeline.schemas.market.Side;
import org.jspecify.annotations.Nullable;

/**
 * What rests at one price.
 *
 * @param side null: no level rests there
 * @param quantity zero where none rests
 * @param setBy the update id that last set the level, or the id of the snapshot that brought it; 0
 *     where none rests
 * @param complete the price lies within the authoritative range
 */
public record LevelState(@Nullable Side side, Quantity quantity, long setBy, boolean complete) {}
