'use strict'

// Counts updates and tells, as one line on standard output, what the second half of them cost this process.
exports.measure = function (total) {
  const half = Math.floor(total / 2)
  let updates = 0
  let begun
  let cpu
  return function updated() {
    updates++
    if (updates === half) {
      begun = process.hrtime.bigint()
      cpu = process.cpuUsage()
    } else if (updates === total) {
      const spent = process.cpuUsage(cpu)
      const wallMicros = Number((process.hrtime.bigint() - begun) / 1000n)
      console.log(`updates=${total - half} cpuMicros=${spent.user + spent.system} wallMicros=${wallMicros}`)
      process.exit(0)
    }
  }
}
