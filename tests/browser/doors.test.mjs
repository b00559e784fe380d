// The doors: a second step is set up, asked for at the next sign-in, also over a page on which somebody writes; a lost device
// is replaced by a recovery code, and another device is signed out. A forgotten password is replaced by the link of a letter.

import assert from 'node:assert/strict'
import { createHmac } from 'node:crypto'
import { on, once } from 'node:events'
import { watch } from 'node:fs'
import { readFile, rm } from 'node:fs/promises'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { after, test } from 'node:test'
import { backwards } from './harness/ends.mjs'
import { OWNER, accessible, close, command, house, open, signedIn } from './harness/house.mjs'

after(close)

const WORDS = {
  en: { add: 'Add an application', next: 'Next', on: 'Turn on', kept: 'They are kept', in: 'Sign in', recovery: 'Use a recovery code', this: 'this device', out: 'Sign out' },
  ru: { add: 'Подключить приложение', next: 'Дальше', on: 'Включить', kept: 'Коды сохранены', in: 'Войти', recovery: 'Ввести резервный код', this: 'это устройство', out: 'Завершить' },
  pl: { add: 'Podłącz aplikację', next: 'Dalej', on: 'Włącz', kept: 'Mam je zapisane', in: 'Zaloguj się', recovery: 'Użyj kodu zapasowego', this: 'to urządzenie', out: 'Wyloguj' },
}
/** Refused calls are what these tests provoke. */
const PROVOKED = [/^console: .* 401 /, /^console: .* 422 /]

/** The code that an application shows (RFC 6238); `ahead` steps later. */
function code(secret, ahead = 0) {
  const letters = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'
  const bits = [...secret].map((letter) => letters.indexOf(letter).toString(2).padStart(5, '0')).join('')
  const key = Buffer.from(bits.match(/.{8}/g).map((byte) => parseInt(byte, 2)))
  const step = Buffer.alloc(8)
  step.writeBigUInt64BE(BigInt(Math.floor(Date.now() / 30_000) + ahead))
  const digest = createHmac('sha1', key).update(step).digest()
  const place = digest[19] & 15
  return String((digest.readUInt32BE(place) & 0x7fffffff) % 1_000_000).padStart(6, '0')
}

async function fits(page, what) {
  const wide = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)
  assert.ok(wide <= 0, `${what}: ${wide} pixels stand out to the right`)
  await accessible(page, what)
}

/** A picture to look at, where SARAFAN_LOOK names a folder. */
async function look(page, name) {
  if (process.env.SARAFAN_LOOK) await page.screenshot({ path: join(process.env.SARAFAN_LOOK, `${name}.png`) })
}

/** Sets the second step up in the browser; answers with the secret and the recovery codes. */
async function setUp(page, words) {
  await page.goto('/profile/factors')
  await page.getByRole('main').getByRole('button', { name: words.add }).click()
  let dialog = page.getByRole('dialog')
  await fits(page, 'profile/factors, password')
  await dialog.locator('input[type="password"]').fill(OWNER.password)
  await dialog.getByRole('button', { name: words.next }).click()
  await dialog.locator('svg[role="img"]').waitFor()
  await fits(page, 'profile/factors, scanning')
  const secret = (await dialog.locator('.secret').textContent()).replaceAll(' ', '')
  await dialog.getByRole('textbox').fill(code(secret, -1))
  await dialog.getByRole('button', { name: words.on }).click()
  dialog = page.getByRole('dialog').filter({ has: page.locator('code') })
  await dialog.waitFor()
  await fits(page, 'profile/factors, codes')
  const codes = await dialog.locator('code').allTextContents()
  assert.equal(codes.length, 10)
  await dialog.getByRole('button', { name: words.kept }).click()
  await dialog.waitFor({ state: 'detached' })
  await fits(page, 'profile/factors')
  return { secret, codes }
}

