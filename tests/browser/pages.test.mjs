// Every page of the filled demonstration, in three languages, on a desk and on a phone, by day and by night: it opens, it speaks the language, axe finds nothing, and
// nothing stands out of the screen.

import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { accessible, close, dataFolder, signedIn, start } from './harness/house.mjs'

const PERSON = { email: 'demo@sarafan.example', password: 'sarafan-demo' }
/** Below `/b/<brand>`; a text that the page shows in each language. */
const PAGES = {
  today: { en: 'Today', ru: 'Сегодня', pl: 'Dzisiaj' },
  calendar: { en: 'Calendar', ru: 'Календарь', pl: 'Kalendarz' },
  posts: { en: 'Posts', ru: 'Посты', pl: 'Posty' },
  'posts/new': { en: 'New post', ru: 'Новый пост', pl: 'Nowy post' },
  approvals: { en: 'Approval', ru: 'Согласование', pl: 'Akceptacja' },
  'approvals?view=links': { en: 'Approval', ru: 'Согласование', pl: 'Akceptacja' },
  'queue?view=all': { en: 'Queue', ru: 'Очередь', pl: 'Kolejka' },
  library: { en: 'Library', ru: 'Медиатека', pl: 'Biblioteka' },
  numbers: { en: 'Numbers', ru: 'Цифры', pl: 'Liczby' },
  plan: { en: 'Import a plan', ru: 'Импорт', pl: 'Import' },
  channels: { en: 'Channels', ru: 'Каналы', pl: 'Kanały' },
  'channels/connect': { en: 'Connect a channel', ru: 'Подключить канал', pl: 'Połącz kanał' },
  members: { en: 'Team', ru: 'Команда', pl: 'Zespół' },
  audit: { en: 'History', ru: 'Журнал', pl: 'Dziennik' },
  'settings/move': { en: 'Settings', ru: 'Настройки', pl: 'Ustawienia' },
  tasks: { en: 'Tasks', ru: 'Задачи', pl: 'Zadania' },
  notices: { en: 'Notifications', ru: 'Уведомления', pl: 'Powiadomienia' },
  webhooks: { en: 'Webhooks', ru: 'Вебхуки', pl: 'Webhooki' },
  settings: { en: 'Settings', ru: 'Настройки', pl: 'Ustawienia' },
  'settings/approval': { en: 'Settings', ru: 'Настройки', pl: 'Ustawienia' },
}

let shared
// One demonstration for all: filling it is the slow part, and these tests only look.
before(async () => {
  const ends = []
  const test = { after: (end) => ends.unshift(end) }
  const data = await dataFolder(test)
  const { address } = await start(test, data, ['serve', '--listen', '127.0.0.1:0', '--demo'])
  shared = { address, ends }
})
after(async () => {
  await close()
  for (const end of shared?.ends ?? []) await end()
})

async function brandOf(page) {
  const brands = await (await page.request.get('/api/v1/brands')).json()
  return brands[0].id
}

async function settled(page) {
  await page.waitForLoadState('networkidle')
  await page.locator('h1').first().waitFor()
  await page.waitForFunction(() => !document.querySelector('[aria-busy="true"]'))
}

for (const language of ['en', 'ru', 'pl'])
  for (const [size, theme] of [['desk', 'light'], ['phone', 'dark']])
    test(`pages in ${language}, ${size}, ${theme}`, async (t) => {
      const page = await signedIn(t, shared, { person: PERSON, language, size, theme })
      const brand = await brandOf(page)
      const found = []
      // Nothing is loaded from elsewhere: no font, no script, no picture, no count of visitors.
      const own = new URL(shared.address).origin
      page.on('request', (request) => {
        const foreign = !/^(blob|data):/.test(request.url()) && new URL(request.url()).origin !== own
        if (foreign) found.push(`a foreign address: ${request.url()}`)
      })
      for (const [path, words] of Object.entries(PAGES)) {
        await page.goto(`/b/${brand}/${path}`)
        await settled(page)
        assert.equal(await page.getAttribute('html', 'lang'), language, path)
        assert.match(await page.title(), new RegExp(words[language]), path)
        const wide = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)
        if (wide > 0) found.push(`${path}: ${wide} pixels stand out to the right`)
        await accessible(page, path).catch((error) => found.push(`${path}: ${error.actual?.join('\n') ?? error}`))
      }
      // All pages are looked at before the first finding fails the test.
      assert.deepEqual(found, [], `${language}, ${size}, ${theme}`)
    })

test('a post, its story and a file beside their lists', async (t) => {
  const page = await signedIn(t, shared, { person: PERSON })
  const brand = await brandOf(page)
  for (const [list, path] of [['posts?state=sent', 'posts'], ['deliveries?state=sent', 'queue'], ['assets', 'library'], ['channels', 'channels']]) {
    const answer = await (await page.request.get(`/api/v1/brands/${brand}/${list}`)).json()
    const [first] = answer.items ?? answer
    assert.ok(first, `the demonstration has ${list}`)
    await page.goto(`/b/${brand}/${path}/${first.id}`)
    await settled(page)
    await accessible(page, `${path}/<id>`)
  }
})
