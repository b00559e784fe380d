// Approval: an author submits, a manager asks for changes, the author mends, a client says yes on a phone by a link, and
// what was approved stands on the wall; what was changed afterwards does not.

import assert from 'node:assert/strict'
import { after, test } from 'node:test'
import { backwards } from './harness/ends.mjs'
import { accessible, close, house, open, signedIn } from './harness/house.mjs'

after(close)

const PASSWORD = 'three quiet wooden spoons'
/** An old version is answered with 409, a link that is over with 404; the browser calls that an error. */
const PROVOKED = [/^console: .*status of (404|409|422)/]

async function api(page, method, path, data, address) {
  const answer = await page.request.fetch(`/api/v1${path}`, { method, data, headers: { origin: address } })
  assert.ok(answer.ok(), `${method} ${path}: ${answer.status()} ${await answer.text()}`)
  return answer.status() === 204 ? null : answer.json()
}

async function joined(scope, home, owner, brand, role) {
  const email = `${role}@example.org`
  const { url } = await api(owner, 'POST', `/brands/${brand}/invitations`, { email, role }, home.address)
  const page = await open(scope, home.address, { expect: PROVOKED })
  await api(page, 'POST', `/invitations/${url.split('/').pop()}`, { name: `The ${role}`, password: PASSWORD, language: 'en' }, home.address)
  return page
}

