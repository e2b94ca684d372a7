package io.tapeline.schemas.market;

/**
 * A change of a book as the exchange's diff stream tells it (EXCHANGES.md A.5): quantities are
 * absolute, 0 removes a level.
 *
 * @param firstUpdateId {@code U}
 * @param finalUpdateId {@code u}, at least {@code firstUpdateId}
 */
public record DepthUpdate(
        Instrument instrument,
        EpochMicros eventTime,
        long firstUpdateId,
        long finalUpdateId,
        Levels bids,
        Levels asks)
        implements DepthMessage {

    public DepthUpdate {
        if (firstUpdateId < 0 || finalUpdateId < firstUpdateId) {
            throw new IllegalArgumentException(
                    "depth update "
                            + instrument
                            + ": first id "
                            + firstUpdateId
                            + " and final id "
                            + finalUpdateId
                            + " are not in order");
        }
    }
}
