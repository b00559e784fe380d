// A stranger's story in the browser, from an empty folder: owner, brand, channels, a second person, a plan, posts that
// go out and that do not, the calendar, two people at one post, a session that ends. Each chapter builds on those before.

import assert from 'node:assert/strict'
import { readFile } from 'node:fs/promises'
import { after, test } from 'node:test'
import { backwards } from './harness/ends.mjs'
import { close, dataFolder, open, start } from './harness/house.mjs'

after(close)

const EXAMPLES = new URL('../../examples/plan/', import.meta.url)
const PASSWORD = 'three quiet wooden spoons'
const OWNER = { email: 'vera@example.org', name: 'Vera' }
const GUEST = { email: 'adam@example.org', name: 'Adam' }
/** What the browser says of answers that this story provokes: a session that ended, an old version, a wrong value. */
const PROVOKED = [/^console: .*status of (401|409|422)/]
/** A silent network is given up after half a minute. */
const SILENCE = 90_000

test('a stranger makes a home here', async (t) => {
  const scope = backwards(t)
  const data = await dataFolder(scope)
  const networks = await start(scope, data, ['sandbox'])
  const allowed = { SARAFAN_ALLOW_PRIVATE: new URL(networks.address).host }
  const house = await start(scope, data, ['serve'], allowed)
  const page = await open(scope, house.address, { expect: PROVOKED })
  const visitor = await open(scope, networks.address)
  const story = { house, page, visitor, networks: networks.address }
  for (const [name, chapter] of CHAPTERS) {
    let passed = false
    await t.test(name, async () => {
      await chapter(story, scope)
      passed = true
    })
    // What follows stands on this; its failures would tell nothing new.
    if (!passed) return
  }
})

