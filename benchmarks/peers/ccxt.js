'use strict'

// node ccxt.js REST_URL WS_URL SYMBOL,SYMBOL... UPDATES
const ccxt = require('ccxt')
const { measure } = require('./measure')

const [restUrl, wsUrl, names, total] = process.argv.slice(2)
const updated = measure(Number(total))

async function main() {
  const exchange = new ccxt.pro.binance({
    enableRateLimit: false,
    options: { defaultType: 'spot', fetchMarkets: { types: ['spot'] }, fetchCurrencies: false, fetchMargins: false },
  })
  exchange.has.fetchCurrencies = false
  for (const api of ['public', 'private', 'v1', 'sapi', 'web']) {
    exchange.urls.api[api] = restUrl + '/api/v3'
  }
  exchange.urls.api.ws.spot = wsUrl + '/ws'

  // Counts each diff that went into a book, also those that came faster than they were asked for.
  const apply = exchange.handleOrderBookMessage
  exchange.handleOrderBookMessage = function (client, message, orderbook) {
    const result = apply.call(exchange, client, message, orderbook)
    updated()
    return result
  }
  await exchange.loadHttpProxyAgent() // without which it refuses ws:// addresses
  await exchange.loadMarkets()
  await Promise.all(
    names.split(',').map(async (name) => {
      for (;;) {
        await exchange.watchOrderBook(exchange.safeSymbol(name))
      }
    })
  )
}

main().catch((failure) => {
  console.error(failure)
  process.exit(1)
})
