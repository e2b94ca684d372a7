// Candles with volume. The chart's axis gets Numbers; the line above it prints the candle's own decimals.

import { CandlestickSeries, createChart, HistogramSeries, LineStyle } from '../vendor/lightweight-charts/lightweight-charts.mjs';
import { brief, compare, places, show, toNumber } from './decimal.js';
import { colours, onTheme } from './theme.js';

export const INTERVAL_SECONDS = { '1m': 60, '5m': 300, '15m': 900, '1h': 3600, '4h': 14_400, '1d': 86_400 };
const MOST_HOLES = 5_000;
const CANDLE_PX = 6;
const FEWEST_SHOWN = 40;

export class CandleChart {
  #chart;
  #series;
  #volume;
  #candles = new Map(); // open time in seconds -> candle
  #seconds = 60;
  #places = 2;
  #under = null;
  #line = document.getElementById('candle-line');
  #message = document.getElementById('candles-message');
  #note = document.getElementById('candles-note');
  #colours;

  /** @param onOldest called when the oldest candle comes into sight */
  constructor(root, onOldest) {
    this.#chart = createChart(root, chartOptions());
    this.#series = this.#chart.addSeries(CandlestickSeries, { borderVisible: false, priceLineStyle: LineStyle.Dotted });
    this.#volume = this.#chart.addSeries(HistogramSeries, { priceFormat: { type: 'volume' }, lastValueVisible: false, priceLineVisible: false }, 1);
    const panes = this.#chart.panes();
    panes[0].setStretchFactor(4);
    panes[1].setStretchFactor(1);
    this.#chart.subscribeCrosshairMove(({ time }) => {
      this.#under = time ?? null;
      this.#printLine();
    });
    this.#chart.timeScale().subscribeVisibleLogicalRangeChange((range) => {
      if (range && range.from < 5 && this.#candles.size) onOldest(this.#oldest().openTime);
    });
    this.#paint();
    onTheme(() => this.#paint());
  }

  get size() {
    return this.#candles.size;
  }

  /** Another pair or interval. `tickPlaces`: the decimal places of the pair's prices, where they are known. */
  clear(interval, message, tickPlaces = 2) {
    this.#places = tickPlaces;
    this.#seconds = INTERVAL_SECONDS[interval];
    this.#candles.clear();
    this.#series.setData([]);
    this.#volume.setData([]);
    this.#under = null;
    this.#printLine();
    this.lacks('');
    this.say(message);
  }

  /** Above the chart: why candles that the exchange may have are not in it. */
  lacks(why) {
    this.#note.textContent = why ? `History is missing here: ${why}.` : '';
    this.#note.hidden = !why;
  }

  /** In place of the chart while there are no candles. */
  say(message) {
    this.#message.textContent = message;
    this.#message.hidden = this.#candles.size > 0;
  }

  /** Candles of any time, in order; one that knows less than the one held is passed over. */
  put(candles) {
    if (!candles.length) {
      if (!this.#candles.size) this.say('No candles yet. The first one appears within a minute of the first trade.');
      return;
    }
    const first = this.#candles.size === 0;
    const newest = first ? -1 : this.#newest();
    const changed = candles.map(secondsOf).filter((time, at) => {
      const held = this.#candles.get(time);
      if (held && isOlder(candles[at], held)) return false;
      this.#candles.set(time, candles[at]);
      return !held || JSON.stringify(held) !== JSON.stringify(candles[at]);
    });
    if (first || changed.some((time) => time < newest || time > newest + this.#seconds)) this.#drawAll();
    else for (const time of changed.sort((a, b) => a - b)) this.#drawOne(this.#candles.get(time));
    if (first) {
      const last = this.#points().length;
      const room = Math.floor(this.#chart.timeScale().width() / CANDLE_PX);
      this.#chart.timeScale().setVisibleLogicalRange({ from: last - Math.min(room, Math.max(FEWEST_SHOWN, last)), to: last + 4 });
    }
    this.#message.hidden = true;
    this.#printLine();
  }

  /** Whether these candles, oldest first, begin no later than right after the newest held. */
  joins(candles) {
    return !candles.length || !this.#candles.size || secondsOf(candles[0]) <= this.#newest() + this.#seconds;
  }

  #newest() {
    let newest = -Infinity;
    for (const time of this.#candles.keys()) newest = Math.max(newest, time);
    return newest;
  }

  #oldest() {
    let oldest = Infinity;
    for (const time of this.#candles.keys()) oldest = Math.min(oldest, time);
    return this.#candles.get(oldest);
  }

  /** Every open time, with whitespace where a candle is missing, so that a hole is seen as a hole. */
  #points() {
    const times = [...this.#candles.keys()].sort((a, b) => a - b);
    const points = [];
    let holes = 0;
    times.forEach((time, at) => {
      for (let hole = at ? times[at - 1] + this.#seconds : time; hole < time && holes < MOST_HOLES; hole += this.#seconds, holes++) {
        points.push({ time: hole });
      }
      points.push({ time, candle: this.#candles.get(time) });
    });
    return points;
  }

  #drawAll() {
    const points = this.#points();
    const digits = Math.max(this.#places, ...points.slice(-50).filter((p) => p.candle).flatMap(({ candle: c }) => [places(c.close), places(c.high), places(c.low)]));
    this.#series.applyOptions({ priceFormat: { type: 'price', precision: digits, minMove: 10 ** -digits } });
    this.#series.setData(points.map(({ time, candle }) => (candle ? bar(candle) : { time })));
    this.#volume.setData(points.map(({ time, candle }) => (candle ? this.#column(candle) : { time })));
  }

  #drawOne(candle) {
    this.#series.update(bar(candle));
    this.#volume.update(this.#column(candle));
  }

  #column(candle) {
    const colour = compare(candle.close, candle.open) < 0 ? this.#colours['volume-down'] : this.#colours['volume-up'];
    return { time: secondsOf(candle), value: toNumber(candle.volume), color: colour };
  }

  #printLine() {
    const time = this.#under ?? (this.#candles.size ? this.#newest() : null);
    const candle = time === null ? undefined : this.#candles.get(time);
    if (!candle) {
      this.#line.replaceChildren();
      return;
    }
    const digits = Math.max(this.#places, ...[candle.open, candle.high, candle.low, candle.close].map(places));
    const parts = [
      [`${candle.openTime.slice(0, 10)} ${candle.openTime.slice(11, 16)}`, ''],
      ['O', show(candle.open, digits)], ['H', show(candle.high, digits)], ['L', show(candle.low, digits)], ['C', show(candle.close, digits)],
      ['Vol', brief(candle.volume)],
      [candle.closed ? 'closed' : 'open', candle.origin ? `from ${candle.origin}` : ''],
    ];
    if (candle.complete === false) parts.push(['minutes missing', '']);
    this.#line.dataset.way = compare(candle.close, candle.open) < 0 ? 'down' : 'up';
    this.#line.replaceChildren(...parts.map(([name, value]) => {
      const part = document.createElement('span');
      part.append(name);
      if (value) part.append(' ', Object.assign(document.createElement('b'), { textContent: value }));
      return part;
    }));
  }

  #paint() {
    this.#colours = colours('up', 'down', 'volume-up', 'volume-down', 'label');
    const { up, down, label } = this.#colours;
    this.#chart.applyOptions(themeOptions());
    this.#series.applyOptions({ upColor: up, downColor: down, wickUpColor: up, wickDownColor: down, priceLineColor: label });
    if (this.#candles.size) this.#drawAll();
  }
}

