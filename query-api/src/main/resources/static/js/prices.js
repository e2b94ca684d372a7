// The list of all pairs. Only the rows in sight are in the document, however many pairs there are: two filler rows
// hold the place of the others.

import { compare, isDecimal, places, ratio, show, subtract } from './decimal.js';
import { ageMs, showAge } from './trust.js';

const ROW_PX = 34;
const SPARE_ROWS = 6;
const SORT_EVERY_MS = 2_000;

export function keyOf({ venue, symbol }) {
  return `${venue}:${symbol}`;
}

export class PriceList {
  #pairs = new Map(); // key -> {key, venue, symbol, answer, receivedAt, first, move, names, flash}
  #order = [];
  #rows = [];
  #sort = { by: 'pair', up: true };
  #search = '';
  #chosen = null;
  #active = null;
  #sortedAt = -Infinity;
  #frame = 0;
  #page = {};
  #venues = new Set();
  #names = new Map();
  #onChoose;
  #addressOf;

  /** @param addressOf a pair's address in the page */
  constructor(onChoose, addressOf) {
    this.#onChoose = onChoose;
    this.#addressOf = addressOf;
    for (const id of ['search', 'prices-scroll', 'prices-table', 'prices-rows', 'prices-count', 'prices-active', 'prices-empty']) {
      this.#page[id] = document.getElementById(id);
    }
    this.#listen();
    setInterval(() => this.#refresh(), 500);
  }

  get size() {
    return this.#pairs.size;
  }

  /** The latest answer of a pair with the time it came, or undefined. */
  pair(key) {
    return this.#pairs.get(key);
  }

  /** What to show to somebody who chose nothing: the best-known pair, or whatever comes first. */
  first() {
    return this.#pairs.get('binance:BTCUSDT') ?? this.#order[0] ?? this.#pairs.values().next().value;
  }

  /** Newer answers; older ones than those held are passed over. */
  put(answers) {
    const receivedAt = performance.now();
    let listed = false;
    for (const answer of answers) {
      const key = keyOf(answer);
      const held = this.#pairs.get(key);
      if (!held) {
        listed = true;
        this.#venues.add(answer.venue);
        this.#pairs.set(key, {
          key, venue: answer.venue, symbol: answer.symbol, answer, receivedAt, first: answer.price, move: 0, flash: null,
        });
        continue;
      }
      if (Date.parse(answer.eventTime) < Date.parse(held.answer.eventTime)) continue;
      if (isDecimal(answer.price) && isDecimal(held.answer.price) && answer.price !== held.answer.price) {
        const way = compare(answer.price, held.answer.price);
        if (way !== 0) held.flash = way > 0 ? 'up' : 'down';
        held.move = ratio(subtract(answer.price, held.first), held.first) * 100;
      }
      held.answer = answer;
      held.receivedAt = receivedAt;
    }
    if (listed) this.#sortedAt = -Infinity;
    this.#refresh();
  }

  /** Base and quote assets, where the registry knows them. */
  name(instruments) {
    this.#names = new Map(instruments.map((one) => [keyOf(one), { ...one, places: one.tickSize ? places(one.tickSize) : 2 }]));
    this.#refresh();
  }

  /** What the registry knows of a pair, with the places of its tick size, or undefined. */
  nameOf(key) {
    return this.#names.get(key);
  }

  /** Said in place of rows while there are none. */
  explain(text) {
    if (this.#pairs.size === 0) this.#page['prices-empty'].textContent = text;
  }

  choose(key) {
    this.#chosen = key;
    this.#active = key;
    this.#refresh();
  }

  #listen() {
    const { search, 'prices-scroll': scroll, 'prices-table': table } = this.#page;
    search.addEventListener('input', () => {
      this.#search = search.value.trim().toLocaleUpperCase();
      this.#active = null;
      scroll.scrollTop = 0;
      this.#arrange();
      this.#draw();
    });
    scroll.addEventListener('scroll', () => this.#refresh(), { passive: true });
    new ResizeObserver(() => this.#refresh()).observe(scroll);
    for (const target of [search, scroll]) target.addEventListener('keydown', (event) => this.#key(event));
    table.tHead.addEventListener('click', (event) => {
      const by = event.target.closest('button')?.dataset.sort;
      if (by) this.#sortBy(by);
    });
    table.tBodies[0].addEventListener('click', (event) => {
      const key = event.target.closest('tr')?.dataset.key;
      if (!key || event.ctrlKey || event.metaKey || event.shiftKey) return; // another tab or window: the link does it
      event.preventDefault();
      this.#onChoose(this.#pairs.get(key));
    });
  }

  #key(event) {
    const step = { ArrowDown: 1, ArrowUp: -1, PageDown: 10, PageUp: -10 }[event.key];
    if (step) {
      event.preventDefault();
      const from = this.#order.findIndex((pair) => pair.key === this.#active);
      const to = from < 0 ? 0 : Math.min(this.#order.length - 1, Math.max(0, from + step));
      this.#active = this.#order[to]?.key ?? null;
      this.#reveal(to);
      this.#draw();
      this.#page['prices-active'].textContent = this.#active ? `${this.#active}, ${show(this.#pairs.get(this.#active).answer.price)}` : '';
    } else if (event.key === 'Enter') {
      const pair = this.#pairs.get(this.#active) ?? (this.#search ? this.#order[0] : undefined);
      if (pair && event.target.tagName !== 'BUTTON') this.#onChoose(pair);
    } else if (event.key === 'Escape' && this.#page.search.value) {
      event.preventDefault();
      this.#page.search.value = '';
      this.#page.search.dispatchEvent(new Event('input'));
    }
  }

  #reveal(index) {
    const scroll = this.#page['prices-scroll'];
    const head = this.#page['prices-table'].tHead.offsetHeight;
    const top = index * ROW_PX;
    if (top < scroll.scrollTop) scroll.scrollTop = top;
    else if (top + ROW_PX > scroll.scrollTop + scroll.clientHeight - head) {
      scroll.scrollTop = top + ROW_PX - scroll.clientHeight + head;
    }
  }

  #sortBy(by) {
    const firstUp = by === 'pair' || by === 'age';
    this.#sort = { by, up: this.#sort.by === by ? !this.#sort.up : firstUp };
    for (const button of this.#page['prices-table'].tHead.querySelectorAll('button')) {
      const heading = button.closest('th');
      if (button.dataset.sort === by) heading.setAttribute('aria-sort', this.#sort.up ? 'ascending' : 'descending');
      else heading.removeAttribute('aria-sort');
    }
    this.#page['prices-scroll'].scrollTop = 0;
    this.#arrange();
    this.#draw();
  }

  #arrange() {
    const found = [...this.#pairs.values()].filter((pair) => this.#matches(pair));
    const byName = (a, b) => (a.key < b.key ? -1 : a.key > b.key ? 1 : 0);
    const by = {
      pair: (a, b) => (a.symbol < b.symbol ? -1 : a.symbol > b.symbol ? 1 : byName(a, b)),
      price: (a, b) => compare(a.answer.price, b.answer.price),
      move: (a, b) => a.move - b.move,
      age: (a, b) => Date.parse(b.answer.eventTime) - Date.parse(a.answer.eventTime),
    }[this.#sort.by];
    const way = this.#sort.up ? 1 : -1;
    this.#order = found.sort((a, b) => way * by(a, b) || byName(a, b));
    this.#sortedAt = performance.now();
    const all = this.#pairs.size;
    this.#page['prices-count'].textContent = this.#search ? `${found.length} of ${all}` : all ? `${all} pairs` : '';
    this.#page['prices-empty'].hidden = found.length > 0;
    if (all > 0 && found.length === 0) {
      this.#page['prices-empty'].textContent = `No pair matches “${this.#page.search.value.trim()}”.`;
    }
  }

  #matches(pair) {
    if (!this.#search) return true;
    const words = this.#search.replaceAll('/', '').split(/\s+/);
    const text = pair.key.toLocaleUpperCase();
    return words.every((word) => text.includes(word));
  }

  #refresh() {
    if (this.#frame || document.hidden) return;
    this.#frame = requestAnimationFrame(() => {
      this.#frame = 0;
      if (performance.now() - this.#sortedAt > SORT_EVERY_MS) this.#arrange();
      this.#draw();
    });
  }

  #draw() {
    const scroll = this.#page['prices-scroll'];
    const inSight = Math.ceil(scroll.clientHeight / ROW_PX) + 2 * SPARE_ROWS;
    const start = Math.max(0, Math.min(Math.floor(scroll.scrollTop / ROW_PX) - SPARE_ROWS, this.#order.length - inSight));
    const shown = this.#order.slice(start, start + inSight);
    const body = this.#page['prices-rows'];
    while (this.#rows.length < shown.length) this.#rows.push(makeRow());
    const wanted = this.#rows.slice(0, shown.length);
    if (body.childElementCount !== wanted.length + 2) {
      body.replaceChildren(filler(), ...wanted.map((row) => row.element), filler());
    }
    body.firstElementChild.firstElementChild.style.height = `${start * ROW_PX}px`;
    body.lastElementChild.firstElementChild.style.height = `${(this.#order.length - start - shown.length) * ROW_PX}px`;
    this.#page['prices-table'].setAttribute('aria-rowcount', this.#order.length + 1);
    shown.forEach((pair, at) => this.#fill(wanted[at], pair, start + at));
    for (const pair of this.#pairs.values()) pair.flash = null;
  }

  #fill(row, pair, index) {
    const { answer } = pair;
    const names = this.#names.get(pair.key);
    row.element.dataset.key = pair.key;
    row.element.setAttribute('aria-rowindex', index + 2);
    row.element.classList.toggle('active', pair.key === this.#active);
    row.element.toggleAttribute('aria-current', pair.key === this.#chosen);
    if (pair.key === this.#chosen) row.element.setAttribute('aria-current', 'true');
    const address = this.#addressOf(pair);
    if (row.link.getAttribute('href') !== address) row.link.href = address;
    write(row.base, names?.baseAsset ?? pair.symbol);
    write(row.quote, names?.quoteAsset ? `/${names.quoteAsset}` : '');
    write(row.venue, this.#venues.size > 1 ? pair.venue : '');
    row.element.title = `${pair.venue} ${pair.symbol}: ${answer.state ?? ''}`;
    write(row.price, show(answer.price, names?.places ?? 2));
    write(row.move, `${pair.move > 0 ? '+' : pair.move < 0 ? '−' : ''}${Math.abs(pair.move).toFixed(2)}%`);
    row.move.dataset.way = pair.move > 0.005 ? 'up' : pair.move < -0.005 ? 'down' : 'flat';
    write(row.age, showAge(ageMs(answer, pair.receivedAt)));
    row.age.dataset.state = answer.state ?? 'UNKNOWN';
    if (pair.flash) flash(row.price, pair.flash);
  }
}

function write(node, text) {
  if (node.textContent !== text) node.textContent = text;
}

const still = matchMedia('(prefers-reduced-motion: reduce)');

function flash(cell, way) {
  if (still.matches) return;
  cell.animate([{ backgroundColor: `var(--flash-${way})` }, { backgroundColor: 'transparent' }], { duration: 900, easing: 'ease-out' });
}

function makeRow() {
  const element = document.createElement('tr');
  const pair = element.appendChild(document.createElement('th'));
  pair.scope = 'row';
  const link = pair.appendChild(document.createElement('a'));
  link.tabIndex = -1; // the arrows move through the list
  const base = link.appendChild(document.createElement('b'));
  const quote = link.appendChild(document.createElement('span'));
  const venue = link.appendChild(document.createElement('small'));
  venue.className = 'venue';
  const [price, move, age] = ['price', 'move', 'age'].map((name) => {
    const cell = element.appendChild(document.createElement('td'));
    cell.className = `num ${name}`;
    return cell;
  });
  return { element, link, base, quote, venue, price, move, age };
}

function filler() {
  const row = document.createElement('tr');
  row.className = 'filler';
  row.setAttribute('aria-hidden', 'true');
  row.appendChild(document.createElement('td'));
  return row;
}
