// Webhooks: a receiver with a library that we did not write checks what it is told; a person sets it up and looks into the log.

import assert from 'node:assert/strict'
import { after, test } from 'node:test'
import { backwards } from './harness/ends.mjs'
import { accessible, close, command, dataFolder, OWNER, signedIn, start } from './harness/house.mjs'
import { receiver } from './harness/receiver.mjs'

after(close)

test('a program elsewhere is told what happens', async (t) => {
  const scope = backwards(t)
  const elsewhere = await receiver(scope)
  const data = await dataFolder(scope)
  const sandbox = await start(scope, data, ['sandbox'])
  await command(data, ['owner', 'create', '--email', OWNER.email], `${OWNER.password}\n`)
  const brand = await command(data, ['brand', 'create', 'Zerno', '--language', 'en', '--time-zone', 'UTC', '--country', 'GB'])
  const allowed = { SARAFAN_ALLOW_PRIVATE: `${new URL(sandbox.address).host},${new URL(elsewhere.url).host}` }
  const home = await start(scope, data, ['serve'], allowed)
  const { token } = await command(data, ['token', 'create', '--person', OWNER.email, '--name', 'Test', '--scope', 'brand:write,posts:publish,posts:write,channels:write'])
  const ask = async (method, path, body) => {
    const headers = { authorization: `Bearer ${token}`, ...(body ? { 'content-type': 'application/json' } : {}) }
    const answer = await fetch(`${home.address}/api/v1/brands/${brand.id}${path}`, { method, headers, body: body && JSON.stringify(body) })
    assert.ok(answer.ok, `${method} ${path} ${answer.status} ${await answer.clone().text()}`)
    return answer.status === 204 ? null : answer.json()
  }

  await t.test('each message carries a signature that the library accepts', async () => {
    const made = await ask('POST', '/webhooks', { name: 'Desk', url: elsewhere.url, topics: ['post.sent', 'delivery.sent'] })
    elsewhere.state.secret = made.secret
    const [{ id: network, form }] = await (await fetch(`${sandbox.address}/networks`)).json()
    const { connected } = await ask('POST', '/channels/connect', { network, fields: form })
    const post = await ask('POST', '/posts', { content: { text: 'Good morning' }, channels: [connected.id] })
    await ask('POST', `/posts/${post.id}/schedule`, { version: post.version, when: { mode: 'now' } })
    const sent = await elsewhere.next(({ body }) => JSON.parse(body).type === 'post.sent')
    assert.equal(sent.refused, null)
    assert.deepEqual(sent.verified.data, { brand: brand.id, post: post.id, key: null })
    const delivery = await elsewhere.next(({ body }) => JSON.parse(body).type === 'delivery.sent')
    assert.equal(delivery.verified.data.network, network)
  })

  await t.test('after a rotation the old secret is good for a day', async () => {
    const [webhook] = await ask('GET', '/webhooks')
    const rotated = await ask('POST', `/webhooks/${webhook.id}/secret`)
    for (const secret of [elsewhere.state.secret, rotated.secret]) {
      elsewhere.state.secret = secret
      await ask('POST', `/webhooks/${webhook.id}/test`)
      const { verified } = await elsewhere.next(({ body }) => JSON.parse(body).type === 'webhook.test')
      assert.equal(verified?.data.brand, brand.id)
    }
    elsewhere.state.secret = `whsec_${Buffer.alloc(32).toString('base64')}`
    await ask('POST', `/webhooks/${webhook.id}/test`)
    const { refused } = await elsewhere.next(({ body }) => JSON.parse(body).type === 'webhook.test')
    assert.match(String(refused), /signature/i, 'the library does refuse what is signed with another secret')
    elsewhere.state.secret = rotated.secret
  })

  for (const [language, size, theme] of [['en', 'desk', 'light'], ['ru', 'phone', 'dark'], ['pl', 'desk', 'dark']])
    await t.test(`the page in ${language}, ${size}, ${theme}`, async (t) => {
      const page = await signedIn(t, home, { language, size, theme })
      const [webhook] = await ask('GET', '/webhooks')
      await page.goto(`/b/${brand.id}/webhooks`)
      await page.getByText('Desk').first().waitFor()
      await accessible(page, 'webhooks')
      await page.goto(`/b/${brand.id}/webhooks/${webhook.id}`)
      const line = page.locator('button[aria-expanded]').filter({ hasText: '204' }).first()
      await line.click()
      await page.locator('pre').first().waitFor()
      await accessible(page, 'webhooks/<id>')
      const wide = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)
      assert.ok(wide <= 0, `${wide} pixels stand out to the right`)
      if (process.env.SARAFAN_SHOTS) await page.screenshot({ path: `${process.env.SARAFAN_SHOTS}/webhooks-${language}.png`, fullPage: true })
    })
})
