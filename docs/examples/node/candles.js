'use strict'

// node candles.js [BOOTSTRAP [INSTRUMENT [COUNT]]]: the first COUNT closed minutes of an instrument, a line each; all, and those to come,
// without COUNT.

const { decoder, read, decimal, text } = require('./tape')

const [bootstrap = 'localhost:19092', instrument = 'binance:BTCUSDT', count = Infinity] = process.argv.slice(2)
let told = 0

function take(candle) {
  if (candle.interval !== '1m' || !candle.closed) return false
  const price = (field) => text(decimal(candle, 'Candle', field, candle.price_exponent))
  const volume = text(decimal(candle, 'Candle', 'volume', candle.quantity_exponent))
  const opens = new Date(Number(BigInt(candle.open_time_us) / 1000n)).toISOString().replace('.000Z', 'Z')
  console.log(opens, price('open'), price('high'), price('low'), price('close'), volume)
  told += 1
  return told >= Number(count)
}

read(bootstrap, 'tapeline.klines', instrument, decoder('Candle'), take).catch((failure) => {
  console.error(failure)
  process.exitCode = 1
})
