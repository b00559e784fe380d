// A brand moves: its owner takes it out here, and over there sees what is in the file before it is brought in.

import assert from 'node:assert/strict'
import { after, test } from 'node:test'
import { backwards } from './harness/ends.mjs'
import { accessible, close, house, signedIn } from './harness/house.mjs'

after(close)

/** A file that is no brand is answered with 409; the browser calls that an error. */
const PROVOKED = [/^console: .*status of 409/]

test('a brand is looked at before it is brought in', async (t) => {
  const scope = backwards(t)
  const [here, there] = [
    await house(scope, { sandbox: false, brand: { name: 'Kiln', language: 'en', zone: 'Europe/London', country: 'GB' } }),
    await house(scope, { sandbox: false }),
  ]
  const owner = await signedIn(scope, here)
  const taken = await owner.request.get(`/api/v1/brands/${here.brand.id}/export`)
  assert.equal(taken.status(), 200)
  const archive = { name: 'kiln.tar', mimeType: 'application/x-tar', buffer: await taken.body() }
  const page = await signedIn(scope, there, { expect: PROVOKED })
  const brands = async () => (await (await page.request.get('/api/v1/brands')).json()).map((brand) => brand.name)
  await page.goto(`/b/${there.brand.id}/settings/move`)

  await page.getByLabel('File of a brand').setInputFiles({ name: 'x.tar', mimeType: 'application/x-tar', buffer: Buffer.from('PK') })
  await page.getByRole('button', { name: 'Look inside' }).click()
  await page.getByText('This is no brand that Sarafan exported').waitFor()

  await page.getByLabel('File of a brand').setInputFiles(archive)
  await page.getByRole('button', { name: 'Look inside' }).click()
  await page.getByText(/^Kiln, as of .*nothing is wrong with the file/).waitFor()
  await page.getByText('Posts: 0, files: 0').waitFor()
  await accessible(page, 'settings/move, a file looked into')
  assert.deepEqual(await brands(), ['Sarafan'], 'nothing came in yet')

  await page.getByRole('button', { name: 'Bring in' }).click()
  await page.getByText('Kiln is here').waitFor()
  assert.deepEqual((await brands()).sort(), ['Kiln', 'Sarafan'])
})
