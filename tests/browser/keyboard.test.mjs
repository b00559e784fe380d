// Without a mouse: from page to page, through the palette, and a post written and scheduled by keys alone.

import assert from 'node:assert/strict'
import { after, test } from 'node:test'
import { backwards } from './harness/ends.mjs'
import { close, house, signedIn } from './harness/house.mjs'

after(close)

/** The key after `g`, and where it leads. */
const PLACES = { c: 'calendar', p: 'posts', a: 'approvals', q: 'queue', l: 'library', n: 'numbers', h: 'channels', m: 'members', s: 'settings', t: 'today', k: 'tasks' }

test('keys lead everywhere, and a post is scheduled with them', async (t) => {
  const scope = backwards(t)
  const home = await house(scope)
  const page = await signedIn(scope, home)
  const brand = (await (await page.request.get('/api/v1/brands')).json())[0].id
  const headers = { origin: home.address }
  const known = await (await fetch(`${home.sandbox}/networks`)).json()
  const telegram = known.find((one) => one.id === 'telegram')
  const connected = await page.request.post(`/api/v1/brands/${brand}/channels/connect`, { headers, data: { network: 'telegram', fields: telegram.form } })
  assert.ok(connected.ok(), await connected.text())
  await page.goto(`/b/${brand}/today`)

  await t.test('g and a letter', async () => {
    for (const [key, place] of Object.entries(PLACES)) {
      await page.locator('h1').first().waitFor()
      await page.keyboard.press('g')
      await page.keyboard.press(key)
      await page.waitForURL(new RegExp(`/b/${brand}/${place}\\b`))
    }
  })

  await t.test('the palette opens, finds a page, and gives the focus back', async () => {
    const box = page.getByRole('combobox', { name: 'Search and commands' })
    await page.keyboard.press('Control+k')
    await box.waitFor()
    await page.keyboard.type('librar')
    await page.getByRole('option', { name: /Library/ }).waitFor()
    await page.keyboard.press('Enter')
    await page.waitForURL(`**/b/${brand}/library`)
    await box.waitFor({ state: 'detached' })
    await page.keyboard.press('Control+k')
    await box.waitFor()
    await page.keyboard.press('Escape')
    await box.waitFor({ state: 'detached' })
    assert.equal(new URL(page.url()).pathname, `/b/${brand}/library`)
  })

  await t.test('the palette has every area and what is done most, and finds a channel', async () => {
    const box = page.getByRole('combobox', { name: 'Search and commands' })
    await page.keyboard.press('/')
    await box.waitFor()
    const offered = await page.getByRole('option').allTextContents()
    const wanted = ['New post', 'Import a content plan', 'Connect a channel', 'Invite to the team', 'Pause the brand', 'Today', 'Calendar', 'Posts', 'Approval', 'Queue', 'Library', 'Numbers', 'Channels', 'Team', 'Settings', 'Profile']
    for (const word of wanted) assert.ok(offered.some((text) => text.includes(word)), `${word} in ${offered}`)
    await page.keyboard.type('telegram')
    await page.getByRole('option', { name: /Telegram/ }).waitFor()
    await page.keyboard.press('Enter')
    await page.waitForURL(`**/b/${brand}/channels/*`)
  })

  await t.test('a question mark tells the keys', async () => {
    await page.keyboard.press('?')
    const list = page.getByRole('dialog', { name: 'Keyboard shortcuts' })
    await list.getByText('Numbers', { exact: true }).waitFor()
    await list.getByText('New post', { exact: true }).first().waitFor()
    await page.keyboard.press('Escape')
    await list.waitFor({ state: 'detached' })
  })

  await t.test('a post is written and scheduled', async () => {
    await page.keyboard.press('g')
    await page.keyboard.press('p')
    await page.waitForURL(`**/b/${brand}/posts`)
    await page.getByRole('heading', { name: 'Posts', exact: true }).waitFor()
    await page.keyboard.press('n')
    await page.waitForURL(`**/b/${brand}/posts/new`)
    const text = page.getByRole('textbox', { name: 'Text', exact: true })
    await text.waitFor()
    await reach(page, text)
    await page.keyboard.type('Written without a mouse.')
    // A shortcut is no shortcut while one types: these are letters.
    await page.keyboard.type(' g p')
    assert.equal(await text.inputValue(), 'Written without a mouse. g p')
    await page.keyboard.press('Control+Enter')
    await page.getByRole('status').filter({ hasText: 'Scheduled for' }).waitFor()
    const { items } = await (await page.request.get(`/api/v1/brands/${brand}/posts?state=scheduled`)).json()
    assert.deepEqual(items.map((one) => one.title), ['Written without a mouse. g p'])
  })
})

/** Tabs until a field has the focus; it has to come within a page's worth of steps. */
async function reach(page, field) {
  const there = () => field.evaluate((element) => element === document.activeElement)
  for (let step = 0; step < 40 && !(await there()); step += 1) await page.keyboard.press('Tab')
  assert.ok(await there(), 'the field is reached with Tab')
}
