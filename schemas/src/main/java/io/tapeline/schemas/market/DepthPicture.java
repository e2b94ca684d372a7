package io.tapeline.schemas.market;

/**
 * The best levels of the exchange's book as of an update id: neither a change of a book nor meant
 * to become one, but something that a book can be held against.
 *
 * @param updateId as of which it is; the same counter as the updates' (EXCHANGES.md A.5)
 * @param bids best first: every level at the last one's price or better; likewise {@code asks}. An
 *     empty side tells nothing
 * @param limit most levels a side that it could have
 */
public record DepthPicture(
        Instrument instrument,
        PictureSource source,
        long updateId,
        Levels bids,
        Levels asks,
        int limit)
        implements DepthMessage {

    public DepthPicture {
        if (updateId < 0 || limit <= 0) {
            throw new IllegalArgumentException(
                    "depth picture " + instrument + ": update id " + updateId + ", limit " + limit);
        }
    }

    /** What a snapshot shows. */
    public static DepthPicture of(DepthSnapshot snapshot) {
        return new DepthPicture(
                snapshot.instrument(),
                PictureSource.SNAPSHOT,
                snapshot.lastUpdateId(),
                snapshot.bids(),
                snapshot.asks(),
                snapshot.limit());
    }

    public Levels levels(Side side) {
        return switch (side) {
            case BID -> bids;
            case ASK -> asks;
        };
    }

    /** Whether the side holds all there was. */
    public boolean isWhole(Side side) {
        int size = levels(side).size();
        return size > 0 && DepthSnapshot.isWhole(size, limit);
    }
}
