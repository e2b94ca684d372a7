package io.tapeline.exchange;

import io.tapeline.exchange.coingecko.CoinGeckoLimits;
import io.tapeline.exchange.deribit.DeribitLimits;

/**
 * All that can be set about the simulated Deribit and CoinGecko.
 *
 * @param seed of their prices
 */
public record VenueSettings(long seed, DeribitLimits deribit, CoinGeckoLimits coingecko) {

    /** With the limits of the real ones. */
    public static VenueSettings real() {
        return new VenueSettings(1, DeribitLimits.real(), CoinGeckoLimits.real());
    }

    public VenueSettings withSeed(long newSeed) {
        return new VenueSettings(newSeed, deribit, coingecko);
    }

    public VenueSettings withDeribit(DeribitLimits limits) {
        return new VenueSettings(seed, limits, coingecko);
    }

    public VenueSettings withCoinGecko(CoinGeckoLimits limits) {
        return new VenueSettings(seed, deribit, limits);
    }
}
