// The browser. One for all tests of a file, a fresh context for each page; anything a page should never do (an error
// in the console, an uncaught exception, a request to somewhere else) fails the test that opened it.

import assert from 'node:assert/strict'
import { chromium } from 'playwright-core'

/** The three languages with the locale the browser asks for. */
export const LANGUAGES = { en: 'en-GB', ru: 'ru-RU', pl: 'pl-PL' }
/** Widths and heights: a phone and a desk. */
export const SIZES = { phone: { width: 360, height: 740 }, desk: { width: 1440, height: 900 } }

/** The browser's program. `cargo xtask test browser` says where it is. */
const PROGRAM = process.env.SARAFAN_CHROMIUM ?? '/usr/bin/chromium'

// Without these a headless Chromium talks to its maker at every start, and draws letters differently from machine to
// machine. As the administrator it has no sandbox of its own.
const FLAGS = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--disable-dev-shm-usage',
  '--disable-lcd-text',
  '--font-render-hinting=none',
  '--force-color-profile=srgb',
]

/** The question "who am I?" is answered with 401 while nobody is signed in; the browser calls that an error. */
const NOBODY = /^console: .*401 .*\/api\/v1\/session\)$/

let browser

/**
 * Opens an empty page.
 * @param {import('node:test').TestContext} test closes it and fails if the page misbehaved
 * @param {string} address where the application is
 * @param {{ language?: 'en'|'ru'|'pl', theme?: 'light'|'dark', size?: 'phone'|'desk', expect?: RegExp[] }} options
 *   `expect`: messages in the console that this test provokes
 */
export async function open(test, address, { language = 'en', theme = 'light', size = 'desk', expect = [] } = {}) {
  browser ??= await chromium.launch({ executablePath: PROGRAM, args: FLAGS })
  const context = await browser.newContext({
    baseURL: address,
    locale: LANGUAGES[language],
    timezoneId: 'Europe/Warsaw',
    colorScheme: theme,
    reducedMotion: 'reduce',
    viewport: SIZES[size],
    deviceScaleFactor: 1,
  })
  const complaints = []
  const page = await context.newPage()
  page.setDefaultTimeout(15_000)
  page.on('pageerror', (error) => complaints.push(`exception: ${error.stack ?? error.message}`))
  page.on('console', (message) => {
    if (message.type() === 'error') complaints.push(`console: ${message.text()} (${message.location().url})`)
  })
  page.on('request', (request) => {
    const url = new URL(request.url())
    if (url.protocol.startsWith('http') && url.origin !== address) complaints.push(`a request to ${url.origin}`)
  })
  test.after(async () => {
    await context.close()
    const fine = [NOBODY, ...expect]
    const real = complaints.filter((complaint) => !fine.some((pattern) => pattern.test(complaint)))
    assert.deepEqual(real, [], 'what the page should never do')
  })
  return page
}

/** Ends the browser. To be called in `after` of every file that opened pages. */
export async function close() {
  await browser?.close()
  browser = undefined
}
