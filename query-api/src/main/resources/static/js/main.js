// Wiring: what is asked when, and which part of the page gets the answer.

import { Away, get, pathOf, Problem } from './api.js';
import { AwayNotice } from './away.js';
import { BookLadder } from './book.js';
import { CandleChart } from './candles.js';
import { DepthCurve } from './depth.js';
import { Health } from './health.js';
import { PairHead } from './pair.js';
import { poll } from './poll.js';
import { keyOf, PriceList } from './prices.js';
import { addressOf, chosen } from './route.js';
import { follow } from './stream.js';
import { themeToggle } from './theme.js';
import { priceAlone } from './venues.js';

const BOOK_DEPTH = 500;
const CANDLES = 500;
const FLOWING_MS = 4_000;

const health = new Health();
const head = new PairHead();
const book = new BookLadder();
const depth = new DepthCurve(document.getElementById('depth'));
const chart = new CandleChart(document.getElementById('candles'), loadOlder);
const withInterval = ({ venue, symbol }) => ({ venue, symbol, interval: choice?.interval ?? '1m' });
const list = new PriceList((pair) => go(withInterval(pair), true), (pair) => addressOf(withInterval(pair)));
const away = new AwayNotice(askAll);

let choice = chosen();
let feeds = []; // of the chosen pair
const standing = []; // of the whole page
let asksOlder = false;
let oldestAsked = '';

function askAll() {
  for (const feed of [...standing, ...feeds]) feed.now();
}

/** Stream where it flows, poll where it does not: `slow` and `fast` are the poll's intervals in milliseconds. */
function pace(stream, type, slow, fast) {
  return () => (stream.quietMs(type) < FLOWING_MS ? slow : fast);
}

function asking(load, everyMs, onAnswer, onProblem) {
  return poll({
    load,
    everyMs,
    onAnswer(answer) {
      if (away.clear()) askAll();
      onAnswer(answer);
    },
    onFailure(failure, retryInMs) {
      if (failure instanceof Away) away.show(failure.message, retryInMs);
      else if (failure instanceof Problem) {
        if (away.clear()) askAll();
        onProblem(explain(failure));
      } else reportError(failure); // a fault of the page: the console gets it, and the page goes on asking
    },
  });
}

function explain(problem) {
  return problem.detail && problem.detail !== problem.title ? `${problem.title}: ${problem.detail}` : problem.title;
}

function startStanding() {
  const stream = follow({ types: 'price' }, { price: (answer) => takePrices([answer]) });
  standing.push(
    stream,
    asking((signal) => get('v1/prices', signal), pace(stream, 'price', 20_000, 1_500), (answer) => {
      takePrices(answer.items);
      chooseIfNothingIs();
      list.explain('No prices yet. They appear with the first trade.');
    }, (text) => list.explain(text)),
    asking((signal) => get('v1/status', signal), () => 2_000, (status) => health.put(status), (text) => health.fail(text)),
    asking((signal) => get('v1/instruments', signal), () => 300_000, (answer) => {
      list.name(answer.items);
      if (choice) rename();
    }, () => {}),
  );
}

function takePrices(answers) {
  list.put(answers);
  showPrice();
}

function chooseIfNothingIs() {
  const first = choice ? undefined : list.first();
  if (first) go(withInterval(first), false);
}

function showPrice() {
  const pair = choice && list.pair(keyOf(choice));
  if (pair) head.put(pair.answer, pair.receivedAt);
}

function rename() {
  head.choose(choice, list.nameOf(keyOf(choice)));
  showPrice();
}

/** @param byHand whether somebody chose it: then it is worth a step of Back, and a phone turns to the chart */
function go(next, byHand) {
  const address = addressOf(next);
  if (byHand) view('pair');
  if (address === location.hash) return;
  if (byHand) location.hash = address; // hashchange does the rest
  else {
    history.replaceState(null, '', address);
    follows();
  }
}

