// Says that the server is away, and when the page asks again. Gone with the first answer.

export class AwayNotice {
  #box = document.getElementById('away');
  #why = document.getElementById('away-why');
  #retry = document.getElementById('away-retry');
  #retryAt = 0;

  /** @param now asks everything at once */
  constructor(now) {
    document.getElementById('away-now').addEventListener('click', now);
    setInterval(() => this.#count(), 500);
  }

  show(why, retryInMs) {
    this.#why.textContent = `${why}.`;
    this.#retryAt = performance.now() + retryInMs;
    this.#box.hidden = false;
    document.body.dataset.away = 'true';
    this.#count();
  }

  /** @returns whether the server was away until now */
  clear() {
    const was = !this.#box.hidden;
    this.#box.hidden = true;
    delete document.body.dataset.away;
    return was;
  }

  #count() {
    if (this.#box.hidden) return;
    const seconds = Math.ceil((this.#retryAt - performance.now()) / 1000);
    this.#retry.textContent = seconds > 0 ? `Asking again in ${seconds}\u00a0s.` : 'Asking again…';
  }
}
