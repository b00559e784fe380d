// Coming back from a network's own page with several accounts to choose from: the page asks for the list by the address it was sent to, connects the chosen one,
// and says plainly when the choice has ended. No sandbox network sends people away, so the two answers are played here.

import assert from 'node:assert/strict'
import { after, test } from 'node:test'
import { backwards } from './harness/ends.mjs'
import { accessible, close, house, signedIn } from './harness/house.mjs'

after(close)

const ID = '0190b6f0-0000-7000-8000-00000000c401'
const CHOICE = {
  connect_id: ID,
  choose: [
    { external_id: 'one', name: 'Clay & Light', handle: '@clay' },
    { external_id: 'two', name: 'Clay & Light, the workshop', handle: '@workshop' },
  ],
}
/** What a choice answers that has ended, or is somebody else's. */
const OVER = [/^console: .*status of 404/]

test('a choice of accounts has an address', async (t) => {
  const scope = backwards(t)
  const home = await house(scope)
  const page = await signedIn(scope, home, { expect: OVER })
  const brand = (await (await page.request.get('/api/v1/brands')).json())[0].id
  const headers = { origin: home.address }
  const known = await (await fetch(`${home.sandbox}/networks`)).json()
  const { id: network, form } = known[0]

  await t.test('the list is asked for, and the chosen one is connected', async () => {
    const asked = []
    await page.route(`**/api/v1/brands/*/channels/connect/${ID}`, async (route) => {
      const request = route.request()
      asked.push([request.method(), request.postDataJSON()])
      if (request.method() === 'GET') return route.fulfill({ json: CHOICE })
      const connected = await page.request.post(`/api/v1/brands/${brand}/channels/connect`, { headers, data: { network, fields: form } })
      assert.ok(connected.ok(), await connected.text())
      return route.fulfill({ json: await connected.json() })
    })
    await page.goto(`/b/${brand}/channels/connect?choice=${ID}`)
    const lines = page.getByRole('main').getByRole('listitem')
    await lines.nth(1).waitFor()
    assert.deepEqual((await lines.allTextContents()).map((text) => text.includes('Clay & Light')), [true, true])
    await accessible(page, 'channels/connect?choice')
    await lines.nth(1).getByRole('button', { name: 'Connect this one' }).click()
    await page.waitForURL(/\/channels\/(?!connect)[^/]+$/)
    await page.getByRole('status').filter({ hasText: 'is connected' }).waitFor()
    assert.deepEqual(asked.at(-1), ['POST', { external_id: 'two' }])
    await page.unrouteAll()
  })

  await t.test('a choice that has ended says so, and leads back to the beginning', async () => {
    await page.goto(`/b/${brand}/channels/connect?choice=${ID}`)
    await page.getByRole('heading', { name: 'This choice has ended' }).waitFor()
    await page.getByRole('main').getByRole('link', { name: 'Connect a channel' }).click()
    await page.waitForURL(`**/b/${brand}/channels/connect`)
    await page.getByRole('link', { name: new RegExp(known[0].id, 'i') }).waitFor()
  })

  await t.test('a channel is connected again by the button on its page', async () => {
    const [channel] = await (await page.request.get(`/api/v1/brands/${brand}/channels`)).json()
    await page.goto(`/b/${brand}/channels/${channel.id}`)
    await page.getByRole('link', { name: 'Connect again' }).click()
    await page.getByRole('heading', { level: 1, name: `Connect ${channel.name} again` }).waitFor()
    const networks = await (await page.request.get('/api/v1/networks')).json()
    const fields = networks.find((one) => one.id === network).connect
    for (const [key, value] of Object.entries(form)) await page.locator('main form').getByLabel(fields.find((field) => field.key === key).label).first().fill(value)
    await page.getByRole('button', { name: 'Connect again' }).click()
    await page.waitForURL(`**/b/${brand}/channels/${channel.id}`)
    assert.equal((await (await page.request.get(`/api/v1/brands/${brand}/channels`)).json()).length, 1, 'no second channel')
  })
})
