// The API guide: every example in it is run against the program, those in TypeScript are compiled first.

import assert from 'node:assert/strict'
import { execFile } from 'node:child_process'
import { createServer } from 'node:net'
import { mkdir, readFile, rm, symlink, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { after, test } from 'node:test'
import { promisify } from 'node:util'
import { backwards } from './harness/ends.mjs'
import { close, command, dataFolder, OWNER, start } from './harness/house.mjs'
import { receiver } from './harness/receiver.mjs'

after(close)

const run = promisify(execFile)
const at = (path) => new URL(path, import.meta.url).pathname

/** All blocks of a language, one after the other, as somebody would type them. */
function examples(text, language) {
  return [...text.matchAll(new RegExp(`^\`\`\`${language}\\n(.*?)^\`\`\`$`, 'gms'))].map(([, code]) => code)
}

/** A port that nobody listens on. */
async function freePort() {
  const server = createServer().listen(0, '127.0.0.1')
  await new Promise((done) => server.once('listening', done))
  const { port } = server.address()
  await new Promise((done) => server.close(done))
  return port
}

test('every example of the guide', async (t) => {
  const scope = backwards(t)
  const guide = await readFile(at('../../docs/api-guide.md'), 'utf8')
  const [shell, typescript] = [examples(guide, 'sh'), examples(guide, 'ts')]
  assert.ok(shell.length >= 7 && typescript.length >= 7, 'the guide has its examples')
  const hook = await receiver(scope)
  const own = `http://127.0.0.1:${await freePort()}/hooks`
  const data = await dataFolder(scope)
  const sandbox = await start(scope, data, ['sandbox'])
  await command(data, ['owner', 'create', '--email', OWNER.email], `${OWNER.password}\n`)
  await command(data, ['brand', 'create', 'Zerno', '--language', 'en', '--time-zone', 'UTC', '--country', 'GB'])
  const [{ id: network, form }] = await (await fetch(`${sandbox.address}/networks`)).json()
  const allowed = [sandbox.address, hook.url, own].map((url) => new URL(url).host).join(',')
  const { address } = await start(scope, data, ['serve'], { SARAFAN_ALLOW_PRIVATE: allowed })
  const token = async (scopes) => (await command(data, ['token', 'create', '--person', OWNER.email, '--name', 'Guide', '--scope', scopes])).token
  const channels = { authorization: `Bearer ${await token('channels:write')}`, 'content-type': 'application/json' }
  const [{ id: brand }] = await (await fetch(`${address}/api/v1/brands`, { headers: channels })).json()
  const made = await fetch(`${address}/api/v1/brands/${brand}/channels/connect`, { method: 'POST', headers: channels, body: JSON.stringify({ network, fields: form }) })
  assert.ok(made.ok, await made.text())
  const env = {
    PATH: process.env.PATH, SARAFAN: address, HOOK: hook.url, HOOK_TS: own,
    SARAFAN_TOKEN: await token('posts:write,posts:publish,assets:write,numbers:read,brand:write'),
  }

  await t.test('with curl', async () => {
    const folder = await dataFolder(scope)
    const { stdout } = await run('bash', ['-euo', 'pipefail', '-c', shell.join('\n')], { cwd: folder, env })
    assert.match(stdout, /"posts:publish"/)
    assert.match(stdout, /"due_at": "2030-01-15T09:00:00.000Z"/)
    await hook.next(({ body }) => JSON.parse(body).type === 'webhook.test')
  })

  await t.test('in TypeScript', async () => {
    const client = at('../../clients/typescript')
    const folder = at('node_modules/.guide')
    await rm(folder, { recursive: true, force: true })
    await mkdir(join(folder, 'node_modules'), { recursive: true })
    await symlink(client, join(folder, 'node_modules/sarafan-client'), 'dir')
    await symlink(join(client, 'node_modules/@types'), join(folder, 'node_modules/@types'), 'dir')
    await writeFile(join(folder, 'package.json'), '{ "type": "module" }')
    await writeFile(join(folder, 'guide.ts'), typescript.join('\n'))
    const options = { target: 'ES2022', module: 'NodeNext', lib: ['ES2024', 'DOM', 'DOM.Iterable'], types: ['node'], strict: true, skipLibCheck: true }
    await writeFile(join(folder, 'tsconfig.json'), JSON.stringify({ compilerOptions: options, files: ['guide.ts'] }))
    await run(join(client, 'node_modules/.bin/tsc'), ['-p', folder]).catch((error) => assert.fail(error.stdout))
    const { stdout } = await run(process.execPath, [join(folder, 'guide.js')], { env })
    assert.match(stdout, /^draft 1$/m)
    assert.match(stdout, /^conflict /m)
    assert.match(stdout, /^webhook\.test$/m)
  })
})
