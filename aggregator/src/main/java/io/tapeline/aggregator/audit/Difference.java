package io.tapeline.aggregator.audit;

import io.tapeline.schemas.market.Price;
import io.tapeline.schemas.market.Quantity;
import io.tapeline.schemas.market.Side;

/**
 * A price at which picture and book do not agree.
 *
 * @param told quantity that the picture shows; zero where it shows that none rests
 * @param held quantity that the book holds; zero where it holds none
 */
public record Difference(Side side, Price price, Quantity told, Quantity held) {}
