package io.tapeline.aggregator.book;

import io.tapeline.schemas.market.Price;
import io.tapeline.schemas.market.Quantity;

/**
 * A level that rests in a book.
 *
 * @param setBy the update id that last set it, or the id of the snapshot that brought it
 */
public record BookLevel(Price price, Quantity quantity, long setBy) {}
