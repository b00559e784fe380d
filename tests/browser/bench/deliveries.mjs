// How late posts are: a hundred, spread over a minute, in the demonstration with the networks it plays beside it. The
// sandbox says when each one arrived; that moment less the due time is the lateness. Prints one line of JSON.

import { dataFolder, start } from '../harness/program.mjs'
import { ends } from './ends.mjs'

const POSTS = 100
const SPREAD = 60
/** Seconds from now to the first one: the time in which all of them have to be written and scheduled. */
const AHEAD = 45
/** Networks whose rate limits let a hundred posts a minute through. */
const NETWORKS = ['bluesky', 'mastodon']

const script = ends()
try {
  const data = await dataFolder(script)
  const house = await start(script, data, ['serve', '--demo'])
  const api = await signIn(house.address, house.demo)
  const [brand] = (await api('GET', '/session')).brands
  const all = await api('GET', `/brands/${brand.id}/channels`)
  const channels = NETWORKS.map((network) => all.find((channel) => channel.network === network))

  const first = Math.ceil(Date.now() / 1000 + AHEAD) * 1000
  const due = new Map()
  for (let n = 0; n < POSTS; n += 1) {
    // A time of ours is a whole second, so that some seconds have two posts.
    const at = first + Math.floor((n * SPREAD) / POSTS) * 1000
    const mark = `bench ${String(n).padStart(3, '0')}`
    const post = await api('POST', `/brands/${brand.id}/posts`, {
      content: { text: mark, language: 'en' },
      channels: [channels[n % channels.length].id],
    })
    const wall = new Date(at).toISOString().slice(0, 19)
    await api('POST', `/brands/${brand.id}/posts/${post.id}/schedule`, {
      version: post.version,
      when: { mode: 'at', wall, zone: 'UTC' },
    })
    due.set(mark, at)
  }
  if (Date.now() > first) throw new Error('the posts took too long to write; the first ones were due already')

  const arrived = await arrivals(house, first)
  const late = [...due].filter(([mark]) => arrived.has(mark)).map(([mark, at]) => Date.parse(arrived.get(mark)[0]) - at)
  late.sort((one, other) => one - other)
  const missing = [...due.keys()].filter((mark) => !arrived.has(mark)).length
  const twice = [...arrived.values()].filter((moments) => moments.length > 1).length
  const early = late.filter((milliseconds) => milliseconds < 0).length
  const middle = late[Math.floor(late.length / 2)] ?? 0
  const latest = late.at(-1) ?? Number.MAX_SAFE_INTEGER
  console.log(JSON.stringify({ sent: late.length, middle, latest, wrong: missing + twice + early }))
} finally {
  await script.end()
}

/** A signed-in caller of the API. */
async function signIn(address, { email, password }) {
  let cookie = ''
  const call = async (method, path, body) => {
    const answer = await fetch(`${address}/api/v1${path}`, {
      method,
      headers: { origin: address, cookie, ...(body && { 'content-type': 'application/json' }) },
      body: body && JSON.stringify(body),
    })
    if (!answer.ok) throw new Error(`${method} ${path} answered ${answer.status}: ${await answer.text()}`)
    cookie = answer.headers.getSetCookie().at(0)?.split(';').at(0) ?? cookie
    return answer.json()
  }
  await call('POST', '/session', { email, password })
  return call
}

/** Our posts on the walls with the moments of their arrival, once all are there or half a minute after the last. */
async function arrivals({ demo }, first) {
  const end = first + (SPREAD + 30) * 1000
  for (;;) {
    const { networks } = await (await fetch(`${demo.sandbox}/stats?posts=true`)).json()
    const found = new Map()
    for (const network of Object.values(networks)) {
      for (const { text, received_at } of network.received.filter((post) => post.text.startsWith('bench '))) {
        found.set(text, [...(found.get(text) ?? []), received_at])
      }
    }
    if (found.size === POSTS || Date.now() > end) return found
    await new Promise((next) => setTimeout(next, 1000))
  }
}
