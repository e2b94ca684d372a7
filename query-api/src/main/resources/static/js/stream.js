// Server-sent events, where the server has them. The page is right without them: whoever listens keeps a slow poll too,
// and a fast one while `quietMs` says that nothing comes. Closed while nobody looks, because browsers allow
// six connections to a host over HTTP/1.1, all tabs together.

const RETRY_MS = 3_000;
const ABSENT_RETRY_MS = 60_000;

/**
 * @param query of /v1/stream: {instruments, types}
 * @param on event type -> function(data), which returns false for what it has no use for
 * @returns {stop, now, quietMs}: `quietMs(type)` is the milliseconds since something useful of the type came, Infinity
 *     where nothing did since the stream was opened
 */
export function follow(query, on) {
  let source = null;
  let timer = 0;
  const heardAt = new Map();

  function open() {
    clearTimeout(timer);
    if (document.hidden || source) return;
    let opened = false;
    source = new EventSource(new URL(`v1/stream?${new URLSearchParams(query)}`, document.baseURI));
    source.onopen = () => (opened = true);
    source.onerror = () => {
      heardAt.clear();
      if (source?.readyState !== EventSource.CLOSED) return; // the browser reconnects by itself
      close();
      timer = setTimeout(open, opened ? RETRY_MS : ABSENT_RETRY_MS);
    };
    for (const [type, take] of Object.entries(on)) {
      source.addEventListener(type, (event) => {
        if (take(JSON.parse(event.data)) !== false) heardAt.set(type, performance.now());
      });
    }
  }

  function close() {
    source?.close();
    source = null;
    heardAt.clear();
  }

  function onVisibility() {
    if (document.hidden) close();
    else open();
  }

  document.addEventListener('visibilitychange', onVisibility);
  open();
  return {
    quietMs: (type) => performance.now() - (heardAt.get(type) ?? -Infinity),
    /** Tries at once where the stream was given up for a while. */
    now: open,
    stop() {
      document.removeEventListener('visibilitychange', onVisibility);
      clearTimeout(timer);
      close();
    },
  };
}
