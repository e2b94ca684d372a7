// The order book as a ladder: asks above, bids below, bars for the cumulative size. Sums are exact.

import { add, isDecimal, middle, places, ratio, show, subtract } from './decimal.js';
import { ageMs, showAge, showSource, showState } from './trust.js';

const ROW_PX = 22;
const LEAST_ROWS = 3;
const MOST_ROWS = 40;

/** Levels with the running total from the best one on: [{price, size, total}]. */
export function totals(levels) {
  let total = '0';
  return levels.map(([price, size]) => ({ price, size, total: (total = add(total, size)) }));
}

export class BookLadder {
  #page = {};
  #answer = null;
  #receivedAt = 0;
  #rows = { asks: [], bids: [] };
  #frame = 0;
  #places = { price: 0, size: 0 };

  constructor() {
    for (const id of ['asks', 'bids', 'spread', 'ladders', 'book-state', 'book-age', 'book-note', 'book-message', 'book-provenance']) {
      this.#page[id] = document.getElementById(id);
    }
    this.#facts = facts(this.#page['book-provenance'], ['Update id', 'Source', 'Known range']);
    new ResizeObserver(() => this.#refresh()).observe(this.#page.ladders);
    setInterval(() => this.#age(), 250);
  }

  #facts;

  /** Another pair: nothing is known of it yet. `places` of its tick size, where the registry names one. */
  clear(message, tickPlaces = 0) {
    this.#answer = null;
    this.#places = { price: tickPlaces, size: 0 };
    this.#page.ladders.dataset.empty = 'true';
    this.say(message);
    this.#page['book-note'].hidden = true;
    this.#page['book-state'].hidden = true;
    this.#page['book-age'].textContent = '';
    this.#page['book-provenance'].hidden = true;
  }

  /** In place of the ladder while there is none, above it otherwise. */
  say(message) {
    if (this.#answer) note(this.#page['book-note'], message);
    else this.#page['book-message'].textContent = message;
  }

  put(answer) {
    if (this.#answer && Number(answer.updateId) < Number(this.#answer.updateId) && answer.state === this.#answer.state
        && Date.parse(answer.eventTime) < Date.parse(this.#answer.eventTime)) return;
    this.#answer = answer;
    this.#receivedAt = performance.now();
    this.#refresh();
  }

  #refresh() {
    if (this.#frame || !this.#answer || document.hidden) return;
    this.#frame = requestAnimationFrame(() => {
      this.#frame = 0;
      if (this.#answer) this.#draw(this.#answer);
    });
  }

  #draw(answer) {
    const { ladders } = this.#page;
    ladders.dataset.empty = answer.bids.length + answer.asks.length === 0 ? 'true' : 'false';
    this.#page['book-message'].textContent = 'The book is empty.';
    const room = Math.floor(this.#page.bids.clientHeight / ROW_PX);
    const count = Math.max(LEAST_ROWS, Math.min(MOST_ROWS, room));
    const asks = totals(answer.asks.slice(0, count));
    const bids = totals(answer.bids.slice(0, count));
    const both = [...asks, ...bids];
    // The most places seen so far, so that columns do not jump when a round figure comes or goes.
    this.#places.price = Math.max(this.#places.price, ...both.map((level) => places(level.price)));
    this.#places.size = Math.max(this.#places.size, ...both.map((level) => places(level.size)));
    const shape = {
      ...this.#places,
      most: [asks.at(-1)?.total, bids.at(-1)?.total].filter(Boolean).reduce((a, b) => (ratio(a, b) > 1 ? a : b), '0'),
    };
    this.#side('asks', asks.reverse(), count, shape);
    this.#side('bids', bids, count, shape);
    this.#spread(answer, shape.price);
    this.#trust(answer);
  }

  #side(side, levels, count, shape) {
    const list = this.#page[side];
    const rows = this.#rows[side];
    while (rows.length < levels.length) rows.push(makeLevel());
    if (list.childElementCount !== levels.length) list.replaceChildren(...rows.slice(0, levels.length).map((row) => row.element));
    levels.forEach((level, at) => {
      const row = rows[at];
      write(row.price, show(level.price, shape.price));
      write(row.size, show(level.size, shape.size));
      write(row.total, show(level.total, shape.size));
      row.element.style.setProperty('--fill', ratio(level.total, shape.most).toFixed(4));
    });
  }

  #spread(answer, pricePlaces) {
    const bid = answer.bids[0]?.[0], ask = answer.asks[0]?.[0];
    if (!isDecimal(bid) || !isDecimal(ask)) {
      this.#page.spread.textContent = 'One side is empty';
      return;
    }
    const gap = subtract(ask, bid);
    const points = ratio(gap, middle(bid, ask)) * 10_000;
    write(this.#page.spread, `Spread ${show(gap, pricePlaces)} · ${points < 0.1 && points > 0 ? points.toFixed(3) : points.toFixed(2)} bp`);
  }

  #trust(answer) {
    this.#page['book-state'].hidden = false;
    showState(this.#page['book-state'], answer.state);
    this.#page.ladders.dataset.state = answer.state;
    note(this.#page['book-note'], {
      RESYNCING: 'A gap was found. These are the last known levels; a fresh snapshot is on its way.',
      STALE: 'No update for longer than expected. These are the last known levels.',
    }[answer.state] ?? '');
    this.#page['book-provenance'].hidden = false;
    write(this.#facts['Update id'], answer.updateId == null ? '–' : show(String(answer.updateId)));
    write(this.#facts.Source, showSource(answer.source) + (answer.source?.standby ? ' (standby replica)' : ''));
    const { low, high } = answer.range ?? {};
    write(this.#facts['Known range'], low || high ? `${low ? show(low) : 'any'} to ${high ? show(high) : 'any'}` : 'whole book');
    this.#age();
  }

  #age() {
    if (this.#answer) write(this.#page['book-age'], `${showAge(ageMs(this.#answer, this.#receivedAt))} old`);
  }
}

function write(node, text) {
  if (node.textContent !== text) node.textContent = text;
}

function note(node, text) {
  write(node, text);
  node.hidden = !text;
}

/** A definition list with these terms: term -> the node of its value. */
export function facts(list, terms) {
  return Object.fromEntries(terms.map((term) => {
    const pair = list.appendChild(document.createElement('div'));
    pair.appendChild(document.createElement('dt')).textContent = term;
    const value = pair.appendChild(document.createElement('dd'));
    value.textContent = '–';
    return [term, value];
  }));
}

function makeLevel() {
  const element = document.createElement('li');
  const [price, size, total] = ['price', 'size', 'total'].map((name) => {
    const cell = element.appendChild(document.createElement('span'));
    cell.className = name;
    return cell;
  });
  return { element, price, size, total };
}
