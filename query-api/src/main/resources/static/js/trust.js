// How far an answer may be believed: its state, its age, and the record it came from.

const MEANING = {
  LIVE: 'Synchronised with the exchange',
  RESYNCING: 'A gap was found; this is the last known data until the next snapshot',
  STALE: 'Nothing new for longer than expected',
};

/** An answer's age now: what the server said, and what has passed since. `receivedAt` is of performance.now(). */
export function ageMs(answer, receivedAt) {
  return answer.ageMs == null ? null : Math.max(0, answer.ageMs + performance.now() - receivedAt);
}

/** "84 ms", "1.2 s", "3 min", "2 h", "5 d". */
export function showAge(ms) {
  if (ms == null || !Number.isFinite(ms)) return '–';
  if (ms < 1_000) return `${Math.round(ms)} ms`;
  if (ms < 10_000) return `${(ms / 1_000).toFixed(1)} s`;
  if (ms < 60_000) return `${Math.floor(ms / 1_000)} s`;
  if (ms < 3_600_000) return `${Math.floor(ms / 60_000)} min`;
  if (ms < 86_400_000) return `${Math.floor(ms / 3_600_000)} h`;
  return `${Math.floor(ms / 86_400_000)} d`;
}

export function showState(badge, state) {
  const text = state ?? 'UNKNOWN';
  if (badge.textContent === text) return;
  badge.textContent = text;
  badge.dataset.state = text;
  badge.title = MEANING[text] ?? '';
}

/** "tapeline.raw.depth / 3 @ 918273", or "-" where the server did not say. */
export function showSource(source) {
  if (source == null) return '–';
  if (typeof source === 'string') return source;
  if (source.topic == null || source.topic === '') return '–';
  return `${source.topic} / ${source.partition} @ ${source.offset}`;
}
