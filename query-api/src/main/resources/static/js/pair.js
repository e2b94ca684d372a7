// The chosen pair: its name, latest price and 24 hours above the chart.

import { facts } from './book.js';
import { brief, compare, isDecimal, show } from './decimal.js';
import { ageMs, showAge, showSource, showState } from './trust.js';

export class PairHead {
  #title = document.getElementById('pair-title');
  #venue = document.getElementById('pair-venue');
  #state = document.getElementById('pair-state');
  #price = document.getElementById('pair-price');
  #list = document.getElementById('pair-facts');
  #facts = facts(this.#list, ['Bid', 'Ask', '24h change', '24h high', '24h low', '24h volume', 'Age', 'Source']);
  #held = null;
  #places = 2;

  constructor() {
    setInterval(() => this.#age(), 250);
  }

  choose({ venue, symbol }, names) {
    this.#held = null;
    this.#places = names?.places ?? 2;
    this.#title.textContent = names?.baseAsset && names?.quoteAsset ? `${names.baseAsset}/${names.quoteAsset}` : symbol;
    this.#venue.textContent = venue;
    this.#state.hidden = true;
    this.#price.textContent = '–';
    for (const value of Object.values(this.#facts)) value.textContent = '–';
    this.#showTicker(null);
  }

  put(answer, receivedAt) {
    if (isDecimal(answer.price) && isDecimal(this.#held?.answer.price)) {
      const way = compare(answer.price, this.#held.answer.price);
      if (way !== 0) this.#price.dataset.way = way > 0 ? 'up' : 'down';
    }
    this.#held = { answer, receivedAt };
    write(this.#price, show(answer.price, this.#places));
    this.#state.hidden = false;
    showState(this.#state, answer.state);
    write(this.#facts.Bid, show(answer.bid, this.#places));
    write(this.#facts.Ask, show(answer.ask, this.#places));
    write(this.#facts.Source, showSource(answer.source));
    document.title = `${show(answer.price, this.#places)} ${this.#title.textContent} · Tapeline`;
    this.#age();
  }

  putTicker(ticker) {
    this.#showTicker(ticker);
  }

  #showTicker(ticker) {
    const percent = ticker?.priceChangePercent;
    const rows = {
      '24h change': isDecimal(percent) ? `${compare(percent, '0') > 0 ? '+' : ''}${show(percent)}%` : null,
      '24h high': ticker ? show(ticker.high, this.#places) : null,
      '24h low': ticker ? show(ticker.low, this.#places) : null,
      '24h volume': ticker ? brief(ticker.volume, 5) : null,
    };
    for (const [term, text] of Object.entries(rows)) {
      this.#facts[term].parentElement.hidden = text === null;
      if (text !== null) write(this.#facts[term], text);
    }
    this.#facts['24h change'].dataset.way = isDecimal(percent) ? ['down', 'flat', 'up'][compare(percent, '0') + 1] : 'flat';
    this.#facts['24h volume'].title = ticker ? show(ticker.volume) : '';
  }

  #age() {
    if (this.#held) write(this.#facts.Age, showAge(ageMs(this.#held.answer, this.#held.receivedAt)));
  }
}

function write(node, text) {
  if (node.textContent !== text) node.textContent = text;
}
