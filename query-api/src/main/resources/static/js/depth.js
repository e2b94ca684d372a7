// The depth curve: what rests between the middle and each price. The library sets points side by side, so the sizes are
// sampled at equal price steps, which makes the axis linear. Numbers throughout: this is for the eye.

import { AreaSeries, createOptionsChart, LineType } from '../vendor/lightweight-charts/lightweight-charts.mjs';
import { chartOptions, themeOptions } from './candles.js';
import { middle, places, show, toNumber } from './decimal.js';
import { colours, onTheme } from './theme.js';

const SAMPLES = 120;
const DRAW_EVERY_MS = 500;

export class DepthCurve {
  #chart;
  #bids;
  #asks;
  #line = document.getElementById('depth-line');
  #drawnAt = -Infinity;

  constructor(root) {
    this.#chart = createOptionsChart(root, {
      ...chartOptions(),
      handleScroll: false,
      handleScale: false,
      rightPriceScale: { borderVisible: false, scaleMargins: { top: 0.1, bottom: 0 } },
      timeScale: { borderVisible: false, rightOffset: 0, allowBoldLabels: false, tickMarkMaxCharacterLength: 12 },
    });
    const shape = { lineType: LineType.WithSteps, lineWidth: 2, lastValueVisible: false, priceLineVisible: false, priceFormat: { type: 'volume' } };
    this.#bids = this.#chart.addSeries(AreaSeries, shape);
    this.#asks = this.#chart.addSeries(AreaSeries, shape);
    this.#paint();
    onTheme(() => this.#paint());
  }

  clear() {
    this.#drawnAt = -Infinity;
    this.#bids.setData([]);
    this.#asks.setData([]);
    this.#line.textContent = '';
  }

  put(answer) {
    const now = performance.now();
    if (now - this.#drawnAt < DRAW_EVERY_MS || !answer.bids.length || !answer.asks.length) return;
    this.#drawnAt = now;
    const bids = answer.bids.map(numbers), asks = answer.asks.map(numbers);
    const centre = toNumber(middle(answer.bids[0][0], answer.asks[0][0]));
    const reach = Math.min(centre - bids.at(-1)[0], asks.at(-1)[0] - centre);
    if (!(reach > 0)) return;
    const step = reach / SAMPLES;
    const below = sample(bids, (at) => centre - at * step, (price, from) => price >= from).reverse();
    const above = sample(asks, (at) => centre + at * step, (price, to) => price <= to);
    const digits = Math.max(places(answer.bids[0][0]), places(answer.asks[0][0]));
    this.#chart.applyOptions({ localization: { precision: digits } });
    this.#bids.setData(below);
    this.#asks.setData(above);
    this.#chart.timeScale().fitContent();
    this.#line.textContent = `± ${((reach / centre) * 100).toPrecision(2)} % around ${show(middle(answer.bids[0][0], answer.asks[0][0]))}`;
  }

  #paint() {
    const { up, down, 'area-up': areaUp, 'area-down': areaDown } = colours('up', 'down', 'area-up', 'area-down');
    this.#chart.applyOptions(themeOptions());
    this.#bids.applyOptions({ lineColor: up, topColor: areaUp, bottomColor: areaUp });
    this.#asks.applyOptions({ lineColor: down, topColor: areaDown, bottomColor: areaDown });
  }
}

function numbers([price, size]) {
  return [toNumber(price), toNumber(size)];
}

/** Cumulative sizes at SAMPLES prices outward from the middle; levels come best first. */
function sample(levels, priceAt, within) {
  const points = [];
  let next = 0, total = 0;
  for (let at = 1; at <= SAMPLES; at++) {
    const price = priceAt(at);
    while (next < levels.length && within(levels[next][0], price)) total += levels[next++][1];
    points.push({ time: price, value: total });
  }
  return points;
}
