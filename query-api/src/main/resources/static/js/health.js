// The pipeline's health in one line, and all of it in the sheet beneath.

import { showAge } from './trust.js';

/** What the line needs, out of /v1/status. Pure. */
export function summarise(status) {
  const lines = status.lines ?? [];
  const books = booksByState(status.books);
  const lag = lagOf(status.lag);
  const streaming = lines.filter((line) => line.state === 'STREAMING').length;
  const total = Object.values(books).reduce((sum, count) => sum + count, 0);
  const notLive = total - (books.LIVE ?? 0);
  const freshness = status.freshness ?? {};
  const newestMs = freshness.ageMs ?? null;
  const level = lines.length > 0 && streaming === 0 ? 'bad' : streaming < lines.length || notLive > 0 ? 'warn' : 'good';
  return { level, lines, streaming, books, total, lag, newestMs };
}

function booksByState(books) {
  if (Array.isArray(books)) return Object.fromEntries(books.map((one) => [one.state, Number(one.books)]));
  return Object.fromEntries(Object.entries(books ?? {}).map(([state, count]) => [state, Number(count)]));
}

function lagOf(lag) {
  if (lag == null) return null;
  if (Array.isArray(lag)) return lag.reduce((sum, one) => sum + Number(one.lag ?? Number(one.end) - Number(one.position)), 0);
  return Number(lag.records ?? lag);
}

const whole = new Intl.NumberFormat('en-GB');

export class Health {
  #dot = document.getElementById('health-dot');
  #line = document.getElementById('health-line');
  #sheet = document.getElementById('health-sheet');

  put(status) {
    const sum = summarise(status);
    this.#dot.dataset.level = sum.level;
    const books = Object.entries(sum.books).filter(([, count]) => count > 0)
      .map(([state, count]) => `${whole.format(count)} ${state.toLowerCase()}`).join(', ');
    const parts = [
      sum.lines.length ? `${sum.streaming} of ${sum.lines.length} ${sum.lines.length === 1 ? 'line' : 'lines'} streaming` : 'no lines known',
      `books: ${books || 'none yet'}`,
      sum.lag == null ? '' : `lag ${whole.format(sum.lag)}`,
      sum.newestMs == null ? '' : `newest event ${showAge(sum.newestMs)} ago`,
    ];
    this.#line.replaceChildren(...parts.filter(Boolean).map((text) => Object.assign(document.createElement('span'), { textContent: text })));
    this.#sheet.replaceChildren(
      table('Pipeline', ['Records behind', 'Newest event'], [[sum.lag == null ? '–' : whole.format(sum.lag), sum.newestMs == null ? '–' : `${showAge(sum.newestMs)} ago`]]),
      table('Lines: connections to the exchange', ['Line', 'Venue', 'State', 'Connections', 'Streams', 'Newest frame'],
        sum.lines.map((line) => [line.line, line.venue, line.state, whole.format(line.connections ?? 0), whole.format(line.streams ?? 0),
          line.newestFrameAgeMs == null ? '–' : `${showAge(line.newestFrameAgeMs)} ago`])),
      table('Books by state', ['State', 'Books'], Object.entries(sum.books).map(([state, count]) => [state, whole.format(count)])),
    );
  }

  fail(text) {
    this.#dot.dataset.level = 'bad';
    this.#line.textContent = text;
  }
}

function table(caption, headings, rows) {
  const made = document.createElement('table');
  made.createCaption().textContent = caption;
  const head = made.createTHead().insertRow();
  for (const heading of headings) head.appendChild(Object.assign(document.createElement('th'), { textContent: heading, scope: 'col' }));
  const body = made.createTBody();
  for (const row of rows) {
    const line = body.insertRow();
    for (const value of row) line.insertCell().textContent = value ?? '–';
  }
  if (!rows.length) body.insertRow().insertCell().textContent = 'None';
  return made;
}
