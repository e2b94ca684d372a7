package io.tapeline.schemas.market;

import java.util.Set;

/**
 * A book as asked for (EXCHANGES.md A.5 step 2).
 *
 * @param bids best first; likewise {@code asks}
 * @param limit most levels a side that the answer could have; a side with fewer is all there was
 */
public record DepthSnapshot(
        Instrument instrument, long lastUpdateId, Levels bids, Levels asks, int limit)
        implements DepthMessage {

    private static final Set<Integer> CUTS = Set.of(5, 10, 20, 50, 100, 500, 1_000, 5_000);

    public DepthSnapshot {
        if (lastUpdateId < 0 || limit <= 0) {
            throw new IllegalArgumentException(
                    "depth snapshot "
                            + instrument
                            + ": last update id "
                            + lastUpdateId
                            + ", limit "
                            + limit);
        }
    }

    /**
     * Whether the side holds all there was: not, where it is as long as an answer that was cut
     * could be.
     */
    public boolean bidsComplete() {
        return isWhole(bids.size(), limit);
    }

    /** As {@link #bidsComplete}. */
    public boolean asksComplete() {
        return isWhole(asks.size(), limit);
    }

    /**
     * A side shorter than the limit is whole, by A.6. But an exchange, or what stands in for it,
     * may cut lower than it was asked to, and then at one of its round limits: such a length is not
     * taken for the whole.
     */
    static boolean isWhole(int size, int limit) {
        return size < limit && !CUTS.contains(size);
    }
}
