// How many jobs a second graphile-worker carries on the PostgreSQL at DATABASE_URL: COUNT jobs that do nothing, taken by
// CONCURRENCY at a time with the settings its documents advise for speed off and on. Prints one line of JSON.

import pg from 'pg'
import { makeWorkerUtils, run } from 'graphile-worker'

const [count, concurrency] = process.argv.slice(2).map(Number)
const connectionString = process.env.DATABASE_URL
const utils = await makeWorkerUtils({ connectionString })
await utils.migrate()
const pool = new pg.Pool({ connectionString, max: 1 })
await pool.query(
  "select graphile_worker.add_jobs(array(select ('publish', json_build_object('delivery', n), null, null, null, null, null, null)::graphile_worker.job_spec from generate_series(1, $1) n))",
  [count],
)
await pool.end()

let left = count
let finish
const finished = new Promise((resolve) => (finish = resolve))
const begun = performance.now()
const runner = await run({
  connectionString,
  concurrency,
  maxPoolSize: 8,
  noHandleSignals: true,
  logger: undefined,
  taskList: {
    publish: () => {
      left -= 1
      if (left === 0) finish()
    },
  },
})
await finished
const seconds = (performance.now() - begun) / 1000
await runner.stop()
await utils.release()
console.log(JSON.stringify({ rate: count / seconds }))
