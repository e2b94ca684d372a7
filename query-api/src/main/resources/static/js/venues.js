// What the venues tell: some a price alone, no candles, book or statistics.

const PRICE_ALONE = { deribit: 'Deribit', coingecko: 'CoinGecko' };

/** The name of a venue that tells a price alone; undefined for those that tell more. */
export function priceAlone(venue) {
  return Object.hasOwn(PRICE_ALONE, venue) ? PRICE_ALONE[venue] : undefined;
}
