// Working together: one names another on a post and gives a task; the other hears by the bell, by mail and by messenger, in
// the ways they chose.

import assert from 'node:assert/strict'
import { once } from 'node:events'
import { readFile } from 'node:fs/promises'
import { createServer } from 'node:http'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { after, test } from 'node:test'
import { backwards } from './harness/ends.mjs'
import { accessible, close, house, open, signedIn } from './harness/house.mjs'

after(close)

const PASSWORD = 'three quiet wooden spoons'
/** aiosmtpd, where the servers of the tests run. */
const MAIL = process.env.SARAFAN_TEST_MAIL ? JSON.parse(process.env.SARAFAN_TEST_MAIL) : null
/** What is told soon gathers until the full minute. */
const WINDOW = 90_000

async function api(page, method, path, data, address) {
  const answer = await page.request.fetch(`/api/v1${path}`, { method, data, headers: { origin: address } })
  assert.ok(answer.ok(), `${method} ${path}: ${answer.status()} ${await answer.text()}`)
  return answer.status() === 204 ? null : answer.json()
}

/** The server of a bot: it says what people wrote to it, and remembers what it wrote to them. */
async function botServer(scope) {
  const written = []
  const waiting = []
  const server = createServer(async (request, response) => {
    let body = ''
    for await (const part of request) body += part
    const asked = JSON.parse(body || '{}')
    const method = request.url.split('/').pop().toLowerCase()
    let result = true
    if (method === 'getme') result = { id: 1, is_bot: true, first_name: 'Sarafan', username: 'sarafan_news_bot' }
    if (method === 'getupdates') result = waiting.filter((update) => update.update_id >= (asked.offset ?? 0))
    if (method === 'sendmessage') {
      written.push(asked)
      result = { message_id: written.length, date: 0, chat: { id: Number(asked.chat_id), type: 'private' } }
    }
    response.setHeader('content-type', 'application/json')
    response.end(JSON.stringify({ ok: true, result }))
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  scope.after(() => new Promise((done) => { server.close(done); server.closeAllConnections() }))
  const say = (text) => {
    const person = { id: 5, is_bot: false, first_name: 'Anna', username: 'anna' }
    waiting.push({ update_id: waiting.length + 1, message: { message_id: 1, date: 0, chat: { id: 5, type: 'private' }, from: person, text } })
  }
  return { address: `http://127.0.0.1:${server.address().port}`, written, say }
}

/** The words of a letter, however its parts are written. */
function words(letter) {
  const plain = letter.replaceAll(/=\r?\n/g, '')
  const packed = [...letter.matchAll(/base64\r?\n\r?\n([\w+/=\s]+)/g)].map(([, text]) => Buffer.from(text, 'base64').toString())
  return [plain, ...packed].join('\n')
}

async function until(what, patience, look) {
  for (const end = Date.now() + patience; Date.now() < end; await pause(250)) {
    const found = await look()
    if (found) return found
  }
  throw new Error(`${what}: not within ${patience / 1000} seconds`)
}

async function fits(page, what) {
  const wide = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)
  assert.ok(wide <= 0, `${what}: ${wide} pixels stand out`)
  await accessible(page, what)
}

test('two people work together', async (t) => {
  const scope = backwards(t)
  const bot = await botServer(scope)
  const settings = { SARAFAN_MESSENGER_TOKEN: '1:secret', SARAFAN_MESSENGER_SERVER: bot.address, SARAFAN_ALLOW_PRIVATE: new URL(bot.address).host }
  if (MAIL) Object.assign(settings, { SARAFAN_MAIL: MAIL.plain })
  Object.assign(process.env, settings)
  scope.after(() => Object.keys(settings).forEach((name) => delete process.env[name]))
  const home = await house(scope, { sandbox: false })
  const brand = home.brand.id
  const owner = await signedIn(scope, home)
  const email = `anna-${Date.now()}@example.org`
  const { url } = await api(owner, 'POST', `/brands/${brand}/invitations`, { email, role: 'author' }, home.address)
  const anna = await open(scope, home.address)
  await api(anna, 'POST', `/invitations/${url.split('/').pop()}`, { name: 'Anna', password: PASSWORD, language: 'en' }, home.address)
  const post = await api(anna, 'POST', `/brands/${brand}/posts`, { content: { text: 'Fresh cups from the kiln', language: 'en' }, channels: [] }, home.address)
  const bell = anna.getByRole('button', { name: /^Notifications/ })

  await t.test('a messenger is linked in the profile', async () => {
    await anna.goto('/profile')
    await anna.getByRole('button', { name: 'Link Telegram' }).click()
    const link = await anna.getByRole('link', { name: 'Open Telegram' }).getAttribute('href')
    assert.match(link, /^https:\/\/t\.me\/sarafan_news_bot\?start=[\w-]{43}$/)
    await accessible(anna, 'profile, linking a messenger')
    bot.say(`/start ${link.split('=').pop()}`)
    await anna.getByText('Linked: @anna').waitFor()
    await until('a greeting', 10_000, () => bot.written.some((one) => one.chat_id === '5'))
  })

  await t.test('she chooses how she hears of what', async () => {
    await anna.goto(`/b/${brand}/notices`)
    await anna.getByRole('heading', { name: 'Nothing yet' }).waitFor()
    const kind = anna.getByRole('group', { name: 'Somebody mentions you' })
    assert.ok(await kind.getByRole('checkbox', { name: 'Here' }).isChecked())
    assert.ok(await kind.getByRole('checkbox', { name: 'Telegram' }).isChecked())
    const given = anna.getByRole('group', { name: 'You are given a task' })
    await given.getByRole('checkbox', { name: 'Telegram' }).uncheck()
    await anna.getByText('Saved').first().waitFor()
    await accessible(anna, 'notices')
    await anna.setViewportSize({ width: 360, height: 740 })
    await fits(anna, 'notices on a phone')
    await anna.setViewportSize({ width: 1280, height: 800 })
    await anna.goto(`/b/${brand}/today`)
    await bell.waitFor()
  })

  await t.test('she is named on a post, and the bell tells it at once', async () => {
    // Both notes are to fall into one window, whose shortest is a quarter of a minute.
    await until('a window that begins', 20_000, () => Date.now() % 15_000 < 5_000)
    await owner.goto(`/b/${brand}/posts/${post.id}`)
    const text = owner.getByRole('textbox', { name: 'Write a note' })
    for (const words of ['Is the price right?', 'And the picture?']) {
      await text.fill('')
      await text.pressSequentially('@An')
      await owner.getByRole('button', { name: '@Anna' }).waitFor()
      await text.press('Enter')
      await text.pressSequentially(words)
      await text.press('Control+Enter')
      await owner.getByText(words).first().waitFor()
    }
    await accessible(owner, 'posts/<id> with notes')
    await anna.getByRole('button', { name: 'Notifications: 2 unread' }).waitFor()
    await bell.click()
    await anna.getByRole('link', { name: /mentioned you on “Fresh cups from the kiln”/ }).first().waitFor()
    await accessible(anna, 'the bell')
    await anna.keyboard.press('Escape')
  })

  await t.test('both mentions come in one message and in one letter', async () => {
    const message = await until('a message', WINDOW, () => bot.written.find((one) => one.text.includes('Is the price right?')))
    assert.match(message.text, /And the picture\?/)
    if (!MAIL) { console.log('skipped: SARAFAN_TEST_MAIL is not set'); return }
    // The invitation came before.
    const newest = async () => words(await readFile(join(MAIL.folder, `${email}.eml`), 'latin1').catch(() => ''))
    const letter = await until('a letter', WINDOW, async () => { const found = await newest(); return found.includes('Is the price right') && found })
    assert.match(letter, /And the picture/)
  })

  await t.test('a task is given, seen today, done and undone', async () => {
    await owner.goto(`/b/${brand}/tasks`)
    await owner.getByText('Nothing to do').waitFor()
    await accessible(owner, 'tasks, empty')
    await owner.getByRole('button', { name: 'New task' }).click()
    await owner.getByLabel('What is to be done').fill('Photos of the new cups')
    await owner.getByLabel('Who').selectOption({ label: 'Anna' })
    await accessible(owner, 'tasks, a new one')
    await owner.getByRole('button', { name: 'Create' }).click()
    await owner.getByText('Task saved').first().waitFor()
    await anna.getByRole('button', { name: 'Notifications: 3 unread' }).waitFor()
    const [task] = (await api(anna, 'GET', `/brands/${brand}/tasks?mine=true`, undefined, home.address)).items
    const due = new Date(Date.now() + 24 * 3600_000).toISOString().slice(0, 10)
    await api(owner, 'PUT', `/brands/${brand}/tasks/${task.id}`, { title: task.title, assignee: task.assignee.id, due: `${due}T00:00` }, home.address)
    await anna.goto(`/b/${brand}/tasks`)
    await anna.getByRole('button', { name: 'Done: Photos of the new cups' }).click()
    await anna.getByText('Nothing to do').waitFor()
    await anna.getByRole('button', { name: 'Undo' }).click()
    await anna.getByRole('button', { name: /^Photos of the new cups/ }).waitFor()
    await anna.setViewportSize({ width: 360, height: 740 })
    await fits(anna, 'tasks on a phone')
    await anna.goto(`/b/${brand}/posts/${post.id}`)
    await anna.getByRole('heading', { name: 'Team notes' }).waitFor()
    await fits(anna, 'posts/<id> with notes on a phone')
    await anna.setViewportSize({ width: 1280, height: 800 })
  })

  await t.test('a task that is due stands on the first page of the day', async () => {
    const yesterday = new Date(Date.now() - 24 * 3600_000).toISOString().slice(0, 10)
    await api(anna, 'POST', `/brands/${brand}/tasks`, { title: 'Pack the kiln', assignee: (await api(anna, 'GET', '/session', undefined, home.address)).person.id, due: `${yesterday}T10:00` }, home.address)
    await anna.goto(`/b/${brand}/today`)
    await anna.getByRole('heading', { name: 'Your tasks' }).waitFor()
    await accessible(anna, 'today with tasks')
    await anna.getByRole('button', { name: /^Pack the kiln/ }).click()
    await anna.waitForURL(/\/tasks\?task=/)
  })

  await t.test('everything is marked as read', async () => {
    await anna.goto(`/b/${brand}/notices`)
    await anna.getByRole('button', { name: 'Mark all as read' }).first().click()
    await anna.getByRole('button', { name: 'Notifications', exact: true }).waitFor()
  })
})
