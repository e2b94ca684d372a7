'use strict'

// What both programs need: the contract, a reader of a topic, and exact decimals.

const path = require('node:path')
const { Kafka, CompressionTypes, CompressionCodecs, logLevel } = require('kafkajs')
const lz4 = require('lz4js')
const protobuf = require('protobufjs')

// The topics are compressed with LZ4, which kafkajs leaves to others. What only reads need not compress.
CompressionCodecs[CompressionTypes.LZ4] = () => ({
  compress: async () => {
    throw new Error('this program only reads')
  },
  decompress: async (bytes) => Buffer.from(lz4.decompress(bytes)),
})

const contract = new protobuf.Root().loadSync(
  path.join(__dirname, '../../../schemas/src/main/proto/tapeline/v1/market.proto'),
  { keepCase: true }
)

// The reader of a message of the contract. Numbers of 64 bits become text: JavaScript's own numbers have 53.
function decoder(message) {
  const type = contract.lookupType('tapeline.v1.' + message)
  return (bytes) => type.toObject(type.decode(bytes), { longs: String, enums: String, defaults: true, oneofs: true })
}

// Calls take(value) with each record of an instrument, from the oldest on, until it returns true.
async function read(bootstrap, topic, instrument, decode, take) {
  const kafka = new Kafka({ clientId: 'tutorial', brokers: bootstrap.split(','), logLevel: logLevel.ERROR })
  // kafkajs reads by a group always; a new one each time, which keeps no offsets. It reads what is committed unless told otherwise.
  const consumer = kafka.consumer({ groupId: 'tutorial-' + process.pid + '-' + Date.now(), readUncommitted: false })
  try {
    await consumer.connect()
    await consumer.subscribe({ topic, fromBeginning: true })
    await new Promise((resolve, reject) => {
      let done = false
      consumer.on(consumer.events.CRASH, (crash) => reject(crash.payload.error))
      consumer
        .run({
          autoCommit: false,
          eachMessage: async ({ message }) => {
            if (!done && message.key.toString() === instrument && message.value !== null) {
              done = take(decode(message.value)) === true
              if (done) resolve()
            }
          },
        })
        .catch(reject)
    })
  } finally {
    await consumer.disconnect()
  }
}

// Exact decimals as BigInt, in units of 10^-38: the smallest that the contract can say.
const DIGITS = 38

// A field's value: its mantissa times ten to the exponent of its group, or the text in `wide` where 64 bits were too few.
function decimal(message, type, field, exponent, index = 0) {
  const number = contract.lookupType('tapeline.v1.' + type).fields[field].id
  const wide = message.wide?.find((each) => each.field === number && each.index === index)
  if (wide !== undefined) {
    const [whole, fraction = ''] = wide.text.split('.')
    return BigInt(whole + fraction.padEnd(DIGITS, '0'))
  }
  const mantissa = Array.isArray(message[field]) ? message[field][index] : message[field]
  return BigInt(mantissa) * 10n ** BigInt(DIGITS + exponent)
}

function text(units) {
  if (units < 0n) return '-' + text(-units)
  const digits = units.toString().padStart(DIGITS + 1, '0')
  const fraction = digits.slice(-DIGITS).replace(/0+$/, '')
  return digits.slice(0, -DIGITS) + (fraction === '' ? '' : '.' + fraction)
}

module.exports = { decoder, read, decimal, text }