const CHAPTERS = Object.entries({
  'the one-time link makes the owner, who makes a brand': async (story) => {
    const { page, house } = story
    assert.match(house.setup, /\/setup\?token=/)
    await page.goto(house.setup)
    await page.getByLabel('Your name').fill(OWNER.name)
    await page.getByLabel('E-mail').fill(OWNER.email)
    await page.getByLabel('Password', { exact: true }).fill(PASSWORD)
    await page.getByRole('button', { name: 'Go on' }).click()
    await page.getByLabel('Name of the brand').fill('Clay & Light')
    await page.getByRole('button', { name: 'Make the brand' }).click()
    await page.waitForURL(/\/b\/[^/]+\/channels$/)
    story.brand = new URL(page.url()).pathname.split('/')[2]
    // The link has done its work.
    await page.goto(house.setup)
    await page.getByText('Already set up').waitFor()
  },

  'channels are connected by the guided form, with what the sandbox says': async (story) => {
    const { page, visitor, brand } = story
    const known = await api(page, '/networks')
    story.walls = {}
    for (const network of known) {
      await visitor.goto('/')
      const card = visitor.locator('section.card').filter({ has: visitor.locator(`a[href^="/wall/${network.id}/"]`) })
      const [keys, values] = [await card.locator('dt').allTextContents(), await card.locator('dd').allTextContents()]
      assert.ok(keys.length > 1, `the sandbox says how to connect ${network.id}`)
      story.walls[network.id] = await card.locator('.walls a').first().getAttribute('href')
      await page.goto(`/b/${brand}/channels/connect`)
      await page.locator(`a[href$="/channels/connect/${network.id}"]`).click()
      const form = page.locator('main form')
      for (const [at, key] of keys.entries()) {
        const { label } = network.connect.find((field) => field.key === key)
        await form.getByLabel(label).first().fill(values[at])
      }
      await form.locator('button[type="submit"]').click()
      const choice = page.getByRole('button', { name: 'Connect this one' }).first()
      const done = page.waitForURL(new RegExp(`/channels/(?!connect)[^/]+$`))
      await Promise.race([done, choice.waitFor()])
      if (await choice.isVisible()) await choice.click()
      await done
      await page.getByRole('status').filter({ hasText: 'is connected' }).first().waitFor()
    }
    const channels = await api(page, `/brands/${brand}/channels`)
    assert.deepEqual(channels.map((one) => one.network).sort(), known.map((one) => one.id).sort())
    story.ids = Object.fromEntries(channels.map((one) => [one.network, one.id]))
    story.titles = Object.fromEntries(known.map((one) => [one.id, one.title]))
    // A wrong value is refused on the form, with what helps, and what was typed stays.
    await page.goto(`/b/${brand}/channels/connect/telegram`)
    await page.getByLabel('Channel or group').fill('@no_such_channel')
    await page.getByLabel('Bot token').first().fill('1:secret')
    await page.getByLabel('Bot API server').fill(`${story.networks}/telegram`)
    await page.getByRole('button', { name: 'Connect', exact: true }).click()
    await page.getByText('Telegram finds no such chat').waitFor()
    assert.equal(await page.getByLabel('Channel or group').inputValue(), '@no_such_channel')
  },

  'a second person is invited by link and joins': async (story, scope) => {
    const { page, house, brand } = story
    await page.goto(`/b/${brand}/members`)
    await page.getByRole('button', { name: 'Invite' }).first().click()
    const dialog = page.getByRole('dialog')
    await dialog.getByLabel('E-mail').fill(GUEST.email)
    await dialog.getByRole('radio', { name: /^Manager/ }).check()
    await dialog.getByRole('button', { name: 'Invite' }).click()
    const link = await dialog.getByLabel('Link').inputValue()
    const guest = await open(scope, house.address, { expect: PROVOKED })
    await guest.goto(link)
    await guest.getByText('You are invited as: Manager').waitFor()
    await guest.getByLabel('Your name').fill(GUEST.name)
    await guest.getByLabel('Password', { exact: true }).fill(PASSWORD)
    await guest.getByRole('button', { name: 'Join' }).click()
    await guest.waitForURL(`**/b/${brand}/today`)
    await page.reload()
    await page.getByRole('row').filter({ hasText: GUEST.name }).waitFor()
    story.guest = guest
  },

  'a plan is looked at, then imported: good rows are scheduled, bad ones are drafts with problems': async (story) => {
    const { page, brand } = story
    await page.goto(`/b/${brand}/plan`)
    await page.locator('input[type=file]').setInputFiles(await planFiles())
    const take = page.getByRole('button', { name: /^Schedule \d+, keep \d+ as drafts$/ })
    await take.waitFor({ timeout: 60_000 })
    const [good, drafts] = (await take.textContent()).match(/\d+/g)
    assert.deepEqual((await api(page, `/brands/${brand}/posts`)).items, [], 'a preview saves nothing')
    await page.getByRole('tab', { name: /^With problems/ }).click()
    for (const words of ['This text is longer than three hundred', 'Zmiana czasu', 'Five pictures are one too many', 'A channel that nobody has'])
      await page.getByRole('row').filter({ hasText: words }).waitFor()
    await page.getByRole('row').filter({ hasText: 'This text is longer than three hundred' }).click()
    await page.getByText(/characters? too long: [0-9]+ of 300/).first().waitFor()
    await take.click()
    await page.getByText(`${good} scheduled, ${drafts} kept as drafts`).waitFor({ timeout: 60_000 })
    const kept = (state) => api(page, `/brands/${brand}/posts?limit=200&state=${state}`)
    const [scheduled, left] = [await kept('scheduled'), await kept('draft')]
    assert.deepEqual([scheduled.items.length, left.items.length], [Number(good), Number(drafts)], 'the preview told the truth')
    await page.getByRole('link', { name: 'Fix the drafts' }).click()
    await page.getByRole('row').filter({ hasText: 'This text is longer than three hundred' }).getByText(/problem/).waitFor()
    await page.goto(`/b/${brand}/posts?state=scheduled`)
    await page.getByText('Почему трескается глазурь').waitFor()
  },

  'a post is written: the counter turns red, is mended, a picture is added, a network gets its own text': async (story) => {
    const { page, brand, titles } = story
    await page.goto(`/b/${brand}/posts/new`)
    const channel = (network) => page.getByRole('group', { name: 'Channels' }).getByRole('button', { name: new RegExp(`^${titles[network]}`) })
    const bluesky = channel('bluesky')
    const over = bluesky.locator('.counter.over')
    const text = page.locator('textarea[spellcheck="true"]')
    await text.fill('Cups for the winter. '.repeat(16))
    await over.waitFor()
    assert.match(await over.textContent(), /of 300, \d+ too many/)
    assert.notEqual(await colour(over), await colour(channel('mastodon').locator('.counter')), 'too many is red')
    // Splitting makes a text of its own for this network, in parts.
    await page.getByRole('button', { name: 'Split into a thread' }).click()
    await over.waitFor({ state: 'detached' })
    assert.match(await page.getByLabel('Text for Bluesky').inputValue(), /\n---\n/)
    // Taken back, shortened for all, and the network's own words after that.
    await page.getByRole('button', { name: 'As for all' }).click()
    await text.fill('Cups for the winter, fresh from the kiln.')
    await over.waitFor({ state: 'detached' })
    await page.getByRole('button', { name: 'Customise' }).click()
    await page.getByRole('menuitem', { name: 'Bluesky' }).click()
    await page.getByLabel('Text for Bluesky').fill('Winter cups, only in the blue sky.')
    await page.locator('input[type="file"]').setInputFiles(new URL('media/cups.jpg', EXAMPLES).pathname)
    await page.locator('section[aria-label="Pictures and videos"] li:not(.add) img').click()
    await page.getByLabel('What does it show?').fill('Three cups on a table')
    await saved(page)
  },

  'it is sent now, seen as sent without loading the page again, and stands on the walls': async (story) => {
    const { page, visitor, walls } = story
    await page.evaluate(() => (globalThis.neverReloaded = true))
    await sendNow(page)
    await deliveries(page, 'sent', 4)
    assert.equal(await page.evaluate(() => globalThis.neverReloaded), true)
    await visitor.goto(walls.bluesky)
    const here = visitor.locator('article').filter({ hasText: 'Winter cups, only in the blue sky.' })
    await here.locator('.media img').waitFor()
    await visitor.goto(walls.telegram)
    const article = visitor.locator('article').filter({ hasText: 'Cups for the winter, fresh from the kiln.' })
    assert.equal(await article.count(), 1, 'once')
    // A visitor likes it and says so.
    await article.getByRole('button', { name: 'Like' }).click()
    await article.locator('button[aria-pressed="true"]', { hasText: 'Like 1' }).waitFor()
    await article.getByText('Comment', { exact: true }).click()
    await article.getByRole('textbox', { name: 'Comment' }).fill('Is the blue one still there?')
    await article.getByRole('button', { name: 'Send' }).click()
    await visitor.locator('article .comment').filter({ hasText: 'Is the blue one still there?' }).waitFor()
  },

  'a network that fails with 500 is tried again, and nothing is sent twice': async (story) => {
    const { page, visitor, walls } = story
    await faults(story, 'mastodon', { status_500: 1 })
    await write(story, 'mastodon', 'A kiln is opened tonight.')
    await sendNow(page)
    await deliveries(page, 'sent', 1)
    await page.getByRole('link', { name: 'What happened' }).click()
    const tries = page.getByRole('list', { name: 'What happened' }).getByRole('listitem')
    await tries.nth(1).waitFor()
    assert.match((await tries.allTextContents()).join('\n'), /may be out or not[^]*It is out/, 'the story tells both attempts')
    await visitor.goto(walls.mastodon)
    assert.equal(await visitor.locator('article').filter({ hasText: 'A kiln is opened tonight.' }).count(), 1)
  },

  'an ended credential makes a failure, which is tried again in the queue': async (story) => {
    const { page, brand, visitor, walls } = story
    await faults(story, 'wordpress', { expired_token: 1 })
    await write(story, 'wordpress', 'The glaze that went wrong.')
    await sendNow(page)
    await deliveries(page, /failed|held/, 1)
    // The channel says so too; once its credential is good again, it is checked and works.
    await page.goto(`/b/${brand}/channels/${story.ids.wordpress}`)
    await page.getByText('WordPress does not accept').first().waitFor()
    await page.getByRole('button', { name: 'Check now' }).click()
    await page.getByText('WordPress does not accept').first().waitFor({ state: 'detached' })
    await page.goto(`/b/${brand}/queue?view=attention`)
    await page.getByRole('row').filter({ hasText: 'The glaze that went wrong.' }).click()
    await page.getByRole('button', { name: 'Try again' }).click()
    await page.getByText('Nothing needs you').waitFor()
    await visitor.goto(walls.wordpress)
    await visitor.locator('article').filter({ hasText: 'The glaze that went wrong.' }).waitFor()
  },

  'silence after accepting is an unknown outcome, which a person clears up; it is not sent again': async (story) => {
    const { page, visitor, walls } = story
    await faults(story, 'telegram', { silent_after_accept: 1 })
    await write(story, 'telegram', 'Does anybody hear this?')
    await sendNow(page)
    await deliveries(page, 'unknown', 1, { timeout: SILENCE })
    await page.getByRole('link', { name: 'Clear up' }).click()
    await page.getByText('Is it out there?').waitFor()
    await page.getByRole('button', { name: 'It is there', exact: true }).click()
    await page.getByText('Nothing needs you').waitFor()
    await visitor.goto(walls.telegram)
    assert.equal(await visitor.locator('article').filter({ hasText: 'Does anybody hear this?' }).count(), 1)
  },

  'a post is dragged to another day in the calendar, and the toast takes it back': async (story) => {
    const { page, brand } = story
    const [from, to] = days()
    await page.goto(`/b/${brand}/posts/new?at=${from}T10:00`)
    await page.locator('textarea[spellcheck="true"]').fill('To be moved about.')
    await saved(page)
    await page.getByRole('button', { name: 'Schedule', exact: true }).click()
    await page.getByRole('status').filter({ hasText: 'Scheduled for' }).waitFor()
    await page.goto(`/b/${brand}/calendar?view=month&date=${from}`)
    const on = (day) => page.locator(`[role="gridcell"][data-day="${day}"] [data-post]`).filter({ hasText: 'To be moved about.' })
    await on(from).waitFor()
    const [start, end] = [await on(from).boundingBox(), await page.locator(`[role="gridcell"][data-day="${to}"]`).boundingBox()]
    await page.mouse.move(start.x + 20, start.y + 10)
    await page.mouse.down()
    await page.mouse.move(start.x + 40, start.y + 14, { steps: 3 })
    await page.mouse.move(end.x + end.width / 2, end.y + end.height / 2, { steps: 8 })
    await page.mouse.up()
    await on(to).waitFor()
    await page.getByRole('status').filter({ hasText: 'Moved to' }).getByRole('button', { name: 'Undo' }).click()
    await on(from).waitFor()
    await on(to).waitFor({ state: 'detached' })
    await page.reload()
    await on(from).waitFor()
  },

  'two people write one post at once: both texts are shown and none is lost': async (story) => {
    const { page, guest, brand } = story
    await page.goto(`/b/${brand}/posts/new`)
    const text = (who) => who.locator('textarea[spellcheck="true"]')
    await text(page).fill('What both began with.')
    await saved(page)
    await page.waitForURL(/\/posts\/(?!new)[^/]+$/)
    const address = new URL(page.url()).pathname
    await guest.goto(address)
    await text(guest).waitFor()
    assert.equal(await text(guest).inputValue(), 'What both began with.')
    // The guest's words are on their way while the owner's are saved.
    let release
    const held = new Promise((resolve) => (release = resolve))
    await guest.route('**/api/v1/brands/*/posts/*', async (route) => {
      if (route.request().method() === 'PUT') await held
      await route.continue()
    })
    const leaving = guest.waitForRequest((request) => request.method() === 'PUT')
    await text(guest).fill('What the guest wrote.')
    await leaving
    const answered = page.waitForResponse((response) => response.request().method() === 'PUT')
    await text(page).fill('What the owner wrote.')
    assert.equal((await answered).status(), 200)
    release()
    await guest.getByText('Somebody else changed this post').waitFor()
    assert.equal(await text(guest).inputValue(), 'What the guest wrote.')
    const difference = guest.locator('main').filter({ hasText: 'Save mine' })
    assert.match(await difference.textContent(), /owner/)
    await guest.getByRole('button', { name: 'Save mine' }).click()
    await guest.getByText('Somebody else changed this post').waitFor({ state: 'detached' })
    await saved(guest)
    // The other one sees it, live.
    await page.waitForFunction(() => document.querySelector('textarea[spellcheck="true"]')?.value === 'What the guest wrote.')
  },

  'a session ends in the middle of writing: signing in goes over the page, and nothing is lost': async (story) => {
    const { page, house, brand } = story
    await page.goto(`/b/${brand}/posts/new`)
    const text = page.locator('textarea[spellcheck="true"]')
    await text.fill('Begun in one session,')
    await saved(page)
    await page.waitForURL(/\/posts\/(?!new)[^/]+$/)
    const ended = await page.request.delete('/api/v1/session', { headers: { origin: house.address } })
    assert.ok(ended.ok(), `signed out: ${ended.status()}`)
    await text.fill('Begun in one session, ended in another.')
    const dialog = page.getByRole('dialog', { name: 'Your session has ended' })
    await dialog.getByLabel('Password', { exact: true }).fill(PASSWORD)
    await dialog.getByRole('button', { name: 'Sign in' }).click()
    await dialog.waitFor({ state: 'detached' })
    assert.equal(await text.inputValue(), 'Begun in one session, ended in another.')
    await saved(page)
    await page.reload()
    await text.waitFor()
    assert.equal(await text.inputValue(), 'Begun in one session, ended in another.')
  },
})

