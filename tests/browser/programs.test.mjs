// Programs: a person makes a token in the browser, a program works with it, and it opens nothing once it is revoked.

import assert from 'node:assert/strict'
import { after, test } from 'node:test'
import { backwards } from './harness/ends.mjs'
import { accessible, close, house, signedIn } from './harness/house.mjs'

after(close)

const WORDS = {
  en: { title: 'Tokens', make: 'New token', revoke: 'Revoke', close: 'Close', draft: 'write drafts' },
  ru: { title: 'Токены', make: 'Новый токен', revoke: 'Отозвать', close: 'Закрыть', draft: 'писать черновики' },
  pl: { title: 'Tokeny', make: 'Nowy token', revoke: 'Unieważnij', close: 'Zamknij', draft: 'pisać szkice' },
}

test('a program works with a token that a person made', async (t) => {
  const scope = backwards(t)
  const home = await house(scope, { sandbox: false })
  for (const [language, size, theme] of [['en', 'desk', 'light'], ['ru', 'phone', 'dark'], ['pl', 'phone', 'light']]) {
    const words = WORDS[language]
    await t.test(`${language}, ${size}, ${theme}`, async (t) => {
      const page = await signedIn(t, home, { language, size, theme })
      await page.goto('/profile/tokens')
      const main = page.getByRole('main')
      await main.getByRole('heading', { level: 2 }).waitFor()
      await accessible(page, 'profile/tokens, empty')
      await main.getByRole('button', { name: words.make }).first().click()
      const dialog = page.getByRole('dialog')
      await dialog.getByRole('textbox').first().fill('Import')
      await dialog.getByRole('checkbox', { name: words.draft }).check()
      await accessible(page, 'profile/tokens, making')
      await dialog.getByRole('button', { name: words.make }).click()
      const field = dialog.getByRole('textbox')
      await page.waitForFunction(() => document.querySelector('[role="dialog"] input')?.value.startsWith('sfn_'))
      const token = await field.inputValue()
      await accessible(page, 'profile/tokens, made')
      await dialog.getByRole('button', { name: words.close }).last().click()

      const api = `${home.address}/api/v1/brands/${home.brand.id}/posts`
      const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/json' }
      const body = JSON.stringify({ content: { text: `From a program, ${language}` } })
      const written = await fetch(api, { method: 'POST', headers, body })
      assert.equal(written.status, 201, await written.text())
      const line = main.getByRole('listitem').filter({ hasText: token.slice(-4) })
      await line.waitFor()
      assert.equal((await page.content()).includes(token), false, 'it is shown once')
      const wide = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)
      assert.ok(wide <= 0, `${wide} pixels stand out to the right`)
      await accessible(page, 'profile/tokens')
      await line.getByRole('button', { name: words.revoke }).click()
      await page.getByRole('dialog').getByRole('button', { name: words.revoke }).click()
      await line.waitFor({ state: 'detached' })
      const after = await fetch(api, { headers })
      assert.equal(after.status, 401)
    })
  }
})
