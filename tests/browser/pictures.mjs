// Makes the pictures of the README from the demonstration: `node tests/browser/pictures.mjs`. No test; look at what it made.

import { mkdir, stat } from 'node:fs/promises'
import { close, dataFolder, signedIn, start } from './harness/house.mjs'

const FOLDER = new URL('../../docs/pictures/', import.meta.url)
/** What a picture may weigh: the README is read on the road too. */
const MOST = 250_000
const PERSON = { email: 'demo@sarafan.example', password: 'sarafan-demo' }

const ends = []
const test = { after: (end) => ends.unshift(end) }
try {
  const data = await dataFolder(test)
  const house = await start(test, data, ['serve', '--demo'])
  const page = await signedIn(test, house, { person: PERSON })
  const api = async (path) => (await page.request.get(`/api/v1${path}`)).json()
  const [{ id: brand }] = await api('/brands')
  const post = await filled(page, () => api(`/brands/${brand}/posts?limit=100`))
  await mkdir(FOLDER, { recursive: true })
  await take(page, `/b/${brand}/calendar?view=agenda`, 'calendar', '[data-post] img')
  await take(page, `/b/${brand}/posts/${post}`, 'composer', 'textarea')
} finally {
  for (const end of ends) await end()
  await close()
}

/** Waits until the plan is in and the first posts are out; a post with a picture that is still to come. */
async function filled(page, ask) {
  await page.goto('/')
  for (;;) {
    const { items } = await ask()
    const sent = items.filter((one) => one.state === 'sent')
    const coming = items.find((one) => one.state === 'scheduled' && one.thumb && one.channels.length > 2 && one.language === 'en')
    if (sent.length > 2 && coming) return coming.id
    // The server tells its pages when something happened; this one is no page, so it looks again with the next answer.
    await page.waitForResponse(() => true, { timeout: 1000 }).catch(() => null)
  }
}

async function take(page, path, name, seen) {
  await page.goto(path)
  await page.locator(seen).first().waitFor()
  await page.waitForLoadState('networkidle').catch(() => null)
  await page.evaluate(() => document.fonts.ready)
  const file = new URL(`${name}.png`, FOLDER)
  await page.screenshot({ path: file.pathname, animations: 'disabled', caret: 'hide' })
  const { size } = await stat(file)
  console.log(`${name}.png: ${Math.round(size / 1000)} kB`)
  if (size > MOST) throw new Error(`${name}.png weighs ${size} bytes; at most ${MOST}`)
}