/** Turns every part of the page to the choice in the address. */
function follows() {
  const before = choice;
  choice = chosen();
  for (const feed of feeds) feed.stop();
  feeds = [];
  oldestAsked = '';
  if (!choice) return;
  const samePair = before && keyOf(before) === keyOf(choice) && chart.size > 0;
  for (const radio of document.querySelectorAll('#intervals input')) radio.checked = radio.value === choice.interval;
  const tickPlaces = list.nameOf(keyOf(choice))?.places;
  const alone = priceAlone(choice.venue);
  document.getElementById('pair').toggleAttribute('data-price-alone', Boolean(alone));
  chart.clear(choice.interval, alone ? `No candles: ${alone} tells a price alone.` : 'Asking for candles…', tickPlaces);
  list.choose(keyOf(choice));
  if (!samePair) {
    rename();
    book.clear(alone ? `No order book: ${alone} tells a price alone.` : 'Asking for the book…', tickPlaces);
    depth.clear();
  }
  feeds = alone ? [] : startPair(choice);
}

function startPair({ venue, symbol, interval }) {
  let loaded = false; // a streamed candle alone is no chart
  let lacks = ''; // why the first page is not whole: asked for again until it is
  const path = pathOf({ venue, symbol });
  const stream = follow({ instruments: `${venue}:${symbol}`, types: 'candle,book' }, {
    book: takeBook,
    candle(candle) {
      if (!loaded || candle.interval !== interval) return false;
      chart.put([candle]);
      return true;
    },
  });
  const candles = asking(
    (signal) => get(`v1/klines/${path}?interval=${interval}&limit=${loaded && !lacks ? 5 : CANDLES}`, signal),
    interval === '1m' ? pace(stream, 'candle', 15_000, 2_000) : () => (lacks ? 15_000 : 3_000),
    (answer) => {
      if (!loaded || lacks) chart.lacks((lacks = answer.missing ?? ''));
      const joins = !loaded || chart.joins(answer.items);
      chart.put(answer.items);
      loaded = joins && answer.items.length > 0;
      if (!joins) queueMicrotask(candles.now); // nobody looked for a while: what came in between is missing
    },
    (text) => chart.say(text),
  );
  return [
    stream,
    candles,
    asking((signal) => get(`v1/books/${path}?depth=${BOOK_DEPTH}`, signal), pace(stream, 'book', 10_000, 1_000), takeBook, (text) => book.say(text)),
    asking((signal) => get(`v1/tickers/${path}`, signal), () => 5_000, (ticker) => head.putTicker(ticker), () => {}),
  ];
}

function takeBook(answer) {
  book.put(answer);
  depth.put(answer);
}

async function loadOlder(before) {
  if (asksOlder || oldestAsked === before || !choice) return;
  asksOlder = true;
  oldestAsked = before;
  const asked = choice;
  try {
    const answer = await get(`v1/klines/${pathOf(asked)}?interval=${asked.interval}&to=${encodeURIComponent(before)}&limit=${CANDLES}`);
    if (asked === choice) {
      chart.put(answer.items);
      if (answer.missing) {
        chart.lacks(answer.missing);
        oldestAsked = '';
      }
    }
  } catch (failure) {
    if (!(failure instanceof Away || failure instanceof Problem)) throw failure;
    oldestAsked = ''; // asked again when the edge comes into sight the next time
  } finally {
    asksOlder = false;
  }
}

/** On a phone one part is in sight at a time. */
function view(name) {
  document.body.dataset.view = name;
  for (const tab of document.querySelectorAll('.tabs button')) tab.setAttribute('aria-pressed', String(tab.dataset.view === name));
}

function listen() {
  themeToggle(document.getElementById('theme'));
  let gaps = null; // asked for while somebody reads the sheet
  document.getElementById('health').addEventListener('toggle', () => {
    gaps?.stop();
    gaps = health.isOpen ? asking((signal) => get('v1/gaps?limit=6', signal), () => 4_000, (answer) => health.putGaps(answer.items), () => {}) : null;
  });
  addEventListener('hashchange', follows);
  document.querySelector('.tabs').addEventListener('click', (event) => {
    const name = event.target.closest('button')?.dataset.view;
    if (name) view(name);
  });
  document.getElementById('intervals').addEventListener('change', (event) => {
    if (choice) go({ ...choice, interval: event.target.value }, true);
  });
  addEventListener('keydown', (event) => {
    const typing = /^(INPUT|TEXTAREA|SELECT)$/.test(event.target.tagName) && event.target.type !== 'radio';
    if (event.key !== '/' || typing || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    view('prices');
    document.getElementById('search').focus();
    document.getElementById('search').select();
  });
  addEventListener('keydown', (event) => {
    const sheet = document.getElementById('health');
    if (event.key === 'Escape' && sheet.open) sheet.open = false;
  });
}

listen();
startStanding();
if (choice) {
  view('pair');
  follows();
}
