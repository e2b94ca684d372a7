package io.tapeline.schemas.market;

/**
 * A book as asked for (EXCHANGES.md A.5 step 2).
 *
 * @param bids best first; likewise {@code asks}
 * @param limit most levels a side that the answer could have; a side with fewer is all there was
 */
public record DepthSnapshot(
        Instrument instrument, long lastUpdateId, Levels bids, Levels asks, int limit)
        implements DepthMessage {

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

    public boolean bidsComplete() {
        return bids.size() < limit;
    }

    public boolean asksComplete() {
        return asks.size() < limit;
    }
}
