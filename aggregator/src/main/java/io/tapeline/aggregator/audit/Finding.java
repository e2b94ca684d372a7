package io.tapeline.aggregator.audit;

import io.tapeline.schemas.market.PictureSource;

/**
 * What became of a picture; each has exactly one.
 *
 * @param pictureId as of which the picture was
 * @param bookId as of which the book was then
 */
public record Finding(PictureSource source, long pictureId, long bookId, Outcome outcome) {}
