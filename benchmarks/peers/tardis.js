'use strict'

// node tardis.js REST_URL WS_URL SYMBOL,SYMBOL... UPDATES
const path = require('path')
const { normalizeBookChanges, OrderBook } = require('tardis-dev')
const { measure } = require('./measure')

// The package names no address of its own for a local server: this is the feed that streamNormalized makes for
// 'binance', with other addresses, and below it the same normalizer and the book that the package offers.
const dist = path.dirname(require.resolve('tardis-dev'))
const { BinanceRealTimeFeed } = require(path.join(dist, 'realtimefeeds', 'binance.js'))

const [restUrl, wsUrl, names, total] = process.argv.slice(2)
const updated = measure(Number(total))

class LocalFeed extends BinanceRealTimeFeed {
  constructor(...args) {
    super(...args)
    this.wssURL = wsUrl + '/stream'
    this.httpURL = restUrl + '/api/v3'
  }
}

async function main() {
  const mapper = normalizeBookChanges('binance', new Date())
  const books = new Map()
  const feed = new LocalFeed('binance', mapper.getFilters(names.split(',')), undefined, (failure) => {
    throw failure
  })
  for await (const message of feed) {
    if (message === undefined || !mapper.canHandle(message)) {
      continue
    }
    const changes = mapper.map(message, new Date())
    for (const change of changes ?? []) {
      let book = books.get(change.symbol)
      if (book === undefined) {
        book = new OrderBook()
        books.set(change.symbol, book)
      }
      book.update(change)
    }
    // Not for each change: what comes before its snapshot goes into the book together with it.
    if (message.data.e === 'depthUpdate') {
      updated()
    }
  }
}

main().catch((failure) => {
  console.error(failure)
  process.exit(1)
})