const colour = (seen) => seen.evaluate((element) => getComputedStyle(element).color)

async function api(page, path) {
  const answer = await page.request.get(`/api/v1${path}`)
  assert.ok(answer.ok(), `${path} answered ${answer.status()}`)
  return answer.json()
}

/** Waits until everything typed is with the server. */
async function saved(page) {
  await page.locator('.saved').filter({ hasText: /^Saved/ }).waitFor()
}

/** A new post for one network alone. */
async function write({ page, brand, titles }, network, words) {
  await page.goto(`/b/${brand}/posts/new`)
  const group = page.getByRole('group', { name: 'Channels' })
  await group.getByRole('button').first().waitFor()
  for (const [id, title] of Object.entries(titles)) {
    const button = group.getByRole('button', { name: new RegExp(`^${title}`) })
    if (String(id === network) !== (await button.getAttribute('aria-pressed'))) await button.click()
  }
  assert.equal(await group.locator('[aria-pressed="true"]').count(), 1)
  await page.locator('textarea[spellcheck="true"]').fill(words)
  await saved(page)
}

async function sendNow(page) {
  await page.getByText('Now', { exact: true }).click()
  await page.getByRole('button', { name: 'Send now' }).click()
}

/** Waits until so many deliveries beside the text are in a state. */
async function deliveries(page, state, count, { timeout = 30_000 } = {}) {
  const words = typeof state === 'string' ? `.status.${state}` : '.status.failed, .status.held'
  await page.locator('aside li header').locator(words).nth(count - 1).waitFor({ timeout })
}

