// The parts of the interface, each in both themes, compared with the screens of before. The page of parts is in no
// release: it is built here, into a folder of its own, and served without Sarafan.

import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { createServer } from 'node:http'
import { tmpdir } from 'node:os'
import { extname, join, normalize } from 'node:path'
import { after, before, test } from 'node:test'
import { accessible } from './harness/axe.mjs'
import { close, open } from './harness/chromium.mjs'
import { looksLike } from './harness/screens.mjs'

const UI = new URL('../../ui/', import.meta.url).pathname
const TYPES = { '.html': 'text/html', '.js': 'text/javascript', '.css': 'text/css', '.svg': 'image/svg+xml', '.woff2': 'font/woff2', '.json': 'application/json' }

let folder
let server
before(async () => {
  folder = await mkdtemp(join(tmpdir(), 'sarafan-parts-'))
  const words = ['node_modules/vite/bin/vite.js', 'build', '--outDir', folder, '--emptyOutDir', '--logLevel', 'warn']
  const vite = spawn(process.execPath, words, { cwd: UI, env: { ...process.env, VITE_PARTS: '1' }, stdio: ['ignore', 'inherit', 'inherit'] })
  const [code] = await once(vite, 'close')
  assert.equal(code, 0, 'the page of parts is built')
  server = createServer(answer).listen(0, '127.0.0.1')
  await once(server, 'listening')
})
after(async () => {
  await close()
  server?.close()
  await rm(folder, { recursive: true, force: true })
})

/** A file of the build; nobody is signed in; every other path is the application's. */
async function answer(request, response) {
  const path = normalize(new URL(request.url, 'http://localhost').pathname)
  if (path.startsWith('/api/')) {
    response.writeHead(401, { 'content-type': 'application/problem+json' }).end('{"code":"signed-out","title":"","detail":"","status":401}')
    return
  }
  const file = extname(path) ? path : '/index.html'
  const bytes = await readFile(join(folder, file)).catch(() => null)
  if (bytes) response.writeHead(200, { 'content-type': TYPES[extname(file)] ?? 'application/octet-stream' }).end(bytes)
  else response.writeHead(404).end()
}

async function gallery(t) {
  const page = await open(t, `http://127.0.0.1:${server.address().port}`)
  // Times on the page are told from the present: it is always the same one.
  await page.clock.setFixedTime(new Date('2026-12-01T09:00:00Z'))
  await page.goto('/_parts')
  await page.locator('.gallery .dark').waitFor()
  await page.evaluate(() => document.fonts.ready)
  await page.waitForLoadState('networkidle')
  return page
}

for (const theme of ['light', 'dark'])
  test(`the parts look as they did, ${theme}`, async (t) => {
    const page = await gallery(t)
    await looksLike(page.locator(`.gallery > .${theme}`), `parts-${theme}`)
  })

for (const [theme, other] of [['light', 'dark'], ['dark', 'light']])
  test(`the parts are accessible, ${theme}`, async (t) => {
    const page = await gallery(t)
    // Two boards beside each other have the same landmarks; a real page has each once.
    await page.locator(`.gallery > .${other}`).evaluate((board) => board.remove())
    await accessible(page, `the parts, ${theme}`)
  })