/** An answer may be overtaken by the stream: trades only ever grow in number, and a closed candle stays closed. */
function isOlder(candle, held) {
  return (held.closed && !candle.closed) || (held.closed === candle.closed && candle.trades < held.trades);
}

function secondsOf(candle) {
  return Math.floor(Date.parse(candle.openTime) / 1000);
}

function bar(candle) {
  return {
    time: secondsOf(candle), open: toNumber(candle.open), high: toNumber(candle.high), low: toNumber(candle.low), close: toNumber(candle.close),
  };
}

/** Options that every chart of the page shares. */
export function chartOptions() {
  return {
    autoSize: true,
    layout: { attributionLogo: false, fontSize: 11, fontFamily: getComputedStyle(document.body).fontFamily },
    rightPriceScale: { borderVisible: false },
    timeScale: { borderVisible: false, timeVisible: true, secondsVisible: false, rightOffset: 4, allowBoldLabels: false },
    localization: { locale: 'en-GB' },
  };
}

/** The page's colours for a chart. */
export function themeOptions() {
  const { surface, muted, grid, line, label } = colours('surface', 'muted', 'grid', 'line', 'label');
  return {
    layout: { background: { color: surface }, textColor: muted, panes: { separatorColor: line, separatorHoverColor: line } },
    grid: { vertLines: { color: grid }, horzLines: { color: grid } },
    crosshair: { vertLine: { color: muted, labelBackgroundColor: label }, horzLine: { color: muted, labelBackgroundColor: label } },
  };
}
