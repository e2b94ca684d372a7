// Server-sent events, where the server has them. The page is right without them: whoever listens keeps a slow poll too,
// and a fast one while `quietMs` says that nothing comes. Closed while nobody looks, because browsers allow
// six connections to a host over HTTP/1.1, all tabs together.

const RETRY_MS = 3_000;
const ABSENT_RETRY_MS = 60_000;

/**
 * @param query of /v1/stream: {instruments, types}
 * @param on event type -> function(data)
 * @returns {stop, quietMs}: milliseconds since anything came (Infinity where nothing did since it was opened)
 */
export function follow(query, on) {
  let source = null;
  let timer = 0;
  let heardAt = -Infinity;

  function open() {
    clearTimeout(timer);
    if (document.hidden || source) return;
    let opened = false;
    source = new EventSource(new URL(`v1/stream?${new URLSearchParams(query)}`, document.baseURI));
    source.onopen = () => (opened = true);
    source.onerror = () => {
      heardAt = -Infinity;
      if (source?.readyState !== EventSource.CLOSED) return; // the browser reconnects by itself
      close();
      timer = setTimeout(open, opened ? RETRY_MS : ABSENT_RETRY_MS);
    };
    for (const [type, take] of Object.entries(on)) {
      source.addEventListener(type, (event) => {
        heardAt = performance.now();
        take(JSON.parse(event.data));
      });
    }
  }

  function close() {
    source?.close();
    source = null;
    heardAt = -Infinity;
  }

  function onVisibility() {
    if (document.hidden) close();
    else open();
  }

  document.addEventListener('visibilitychange', onVisibility);
  open();
  return {
    quietMs: () => performance.now() - heardAt,
    /** Tries at once where the stream was given up for a while. */
    now: open,
    stop() {
      document.removeEventListener('visibilitychange', onVisibility);
      clearTimeout(timer);
      close();
    },
  };
}
