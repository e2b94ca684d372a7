'use strict'

// node client.js HTTP_URL SYMBOL BOOKS: what ccxt makes of the exchange at that address, a line of JSON for each thing.
const ccxt = require('ccxt')

const [url, symbol, books] = process.argv.slice(2)
const LEVELS = 20

function say(kind, value) {
  process.stdout.write(JSON.stringify({ kind, value }) + '\n')
}

function top(book) {
  const side = (levels) => levels.slice(0, LEVELS).map(([price, quantity]) => [price, quantity])
  return { updateId: book.nonce, bids: side(book.bids), asks: side(book.asks) }
}

async function main() {
  // Of the exchange's markets those of spot: the others have addresses of their own.
  const exchange = new ccxt.pro.binance({ options: { fetchMarkets: { types: ['spot'] } } })
  exchange.urls.api.public = url + '/api/v3'
  exchange.urls.api.ws.spot = url.replace(/^http/, 'ws') + '/ws'
  await exchange.loadHttpProxyAgent() // without which it refuses ws:// addresses

  say('markets', await exchange.fetchMarkets())
  const ticker = await exchange.fetchTicker(symbol)
  say('ticker', ticker)
  say('tickers', await exchange.fetchTickers())
  say('best', await exchange.fetchBidsAsks([symbol]))
  say('book', top(await exchange.fetchOrderBook(symbol, 100)))
  say('candles', await exchange.fetchOHLCV(symbol, '1m', undefined, 10))
  say('hours', await exchange.fetchOHLCV(symbol, '1h', undefined, 3))

  const following = async () => {
    for (let i = 0; i < Number(books); i++) {
      say('book', top(await exchange.watchOrderBook(symbol)))
    }
  }
  const tickers = async () => {
    for (let i = 0; i < 3; i++) {
      say('ticker', await exchange.watchTicker(symbol))
    }
  }
  const candles = async () => {
    for (let i = 0; i < 2; i++) {
      say('candle', (await exchange.watchOHLCV(symbol, '1m')).at(-1))
    }
  }
  await Promise.all([following(), tickers(), candles()])
  await exchange.close()
  say('done', true)
}

main().then(
  () => process.exit(0),
  (failure) => {
    console.error(failure)
    process.exit(1)
  }
)
