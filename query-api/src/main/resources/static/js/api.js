// One way to ask the API. A failure says what kind it is: the server answered with a problem (and may say when to come
// back), or it is away.

export class Problem extends Error {
  constructor(status, document, retryAfterMs) {
    super(document.detail || document.title || `The server answered ${status}.`);
    this.status = status;
    this.title = document.title || `Error ${status}`;
    this.detail = document.detail || '';
    this.retryAfterMs = retryAfterMs;
  }
}

export class Away extends Error {}

const TIMEOUT_MS = 10_000;

/** Path segments of an instrument: symbols may hold any character. */
export function pathOf({ venue, symbol }) {
  return `${encodeURIComponent(venue)}/${encodeURIComponent(symbol)}`;
}

/** @returns the JSON answer; throws Problem, Away, or the AbortError of `signal`. */
export async function get(path, signal) {
  const limit = AbortSignal.timeout(TIMEOUT_MS);
  let answer;
  try {
    answer = await fetch(new URL(path, document.baseURI), {
      headers: { Accept: 'application/json' },
      cache: 'no-store',
      signal: signal ? AbortSignal.any([signal, limit]) : limit,
    });
    if (answer.ok) return await answer.json();
  } catch (failure) {
    if (signal?.aborted) throw failure;
    const why = failure.name === 'TimeoutError' ? `No answer within ${TIMEOUT_MS / 1000} s`
      : failure instanceof SyntaxError ? 'The answer could not be read' : 'There is no connection to it';
    throw new Away(why, { cause: failure });
  }
  throw new Problem(answer.status, await problemOf(answer), retryAfterMs(answer));
}

async function problemOf(answer) {
  if (!/json/.test(answer.headers.get('Content-Type') ?? '')) return { title: answer.statusText };
  try {
    return await answer.json();
  } catch {
    return { title: answer.statusText, detail: 'The server sent an error that could not be read.' };
  }
}

function retryAfterMs(answer) {
  const seconds = Number(answer.headers.get('Retry-After'));
  return Number.isFinite(seconds) && seconds > 0 ? seconds * 1000 : 0;
}