test('a second step is set up, asked for, and replaced by a recovery code', async (t) => {
  const scope = backwards(t)
  const home = await house(scope, { sandbox: false })
  for (const [language, size, theme] of [['en', 'desk', 'light'], ['ru', 'phone', 'dark'], ['pl', 'phone', 'light']]) {
    const words = WORDS[language]
    await t.test(`${language}, ${size}, ${theme}`, async (t) => {
      const here = await signedIn(t, home, { language, size, theme })
      const { secret, codes } = await setUp(here, words)
      const there = await open(t, home.address, { language, size, theme, expect: PROVOKED })
      await there.goto('/sign-in')
      const first = async () => {
        await there.locator('input[type="email"]').fill(OWNER.email)
        await there.locator('input[type="password"]').fill(OWNER.password)
        await there.getByRole('button', { name: words.in }).click()
        await there.locator('input[autocomplete="one-time-code"]').waitFor()
      }
      await first()
      await fits(there, 'sign-in, second step')
      const field = there.locator('input[autocomplete="one-time-code"]')
      await field.fill('000000')
      await there.getByRole('button', { name: words.in }).click()
      await there.locator('[aria-invalid="true"]').waitFor()
      await field.fill(code(secret))
      await there.getByRole('button', { name: words.in }).click()
      await there.waitForURL(/\/b\//)

      // The session ends while somebody writes: the draft stays, and the second step is asked for over it.
      await there.goto(`/b/${home.brand.id}/posts/new`)
      const text = there.getByRole('main').locator('textarea').first()
      await text.fill(`Written before, ${language}`)
      await there.waitForURL(/\/posts\/[0-9a-f-]{36}/)
      const ended = await there.request.delete('/api/v1/session', { headers: { origin: home.address } })
      assert.equal(ended.status(), 204)
      await text.fill(`Written before and after, ${language}`)
      const again = there.getByRole('dialog')
      await again.locator('input[type="password"]').fill(OWNER.password)
      await again.getByRole('button', { name: words.in }).click()
      await again.getByRole('button', { name: words.recovery }).click()
      await again.locator('input[autocomplete="off"]').fill(codes[0].toUpperCase())
      await accessible(there, 'signing in again, second step')
      await again.getByRole('button', { name: words.in }).click()
      await again.waitFor({ state: 'detached' })
      const id = new URL(there.url()).pathname.split('/').at(-1)
      const wanted = [`/api/v1/brands/${home.brand.id}/posts/${id}`, `Written before and after, ${language}`]
      const kept = async ([path, words]) => (await (await fetch(path)).json()).content?.text === words
      await there.waitForFunction(kept, wanted, { polling: 250 })

      await here.goto('/profile/devices')
      const main = here.getByRole('main')
      await main.getByText(words.this).waitFor()
      await fits(here, 'profile/devices')
      const others = main.getByRole('listitem').filter({ hasNotText: words.this })
      const before = await others.count()
      await others.first().getByRole('button', { name: words.out }).click()
      await here.waitForFunction((count) => document.querySelectorAll('main li').length === count, before)
      await command(home.data, ['person', 'reset-factors', OWNER.email])
    })
  }
})

const KEYS = {
  en: { add: 'Add a passkey', next: 'Next', kept: 'They are kept', by: 'Sign in with a passkey', in: 'Sign in', use: 'Use the passkey', remove: 'Remove' },
  ru: { add: 'Добавить ключ доступа', next: 'Дальше', kept: 'Коды сохранены', by: 'Войти с ключом доступа', in: 'Войти', use: 'Использовать ключ доступа', remove: 'Отключить' },
  pl: { add: 'Dodaj klucz dostępu', next: 'Dalej', kept: 'Mam je zapisane', by: 'Zaloguj się kluczem dostępu', in: 'Zaloguj się', use: 'Użyj klucza dostępu', remove: 'Odłącz' },
}

/** A port that nobody listens on: passkeys need the address before the program starts. */
async function freePort() {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address()
  server.close()
  await once(server, 'close')
  return port
}

test('a passkey opens the door alone and after the password', async (t) => {
  const scope = backwards(t)
  const port = await freePort()
  process.env.SARAFAN_PUBLIC_URL = `http://localhost:${port}`
  scope.after(() => delete process.env.SARAFAN_PUBLIC_URL)
  const home = await house(scope, { sandbox: false, serve: ['--listen', `127.0.0.1:${port}`] })
  const named = { ...home, address: process.env.SARAFAN_PUBLIC_URL }
  for (const [language, size, theme] of [['en', 'desk', 'light'], ['ru', 'phone', 'dark'], ['pl', 'phone', 'light']]) {
    const words = KEYS[language]
    await t.test(`${language}, ${size}, ${theme}`, async (t) => {
      const page = await signedIn(t, named, { language, size, theme, expect: PROVOKED })
      const devices = await page.context().newCDPSession(page)
      await devices.send('WebAuthn.enable')
      const device = { protocol: 'ctap2', transport: 'internal', hasResidentKey: true, hasUserVerification: true, isUserVerified: true, automaticPresenceSimulation: true }
      await devices.send('WebAuthn.addVirtualAuthenticator', { options: device })
      await page.goto('/profile/factors')
      const main = page.getByRole('main')
      await main.getByRole('button', { name: words.add }).click()
      const dialog = page.getByRole('dialog')
      await dialog.getByRole('textbox').first().fill('Virtual')
      await dialog.locator('input[type="password"]').fill(OWNER.password)
      await fits(page, 'profile/factors, adding a passkey')
      await dialog.getByRole('button', { name: words.next }).click()
      await page.getByRole('dialog').locator('code').first().waitFor()
      await page.getByRole('dialog').getByRole('button', { name: words.kept }).click()
      await main.getByText('Virtual').waitFor()
      await fits(page, 'profile/factors, with a passkey')

      const leave = async () => {
        await page.request.delete('/api/v1/session', { headers: { origin: named.address } })
        await page.goto('/sign-in')
        await page.getByRole('button', { name: words.by }).waitFor()
      }
      await leave()
      await fits(page, 'sign-in with passkeys')
      await page.getByRole('button', { name: words.by }).click()
      await page.waitForURL(/\/b\//)
      await leave()
      await page.locator('input[type="email"]').fill(OWNER.email)
      await page.locator('input[type="password"]').fill(OWNER.password)
      await page.getByRole('button', { name: words.in, exact: true }).click()
      await page.getByRole('button', { name: words.use, exact: true }).click()
      await page.waitForURL(/\/b\//)

      await page.goto('/profile/factors')
      await main.getByRole('button', { name: `${words.remove}: Virtual` }).click()
      await page.getByRole('dialog').locator('input[type="password"]').fill(OWNER.password)
      await page.getByRole('dialog').getByRole('button', { name: words.remove }).click()
      await main.getByText('Virtual').waitFor({ state: 'detached' })
      await page.goto('/profile')
      await fits(page, 'profile')
    })
  }
})

const FORGOTTEN = {
  en: { forgot: 'Forgot the password?', send: 'Mail the link', sent: 'Look into your mail', save: 'Save', done: 'The new password is good now', over: 'This link has ended', in: 'Sign in' },
  ru: { forgot: 'Забыли пароль?', send: 'Прислать ссылку', sent: 'Проверьте почту', save: 'Сохранить', done: 'Новый пароль действует', over: 'Ссылка больше не действует', in: 'Войти' },
  pl: { forgot: 'Nie pamiętasz hasła?', send: 'Wyślij link', sent: 'Sprawdź pocztę', save: 'Zapisz', done: 'Nowe hasło już działa', over: 'Ten link już nie działa', in: 'Zaloguj się' },
}
const LOOKS = [['en', 'desk', 'light'], ['ru', 'phone', 'dark'], ['pl', 'phone', 'light']]

/** The parts of a letter as its reader sees them. */
function parts(letter) {
  return letter.split(/^--.*$/m).map((part) => {
    const [head, ...body] = part.trimStart().split(/\r?\n\r?\n/)
    if (/transfer-encoding: base64/i.test(head)) return Buffer.from(body.join(''), 'base64').toString()
    return body.join('\n\n').replaceAll(/=\r?\n/g, '')
  })
}

/** The letter to this address as aiosmtpd took it, once it holds a link for a new password. */
async function letter(folder, address) {
  const watcher = watch(folder)
  try {
    const changes = on(watcher, 'change', { signal: AbortSignal.timeout(30_000) })
    for (;;) {
      const text = await readFile(join(folder, `${address}.eml`), 'utf8').catch(() => '')
      const link = /\/password\/[\w-]{40,}/.exec(parts(text).join('\n'))
      if (link) return link[0]
      await changes.next()
    }
  } finally {
    watcher.close()
  }
}

test('a forgotten password is replaced by the link of a letter', { skip: !process.env.SARAFAN_TEST_MAIL }, async (t) => {
  const scope = backwards(t)
  const real = JSON.parse(process.env.SARAFAN_TEST_MAIL)
  process.env.SARAFAN_MAIL = real.plain
  scope.after(() => delete process.env.SARAFAN_MAIL)
  const home = await house(scope, { sandbox: false })
  for (const [language, size, theme] of LOOKS) {
    const words = FORGOTTEN[language]
    await t.test(`${language}, ${size}, ${theme}`, async (t) => {
      const email = `${language}-${Date.now()}@example.org`
      await command(home.data, ['owner', 'create', '--email', email], `${OWNER.password}\n`)
      const elsewhere = await signedIn(t, home, { person: { email, password: OWNER.password }, language, expect: PROVOKED })
      const page = await open(t, home.address, { language, size, theme, expect: [...PROVOKED, /^console: .* 404 /] })
      await page.goto('/sign-in')
      await page.locator('input[type="email"]').fill(email)
      await page.getByRole('link', { name: words.forgot }).click()
      const field = page.locator('input[type="email"]')
      await field.waitFor()
      assert.equal(await field.inputValue(), email, 'what was typed is kept')
      await fits(page, 'password')
      await look(page, `forgotten-${language}`)
      await page.getByRole('button', { name: words.send }).click()
      await page.getByText(words.sent).waitFor()
      await fits(page, 'password, sent')
      await look(page, `sent-${language}`)
      const link = await letter(real.folder, email)
      await rm(join(real.folder, `${email}.eml`))
      await page.goto(link)
      await page.locator('input[type="password"]').fill('short')
      await page.getByRole('button', { name: words.save }).click()
      await page.locator('[aria-invalid="true"]').waitFor()
      await fits(page, 'password/:token')
      await look(page, `choosing-${language}`)
      const next = `New-${OWNER.password}`
      await page.locator('input[type="password"]').fill(next)
      await page.getByRole('button', { name: words.save }).click()
      await page.getByText(words.done).waitFor()
      await fits(page, 'password/:token, done')
      await look(page, `done-${language}`)
      assert.equal((await elsewhere.request.get('/api/v1/session')).status(), 401, 'signed out everywhere')
      await page.getByRole('main').getByRole('link', { name: words.in }).click()
      await page.locator('input[type="email"]').fill(email)
      await page.locator('input[type="password"]').fill(next)
      await page.getByRole('button', { name: words.in, exact: true }).click()
      await page.waitForURL((url) => !url.pathname.startsWith('/sign-in'))
      await page.goto(link)
      await page.getByText(words.over).waitFor()
      await fits(page, 'password/:token, over')
    })
  }
})

test('where nothing is mailed, the page says who can help', async (t) => {
  const scope = backwards(t)
  const home = await house(scope, { sandbox: false })
  for (const [language, size, theme] of LOOKS) {
    await t.test(`${language}, ${size}, ${theme}`, async (t) => {
      const page = await open(t, home.address, { language, size, theme, expect: PROVOKED })
      await page.goto(`/password?email=${OWNER.email}`)
      await page.getByText(`sarafan person reset-password ${OWNER.email}`).waitFor()
      await fits(page, 'password, without mail')
      await look(page, `unmailed-${language}`)
      const { url } = await command(home.data, ['person', 'reset-password', OWNER.email])
      await page.goto(new URL(url).pathname)
      assert.equal(await page.locator('input[type="email"]').inputValue(), OWNER.email)
    })
  }
})

const LINKED = {
  en: { none: 'This account has no password yet', unlink: 'Unlink', allow: 'Allow again', choose: 'Choose a password' },
  ru: { none: 'У этой учётной записи ещё нет пароля', unlink: 'Отвязать', allow: 'Снова разрешить', choose: 'Задать пароль' },
  pl: { none: 'To konto nie ma jeszcze hasła', unlink: 'Odłącz', allow: 'Zezwól ponownie', choose: 'Ustaw hasło' },
}

// The provider of the tests knows one address of ours, which is none of this house: what the server says is played.
test('linked accounts are unlinked and allowed again', async (t) => {
  const scope = backwards(t)
  const home = await house(scope, { sandbox: false })
  for (const [language, size, theme] of LOOKS) {
    const words = LINKED[language]
    await t.test(`${language}, ${size}, ${theme}`, async (t) => {
      const page = await signedIn(t, home, { language, size, theme })
      const account = { issuer: 'https://id.example', subject: '248289761001', name: 'Zerno ID', linked_at: '2026-12-01T07:00:00Z', unlinked_at: null }
      const asked = []
      const answer = (now) => async (route) => {
        asked.push(route.request().postDataJSON())
        await route.fulfill({ json: now })
      }
      await page.route('**/api/v1/identities', (route) => route.fulfill({ json: [account] }))
      await page.route('**/api/v1/identities/unlink', answer([{ ...account, unlinked_at: '2026-12-02T07:00:00Z' }]))
      await page.route('**/api/v1/identities/allow', answer([]))
      await page.route('**/api/v1/factors', async (route) => {
        const response = await route.fetch()
        await route.fulfill({ response, json: { ...(await response.json()), has_password: false } })
      })
      await page.goto('/profile/factors')
      const main = page.getByRole('main')
      await main.getByText(words.none).waitFor()
      assert.match(await main.getByRole('link', { name: words.choose }).getAttribute('href'), /^\/password\?email=/)
      for (const word of [words.unlink, words.allow]) {
        const button = main.getByRole('button', { name: `${word}: Zerno ID` })
        await button.scrollIntoViewIfNeeded()
        await fits(page, `profile/factors, ${word}`)
        await look(page, `linked-${language}`)
        await button.click()
        const dialog = page.getByRole('dialog')
        await dialog.locator('input[type="password"]').fill(OWNER.password)
        await fits(page, `profile/factors, ${word}, password`)
        await look(page, `asked-${language}`)
        await dialog.getByRole('button', { name: word, exact: true }).click()
        await button.waitFor({ state: 'detached' })
      }
      const { issuer, subject } = account
      assert.deepEqual(asked, Array(2).fill({ issuer, subject, password: OWNER.password }))
    })
  }
})
