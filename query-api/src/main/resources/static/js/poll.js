// Asks again and again: at `everyMs()` after an answer, with doubling back-off (or the server's Retry-After) after a
// failure, not at all while nobody looks at the page.

const FIRST_RETRY_MS = 1_000;
const LAST_RETRY_MS = 20_000;
const REFUSED_RETRY_MS = 5_000; // the same question gets the same answer for a while

/**
 * @param load(signal) asks, and resolves with the answer
 * @param onAnswer(answer)
 * @param onFailure(failure, retryInMs)
 * @returns {stop, now}: `now` asks at once and forgets the back-off
 */
export function poll({ load, everyMs, onAnswer, onFailure }) {
  let failures = 0;
  let timer = 0;
  let running = null;

  async function ask() {
    clearTimeout(timer);
    if (document.hidden) return;
    running?.abort();
    const mine = (running = new AbortController());
    try {
      const answer = await load(mine.signal);
      if (mine.signal.aborted) return;
      failures = 0;
      onAnswer(answer);
      timer = setTimeout(ask, everyMs());
    } catch (failure) {
      if (mine.signal.aborted) return;
      const backOff = Math.min(LAST_RETRY_MS, FIRST_RETRY_MS * 2 ** failures++);
      const least = failure.retryAfterMs || (failure.status === 400 || failure.status === 404 ? REFUSED_RETRY_MS : 0);
      const waitMs = Math.max(least, backOff * (0.85 + 0.3 * Math.random()));
      onFailure(failure, waitMs);
      timer = setTimeout(ask, waitMs);
    } finally {
      if (running === mine) running = null;
    }
  }

  function now() {
    failures = 0;
    ask();
  }

  function onVisibility() {
    if (!document.hidden) now();
  }

  document.addEventListener('visibilitychange', onVisibility);
  ask();
  return {
    now,
    stop() {
      document.removeEventListener('visibilitychange', onVisibility);
      clearTimeout(timer);
      running?.abort();
    },
  };
}