async function faults({ networks }, network, what) {
  const answer = await fetch(`${networks}/faults/${network}`, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(what) })
  assert.ok(answer.ok, `faults answered ${answer.status}`)
}

/** Two days of the next month that no month's end can hide. */
function days() {
  const now = new Date()
  const month = new Date(Date.UTC(now.getUTCFullYear(), now.getUTCMonth() + 1, 10))
  return [10, 12].map((day) => `${month.toISOString().slice(0, 8)}${day}`)
}

/** The example plan with its pictures, moved to the coming winter: its dates pass, its rows shall not. */
async function planFiles() {
  const year = new Date().getUTCFullYear() + 1
  const march = new Date(Date.UTC(year + 1, 2, 31))
  const skipped = 31 - march.getUTCDay()
  const plan = (await readFile(new URL('plan.csv', EXAMPLES), 'utf8'))
    .replaceAll('2026-12-', `${year}-12-`)
    .replaceAll('2027-03-28', `${year + 1}-03-${skipped}`)
  const pictures = ['cups', 'glaze', 'kiln', 'lesson', 'lesson-large', 'vases'].map(async (name) => ({
    name: `${name}.jpg`, mimeType: 'image/jpeg', buffer: await readFile(new URL(`media/${name}.jpg`, EXAMPLES)),
  }))
  return [{ name: 'plan.csv', mimeType: 'text/csv', buffer: Buffer.from(plan) }, ...(await Promise.all(pictures))]
}
