'use strict'

// node book.js [BOOTSTRAP [INSTRUMENT [COUNT]]]: keeps an instrument's book, and prints its best levels after COUNT changes (100).

const { decoder, read, decimal, text } = require('./tape')

const [bootstrap = 'localhost:19092', instrument = 'binance:BTCUSDT', count = 100] = process.argv.slice(2)
const LEVELS = 5

let sides = null // { bids, asks }: Maps of price to quantity; null while the book is not known
let changes = 0

function set(side, levels) {
  levels.prices.forEach((_, i) => {
    const price = decimal(levels, 'Levels', 'prices', levels.price_exponent, i)
    const quantity = decimal(levels, 'Levels', 'quantities', levels.quantity_exponent, i)
    if (quantity === 0n) side.delete(price)
    else side.set(price, quantity)
  })
}

function tell(name, side, better) {
  const best = [...side].sort(([a], [b]) => (better(a, b) ? -1 : 1)).slice(0, LEVELS)
  best.forEach(([price, quantity]) => console.log(name, text(price), text(quantity)))
}

function take(event) {
  if (event.kind === 'reset') {
    sides = event.reset.resyncing ? null : { bids: new Map(), asks: new Map() }
    if (sides !== null) apply(event.reset)
    return false
  }
  if (sides === null) return false // before the first reset of what the topic still has
  apply(event.delta)
  changes += 1
  if (changes < Number(count)) return false
  console.log('updateId', event.delta.final_update_id)
  tell('bid', sides.bids, (a, b) => a > b)
  tell('ask', sides.asks, (a, b) => a < b)
  return true
}

function apply({ bids, asks }) {
  if (bids) set(sides.bids, bids)
  if (asks) set(sides.asks, asks)
}

read(bootstrap, 'tapeline.depth', instrument, decoder('BookEvent'), take).catch((failure) => {
  console.error(failure)
  process.exitCode = 1
})
