// The pipeline's health in one line, and all of it in the sheet beneath.

import { showAge } from './trust.js';

/** The lines that an ingestor answers for; of others there are records alone. */
function carried(status) {
  return status.lines.filter((line) => line.state !== 'UNREPORTED');
}

/** What the line needs, out of /v1/status. Pure. */
export function summarise(status) {
  const { books, aggregators, history } = status;
  const lines = carried(status);
  const away = status.unreachable ?? [];
  const streaming = lines.filter((line) => line.state === 'STREAMING').length;
  const notLive = Object.entries(books).some(([state, count]) => state !== 'LIVE' && count > 0);
  const bad = aggregators.length === 0 || (lines.length > 0 && streaming === 0) || history.state === 'FAILED';
  const warn = away.length > 0 || streaming < lines.length || notLive || history.state !== 'RECORDING' || aggregators.some((one) => one.state !== 'RUNNING');
  return { level: bad ? 'bad' : warn ? 'warn' : 'good', streaming, lag: status.lag.records, newestMs: status.freshness.ageMs };
}

const whole = new Intl.NumberFormat('en-GB');

export class Health {
  #dot = document.getElementById('health-dot');
  #line = document.getElementById('health-line');
  #sheet = document.getElementById('health-sheet');

  #box = document.getElementById('health');
  #gaps = null;

  /** Whether somebody reads the sheet: what is in it alone need not be asked for otherwise. */
  get isOpen() {
    return this.#box.open;
  }

  /** The newest of the gap ledger. */
  putGaps(gaps) {
    const made = table('Newest gaps', ['Found', 'Pair', 'Kind', 'Outcome', 'Why'],
      gaps.map((gap) => [`${gap.found?.slice(5, 10) ?? ''} ${gap.found?.slice(11, 19) ?? '–'}`, gap.symbol, gap.kind, gap.outcome, gap.how || gap.cause]));
    this.#gaps?.replaceWith(made);
    if (!this.#gaps) this.#sheet.append(made);
    this.#gaps = made;
  }

  put(status) {
    const { books, aggregators, history } = status;
    const lines = carried(status);
    const away = status.unreachable ?? [];
    const sum = summarise(status);
    this.#dot.dataset.level = sum.level;
    const counts = Object.entries(books).filter(([, count]) => count > 0)
      .map(([state, count]) => `${whole.format(count)} ${state.toLowerCase()}`).join(', ');
    const parts = [
      lines.length ? `${sum.streaming} of ${lines.length} ${lines.length === 1 ? 'line' : 'lines'} streaming` : 'no line to an exchange',
      aggregators.length ? `books: ${counts || 'none yet'}` : 'no aggregator answers',
      sum.lag == null ? '' : `lag ${whole.format(sum.lag)}`,
      sum.newestMs == null ? '' : `newest event ${showAge(sum.newestMs)} ago`,
      away.length ? `${away.length} ${away.length === 1 ? 'part does' : 'parts do'} not answer` : '',
      history.state === 'RECORDING' ? '' : `history ${history.state.toLowerCase()}`,
    ];
    this.#line.replaceChildren(...parts.filter(Boolean).map((text) => Object.assign(document.createElement('span'), { textContent: text })));
    this.#sheet.replaceChildren(
      table('Pipeline', ['Instruments', 'Records behind', 'Newest event'],
        [[whole.format(status.instruments), sum.lag == null ? '–' : whole.format(sum.lag), ago(sum.newestMs)]]),
      table('Lines to the exchanges', ['Line', 'Venue', 'State', 'Sockets', 'Streams', 'Age', 'Received', 'First', 'Missed'],
        status.lines.map((line) => [line.line, line.venue, line.state, whole.format(line.connections), whole.format(line.streams), showAge(line.newestFrameAgeMs),
          ...['received', 'first', 'missed'].map((name) => whole.format(line[name] ?? 0))])),
      table('Books by state', ['State', 'Books'], Object.entries(books).map(([state, count]) => [state, whole.format(count)])),
      table('Aggregators', ['Address', 'State', 'Prices'], aggregators.map((one) => [one.address, one.state, whole.format(one.prices)])),
      ...(away.length ? [table('Not answering', ['Part', 'Address'], away.map((one) => [one.part, one.address]))] : []),
      table('History', ['State', 'Candles', 'Prices', 'Gaps', 'Dead letters'],
        [[history.why ? `${history.state}: ${history.why}` : history.state, ...['candles', 'prices', 'gaps', 'deadLetters'].map((name) => whole.format(history[name]))]]),
      ...(this.#gaps ? [this.#gaps] : []),
    );
  }

  fail(text) {
    this.#dot.dataset.level = 'bad';
    this.#line.textContent = text;
  }
}

function ago(ms) {
  return ms == null ? '–' : `${showAge(ms)} ago`;
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
