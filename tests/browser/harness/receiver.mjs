// A program elsewhere that takes webhooks and checks every one of them with a library that we did not write.

import { EventEmitter, once } from 'node:events'
import { createServer } from 'node:http'
import { Webhook } from 'standardwebhooks'

/** How long a message may take to come, in milliseconds. */
const PATIENCE = 30_000

/**
 * @param {import('node:test').TestContext} test ends it
 */
export async function receiver(test) {
  const taken = []
  const news = new EventEmitter()
  const state = { secret: null, answers: [] }
  const server = createServer(async (request, response) => {
    let body = ''
    for await (const part of request) body += part
    let verified = null
    let refused = null
    try {
      verified = new Webhook(state.secret).verify(body, request.headers)
    } catch (error) {
      refused = error
    }
    response.statusCode = state.answers.shift() ?? (verified ? 204 : 400)
    response.end()
    taken.push({ headers: request.headers, body, verified, refused })
    news.emit('taken')
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  test.after(() => new Promise((done) => server.close(done)))
  return {
    url: `http://127.0.0.1:${server.address().port}/hooks`,
    state,
    taken,
    /** The first message that fits and was not asked for before. */
    async next(fits) {
      const signal = AbortSignal.timeout(PATIENCE)
      for (;;) {
        const at = taken.findIndex(fits)
        if (at >= 0) return taken.splice(at, 1)[0]
        await once(news, 'taken', { signal }).catch(() => {
          throw new Error(`it did not come; what came: ${JSON.stringify(taken.map(({ body }) => body))}`)
        })
      }
    },
  }
}