test('what was approved goes out, and nothing else', async (t) => {
  const scope = backwards(t)
  const home = await house(scope)
  const manager = await signedIn(scope, home, { expect: PROVOKED })
  const brand = home.brand.id
  const known = await (await fetch(`${home.sandbox}/networks`)).json()
  const telegram = known.find((one) => one.id === 'telegram')
  const connected = await api(manager, 'POST', `/brands/${brand}/channels/connect`, { network: 'telegram', fields: telegram.form }, home.address)
  assert.ok(connected.connected)
  const wall = await open(scope, home.sandbox)
  const onTheWall = async () => {
    await wall.goto('/')
    await wall.goto(await wall.locator('a[href^="/wall/telegram/"]').first().getAttribute('href'))
    return wall.locator('body').textContent()
  }
  const author = await joined(scope, home, manager, brand, 'author')
  let link = ''
  let post = ''

  await t.test('the brand wants approval for every channel', async () => {
    await manager.goto(`/b/${brand}/settings/approval`)
    await manager.getByRole('switch', { name: 'Every post needs approval' }).check()
    await accessible(manager, 'settings/approval')
    await manager.getByRole('button', { name: 'Save' }).click()
    await manager.getByText('Saved').first().waitFor()
  })

  await t.test('an author writes and asks for a yes', async () => {
    await author.goto(`/b/${brand}/posts/new`)
    await author.getByRole('textbox', { name: 'Text', exact: true }).first().fill('Fresh cups from the kiln')
    await author.waitForURL(/\/posts\/[0-9a-f-]{36}$/)
    post = new URL(author.url()).pathname.split('/').pop()
    await author.getByText('This post needs approval before it goes out').waitFor()
    await author.getByRole('button', { name: 'Ask for approval' }).click()
    await author.getByText('You asked for approval').waitFor()
    await accessible(author, 'posts/<id>, in review')
  })

  await t.test('a manager sees it waiting and asks for changes', async () => {
    await manager.goto(`/b/${brand}/today`)
    await manager.getByRole('heading', { name: 'Waiting for approval' }).waitFor()
    await manager.getByRole('link', { name: /Fresh cups/ }).click()
    await manager.waitForURL(`**/approvals/${post}`)
    await manager.getByText('The author asks for approval').waitFor()
    await manager.getByRole('article').first().waitFor()
    await accessible(manager, 'approvals/<id>')
    await manager.getByRole('button', { name: 'Ask for changes' }).click()
    await manager.getByLabel('What should change?').fill('Say the price')
    await manager.getByRole('button', { name: 'Send back' }).click()
    await manager.getByRole('link', { name: /Changes asked/ }).click()
    await manager.getByText('Say the price').first().waitFor()
  })

  await t.test('the author mends it and asks again', async () => {
    await author.getByText('Say the price').first().waitFor()
    await author.getByRole('textbox', { name: 'Text', exact: true }).first().fill('Fresh cups from the kiln, 12 euros each')
    await author.getByRole('button', { name: 'Ask again' }).click()
    await author.getByText('You asked for approval').waitFor()
  })

  await t.test('the manager gives the client a link', async () => {
    await manager.goto(`/b/${brand}/approvals?view=links`)
    await manager.getByText('Nobody has a link yet').waitFor()
    await accessible(manager, 'approvals, links')
    await manager.getByRole('button', { name: 'New link' }).click()
    const dialog = manager.getByRole('dialog')
    await dialog.getByLabel('For whom').fill('Anna')
    await dialog.getByLabel('Language of the page').selectOption('en')
    await accessible(manager, 'approvals, making a link')
    await dialog.getByRole('button', { name: 'Make the link' }).click()
    link = await dialog.getByLabel('Link').inputValue()
    assert.match(link, /\/review\/[\w-]{43}$/)
    await dialog.getByRole('button', { name: 'Close' }).last().click()
    await manager.getByText('not used yet').waitFor()
  })

  await t.test('the client says yes on a phone, without an account', async () => {
    const client = await open(scope, home.address, { size: 'phone', expect: PROVOKED })
    const answer = await client.goto(link)
    assert.equal(answer.headers()['referrer-policy'], 'no-referrer')
    assert.match(answer.headers()['x-robots-tag'], /noindex/)
    await client.getByRole('heading', { name: 'Posts for your approval' }).waitFor()
    await client.getByText('12 euros each').waitFor()
    await accessible(client, 'review/<token>')
    const wide = await client.evaluate(() => document.documentElement.scrollWidth - innerWidth)
    assert.ok(wide <= 0, `${wide} pixels stand out`)
    await client.getByRole('button', { name: 'Comment' }).click()
    await client.getByLabel('Your comment').fill('Lovely')
    await client.getByRole('button', { name: 'Send' }).click()
    await client.getByRole('button', { name: 'Approve' }).click()
    await client.getByText('Nothing waits for you').waitFor()
    await client.getByRole('radio', { name: 'Approved' }).check({ force: true })
    await client.getByText('12 euros each').waitFor()
  })

  await t.test('the page of a link speaks three languages, and axe finds nothing', async () => {
    for (const [language, words] of [['ru', 'Посты на согласование'], ['pl', 'Posty do akceptacji']]) {
      const made = await api(manager, 'POST', `/brands/${brand}/review-links`, { name: 'Anna', language }, home.address)
      const client = await open(scope, home.address, { size: 'phone', theme: 'dark' })
      await client.goto(made.url)
      await client.getByRole('heading', { name: words }).waitFor()
      assert.equal(await client.getAttribute('html', 'lang'), language)
      await accessible(client, `review/<token> in ${language}`)
    }
  })

  await t.test('a link for chosen posts shows these and no others', async () => {
    const titles = ['Plates for spring', 'Bowls for spring', 'Vases for spring']
    for (const text of titles) {
      const body = { content: { text, language: 'en' }, channels: [connected.connected.id] }
      const { id } = await api(manager, 'POST', `/brands/${brand}/posts`, body, home.address)
      await api(manager, 'POST', `/brands/${brand}/posts/${id}/submit`, {}, home.address)
    }
    await manager.goto(`/b/${brand}/approvals`)
    for (const text of titles.slice(0, 2)) await manager.getByRole('checkbox', { name: `Choose “${text}”` }).check({ force: true })
    await manager.getByRole('button', { name: 'Link for 2 posts' }).click()
    const dialog = manager.getByRole('dialog')
    await dialog.getByText('It shows only these posts').waitFor()
    assert.equal(await dialog.getByRole('listitem').count(), 2)
    await dialog.getByLabel('For whom').fill('Boris')
    await dialog.getByLabel('Language of the page').selectOption('en')
    await accessible(manager, 'approvals, a link for chosen posts')
    await dialog.getByRole('button', { name: 'Make the link' }).click()
    const client = await open(scope, home.address, { size: 'phone' })
    await client.goto(await dialog.getByLabel('Link').inputValue())
    await client.getByText('Plates for spring').first().waitFor()
    await client.getByText('Bowls for spring').first().waitFor()
    assert.equal(await client.getByText('Vases for spring').count(), 0)
    await dialog.getByRole('button', { name: 'Close' }).last().click()
  })

  await t.test('what was approved goes out', async () => {
    await manager.goto(`/b/${brand}/posts/${post}`)
    await manager.getByText('Approved by Anna').waitFor()
    await manager.getByRole('tab', { name: 'Approval' }).click()
    await manager.getByText('Lovely').waitFor()
    await manager.getByRole('radio', { name: 'Now' }).check({ force: true })
    await manager.getByRole('button', { name: 'Send now' }).click()
    await manager.getByText('Sent', { exact: true }).first().waitFor()
    assert.match(await onTheWall(), /12 euros each/)
  })

  await t.test('a text that is changed after the yes is held', async () => {
    const body = { content: { text: 'Mugs for winter', language: 'en' }, channels: [connected.connected.id] }
    const made = await api(manager, 'POST', `/brands/${brand}/posts`, body, home.address)
    await manager.goto(`/b/${brand}/posts/${made.id}`)
    await manager.getByRole('button', { name: 'Approve' }).click()
    await manager.getByText('Approved by').waitFor()
    await manager.getByRole('textbox', { name: 'Text', exact: true }).first().fill('Mugs for summer')
    await manager.getByText('If you save your change, the approval no longer holds').waitFor()
    await accessible(manager, 'posts/<id>, a change of an approved post')
    await manager.getByRole('button', { name: 'Undo my changes' }).click()
    await manager.getByText('If you save your change').waitFor({ state: 'detached' })
    const kept = await api(manager, 'GET', `/brands/${brand}/posts/${made.id}`, undefined, home.address)
    assert.deepEqual([kept.content.text, kept.approval.standing], ['Mugs for winter', 'approved'], 'nothing was saved')
    await manager.getByRole('textbox', { name: 'Text', exact: true }).first().fill('Mugs for summer')
    await manager.getByRole('button', { name: 'Save and ask anew' }).click()
    await manager.getByText('Not approved as it is now').waitFor()
    await manager.getByRole('radio', { name: 'Now' }).check({ force: true })
    await manager.getByRole('button', { name: 'Send now' }).click()
    await manager.getByText('Nobody has approved it as it is now').first().waitFor()
    assert.doesNotMatch(await onTheWall(), /Mugs/)
    await manager.getByRole('button', { name: 'Approve', exact: true }).click()
    await manager.getByText('Sent', { exact: true }).first().waitFor()
    assert.match(await onTheWall(), /Mugs for summer/)
  })

  await t.test('a link that was taken back opens nothing', async () => {
    await manager.goto(`/b/${brand}/approvals?view=links`)
    const { items } = await api(manager, 'GET', `/brands/${brand}/review-links`, undefined, home.address)
    for (const one of items) await api(manager, 'POST', `/brands/${brand}/review-links/${one.id}/revoke`, {}, home.address)
    const client = await open(scope, home.address, { expect: PROVOKED })
    await client.goto(link)
    await client.getByText('This link no longer opens anything').waitFor()
    await accessible(client, 'review/<token>, over')
  })
})
