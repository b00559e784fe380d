// The TypeScript client against the program: types are checked by its build and by the guide, here is what it does over time.

import assert from 'node:assert/strict'
import { after, test } from 'node:test'
import { Problem, pages, sarafan, take } from '../../clients/typescript/dist/index.js'
import { backwards } from './harness/ends.mjs'
import { close, command, house, OWNER } from './harness/house.mjs'

after(close)

test('the client', async (t) => {
  const scope = backwards(t)
  const home = await house(scope, { sandbox: false })
  const { token } = await command(home.data, ['token', 'create', '--person', OWNER.email, '--name', 'Client', '--scope', 'posts:write'])
  const path = { brand: home.brand.id }
  const texts = async (api) => {
    const found = []
    const list = pages((cursor) => take(api.GET('/brands/{brand}/posts', { params: { path, query: { limit: 2, cursor } } })))
    for await (const post of list) found.push(post.title)
    return found.sort()
  }
  const write = (api, text) => take(api.POST('/brands/{brand}/posts', { params: { path }, body: { content: { text } } }))

  await t.test('reads lists to their end and tells problems', async () => {
    const api = sarafan({ url: `${home.address}/`, token })
    for (const text of ['one', 'two', 'three', 'four', 'five']) await write(api, text)
    assert.deepEqual(await texts(api), ['five', 'four', 'one', 'three', 'two'])
    const refused = await take(api.POST('/brands/{brand}/pause', { params: { path }, body: { paused: true } })).catch((error) => error)
    assert.ok(refused instanceof Problem)
    assert.deepEqual([refused.status, refused.code, refused.details.status], [403, 'out_of_scope', 403])
    assert.match(refused.message, /brand:write/)
    const nobody = await take(sarafan({ url: home.address, token: 'sfn_none' }).GET('/brands')).catch((error) => error)
    assert.equal(nobody.code, 'bad_token')
  })

  await t.test('a line that breaks after the change does not make it twice', async () => {
    let broken = 0
    const send = async (request) => {
      const answer = await fetch(request)
      if (request.method === 'POST' && broken === 0) {
        broken += 1
        throw new TypeError('the line broke')
      }
      return answer
    }
    const api = sarafan({ url: home.address, token, fetch: send })
    const post = await write(api, 'once')
    assert.equal(broken, 1)
    assert.equal((await texts(api)).filter((title) => title === 'once').length, 1)
    assert.equal(post.content.text, 'once')
  })

  await t.test('it waits when it is told to, and gives up in the end', async () => {
    const asked = []
    const send = async (request) => {
      asked.push(request.headers.get('idempotency-key'))
      return new Response('{"code":"too_often","detail":"Too many."}', { status: 429, headers: { 'retry-after': '0', 'content-type': 'application/problem+json' } })
    }
    const api = sarafan({ url: home.address, token, tries: 4, fetch: send })
    const refused = await write(api, 'x').catch((error) => error)
    assert.equal(refused.code, 'too_often')
    assert.equal(asked.length, 4)
    assert.equal(new Set(asked).size, 1, 'one key for all tries')
    assert.ok(asked[0])
  })
})
