// The address holds the choice: #/binance/BTCUSDT/5m. So a pair can be linked to, and Back works.

import { INTERVAL_SECONDS } from './candles.js';

/** The choice in the address, or null. */
export function chosen() {
  const parts = location.hash.split('/');
  if (parts.length < 3) return null;
  try {
    const [venue, symbol] = parts.slice(1, 3).map(decodeURIComponent);
    const interval = Object.hasOwn(INTERVAL_SECONDS, parts[3]) ? parts[3] : '1m';
    return venue && symbol ? { venue, symbol, interval } : null;
  } catch {
    return null; // not a well-formed address
  }
}

export function addressOf({ venue, symbol, interval }) {
  return `#/${encodeURIComponent(venue)}/${encodeURIComponent(symbol)}/${interval}`;
}
