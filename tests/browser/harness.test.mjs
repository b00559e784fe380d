// The harness itself: that it finds what it is there to find. The pages are made here; Sarafan is not started.

import assert from 'node:assert/strict'
import { createServer } from 'node:http'
import { once } from 'node:events'
import { after, test } from 'node:test'
import { accessible } from './harness/axe.mjs'
import { close, open } from './harness/chromium.mjs'
import { looksLike } from './harness/screens.mjs'

after(close)

const page = (body) => `<!doctype html><html lang="en"><title>A page</title><main><h1>A page</h1>${body}</main>`

/** Serves one page for a test. */
async function serve(t, html) {
  const server = createServer((_, answer) => answer.setHeader('content-type', 'text/html').end(html))
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  t.after(() => server.close())
  return `http://127.0.0.1:${server.address().port}`
}

test('axe passes a good page and tells what is wrong with a bad one', async (t) => {
  const good = await open(t, await serve(t, page('<button>Save</button>')))
  await good.goto('/')
  await accessible(good, 'the good page')
  const bad = await open(t, await serve(t, page('<button></button>')))
  await bad.goto('/')
  await assert.rejects(accessible(bad, 'the bad page'), /button-name/)
})

test('a page speaks the language and has the theme that was asked for', async (t) => {
  const opened = await open(t, await serve(t, page('')), { language: 'pl', theme: 'dark', size: 'phone' })
  await opened.goto('/')
  const told = await opened.evaluate(() => [navigator.language, matchMedia('(prefers-color-scheme: dark)').matches, innerWidth])
  assert.deepEqual(told, ['pl-PL', true, 360])
})

test('an error and a request to elsewhere are complaints', async (t) => {
  const html = page('<script>console.error("broken")</script><img alt="" src="http://127.0.0.2:9/x.png">')
  const afters = []
  const opened = await open({ after: (end) => afters.push(end) }, await serve(t, html))
  await opened.goto('/')
  await assert.rejects(afters[0](), (error) => {
    assert.match(error.message, /what the page should never do/)
    const told = error.actual.join('\n')
    return /console: broken/.test(told) && /a request to http:\/\/127\.0\.0\.2:9/.test(told)
  })
})

test('a changed screen is found', async (t) => {
  const square = (colour) => page(`<div id="square" style="width:100px;height:100px;background:${colour}"></div>`)
  const same = await open(t, await serve(t, square('rgb(180, 40, 60)')))
  await same.goto('/')
  await looksLike(same.locator('#square'), 'harness-square')
  if (process.env.SARAFAN_UPDATE_SCREENS) return
  const other = await open(t, await serve(t, square('rgb(40, 180, 60)')))
  await other.goto('/')
  await assert.rejects(looksLike(other.locator('#square'), 'harness-square'), /harness-square changed .* of it/)
})
