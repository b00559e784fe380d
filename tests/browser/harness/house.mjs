// A house to test in: a running Sarafan with the sandbox of networks beside it, an owner, a brand and a browser that is
// signed in. What a spec imports; the files beside this one are its parts.

import { randomBytes } from 'node:crypto'
import { command, dataFolder, start } from './program.mjs'
import { open } from './chromium.mjs'

export { accessible } from './axe.mjs'
export { LANGUAGES, SIZES, close, open } from './chromium.mjs'
export { PROGRAM, command, dataFolder, start } from './program.mjs'
export { looksLike } from './screens.mjs'

/** The owner every house has. */
export const OWNER = { email: 'owner@example.org', password: `Test-${randomBytes(12).toString('hex')}` }

/**
 * A house with an owner and a brand.
 * @param {import('node:test').TestContext} test ends it
 * @param {{ brand?: { name: string, language: string, zone: string, country: string }, serve?: string[], sandbox?: boolean }} options
 *   `serve`: more words for `sarafan serve`; `sandbox`: whether the networks play beside it
 */
export async function house(test, options = {}) {
  const { brand = BRAND, serve = [], sandbox = true } = options
  const data = await dataFolder(test)
  const networks = sandbox ? await start(test, data, ['sandbox']) : null
  await command(data, ['owner', 'create', '--email', OWNER.email], `${OWNER.password}\n`)
  const made = await command(data, [
    ...['brand', 'create', brand.name, '--language', brand.language],
    ...['--time-zone', brand.zone, '--country', brand.country],
  ])
  // Sarafan speaks to no private address but those it was told.
  const allowed = networks ? { SARAFAN_ALLOW_PRIVATE: new URL(networks.address).host } : {}
  const { address, lines } = await start(test, data, ['serve', ...serve], allowed)
  return { data, address, lines, brand: made, sandbox: networks?.address ?? null }
}

/** The brand of a house that asks for no other. */
const BRAND = { name: 'Sarafan', language: 'ru', zone: 'Europe/Moscow', country: 'RU' }

/**
 * A page whose person is signed in. Signing in goes through the API, as one spec tests the form itself.
 * @param {import('node:test').TestContext} test
 * @param {{ address: string }} house
 * @param {Parameters<typeof open>[2] & { person?: { email: string, password: string } }} options
 */
export async function signedIn(test, house, options = {}) {
  const { person = OWNER, language = 'en', theme = 'light' } = options
  const page = await open(test, house.address, options)
  const headers = { origin: house.address }
  const { email, password } = person
  await expectOk(await page.request.post('/api/v1/session', { headers, data: { email, password } }))
  // The profile decides the language and the theme of a signed-in person, not the browser.
  await expectOk(await page.request.patch('/api/v1/profile', { headers, data: { language, theme } }))
  return page
}

async function expectOk(response) {
  if (!response.ok()) throw new Error(`${response.url()} answered ${response.status()}: ${await response.text()}`)
}
