'use strict'

// node ccxt.js [URL [SYMBOL]]: ccxt's Binance, unmodified, at Tapeline's address: a ticker, candles, and three states of a book that it follows.

const ccxt = require('ccxt')

const [url = 'http://localhost:8080', symbol = 'BTC/USDT'] = process.argv.slice(2)

async function main() {
  const exchange = new ccxt.pro.binance({ options: { fetchMarkets: { types: ['spot'] } } })
  exchange.urls.api.public = url + '/api/v3'
  exchange.urls.api.ws.spot = url.replace(/^http/, 'ws') + '/ws'
  await exchange.loadHttpProxyAgent() // without which ccxt refuses ws:// addresses

  const ticker = await exchange.fetchTicker(symbol)
  console.log(symbol, 'last', ticker.last, 'of', ticker.datetime)
  for (const [opens, , , , close] of await exchange.fetchOHLCV(symbol, '1m', undefined, 3)) {
    console.log('minute', new Date(opens).toISOString(), 'close', close)
  }
  for (let i = 0; i < 3; i++) {
    const book = await exchange.watchOrderBook(symbol)
    console.log('book', book.nonce, 'bid', book.bids[0], 'ask', book.asks[0])
  }
  await exchange.close()
}

main().then(
  () => process.exit(0),
  (failure) => {
    console.error(failure)
    process.exit(1)
  }
)
