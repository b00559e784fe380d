// Assistants: the client of the protocol's own authors works with Sarafan over HTTP and over standard input and output.

import assert from 'node:assert/strict'
import { after, test } from 'node:test'
import { Client } from '@modelcontextprotocol/sdk/client/index.js'
import { StdioClientTransport } from '@modelcontextprotocol/sdk/client/stdio.js'
import { StreamableHTTPClientTransport } from '@modelcontextprotocol/sdk/client/streamableHttp.js'
import { backwards } from './harness/ends.mjs'
import { PROGRAM, close, command, house, OWNER } from './harness/house.mjs'

after(close)

async function connected(test, transport) {
  const client = new Client({ name: 'test', version: '1' })
  await client.connect(transport)
  test.after(() => client.close())
  return client
}

test('an assistant plans a post', async (t) => {
  const scope = backwards(t)
  const home = await house(scope, { brand: { name: 'Zerno', language: 'en', zone: 'UTC', country: 'GB' } })
  const token = async (...scopes) =>
    (await command(home.data, ['token', 'create', '--person', OWNER.email, '--name', 'Assistant', ...scopes.flatMap((one) => ['--scope', one])])).token
  const all = await token('posts:write', 'posts:publish', 'channels:write')
  const reader = await token('brand:read')
  const url = new URL(`${home.address}/mcp`)
  const http = (bearer) => new StreamableHTTPClientTransport(url, { requestInit: { headers: { authorization: `Bearer ${bearer}` } } })
  const stdio = (bearer) => new StdioClientTransport({ command: PROGRAM, args: ['mcp'], env: { SARAFAN_DATA: home.data, SARAFAN_TOKEN: bearer, PATH: process.env.PATH ?? '' }, stderr: 'pipe' })
  const networks = await (await fetch(`${home.sandbox}/networks`)).json()
  const { id: network, form } = networks[0]
  const made = await fetch(`${home.address}/api/v1/brands/${home.brand.id}/channels/connect`, {
    method: 'POST', headers: { authorization: `Bearer ${all}`, 'content-type': 'application/json' }, body: JSON.stringify({ network, fields: form }),
  })
  const channel = (await made.json()).connected.id

  for (const [name, transport] of [['HTTP', http], ['standard input and output', stdio]])
    await t.test(`over ${name}`, async (t) => {
      const client = await connected(t, transport(all))
      assert.equal(client.getServerVersion().name, 'sarafan')
      assert.match(client.getInstructions(), /dry_run/)
      const { tools } = await client.listTools()
      const tool = (name) => tools.find((one) => one.name === name)
      assert.ok(tools.length >= 20)
      assert.equal(tool('get_overview'), undefined, 'no scope of this token opens numbers')
      assert.equal(tool('list_posts').annotations.readOnlyHint, true)
      assert.equal(tool('schedule_post').annotations.destructiveHint, true)
      assert.deepEqual(tool('schedule_post').inputSchema.required.filter((one) => one !== 'repeat'), ['brand', 'id', 'version', 'when'])
      const call = async (name, args) => client.callTool({ name, arguments: args })

      const brands = await call('list_brands', {})
      const brand = brands.structuredContent.items[0].id
      assert.equal(brand, home.brand.id)
      const check = await call('check_post', { brand, content: { text: 'x'.repeat(100_000) }, channels: [channel] })
      assert.ok(check.structuredContent.channels[0].problems.length > 0, 'a limit of the network')
      const post = (await call('create_post', { brand, content: { text: `Good morning over ${name}` }, channels: [channel] })).structuredContent
      assert.equal(post.state, 'draft')
      const when = { brand, id: post.id, version: post.version, when: { mode: 'now' } }
      const rehearsed = await call('schedule_post', { ...when, dry_run: true })
      assert.equal(rehearsed.structuredContent.deliveries.length, 1)
      assert.equal((await call('get_post', { brand, id: post.id })).structuredContent.state, 'draft')
      const scheduled = await call('schedule_post', when)
      assert.notEqual(scheduled.structuredContent.state, 'draft')
      const stale = await call('update_post', { brand, id: post.id, version: 1, content: { text: 'y' }, channels: [channel] })
      assert.equal(stale.isError, true)
      assert.equal(stale.structuredContent.code, 'conflict')
      await assert.rejects(call('make_coffee', {}), /make_coffee/)
      await assert.rejects(call('get_post', { brand }), /`id` is missing/)

      const { resources } = await client.listResources()
      assert.deepEqual(resources.map((one) => one.uri), ['sarafan://brands', 'sarafan://networks'])
      const { resourceTemplates } = await client.listResourceTemplates()
      assert.ok(resourceTemplates.length >= 4)
      const read = await client.readResource({ uri: `sarafan://brands/${brand}/posts/${post.id}` })
      assert.equal(JSON.parse(read.contents[0].text).id, post.id)
      await assert.rejects(client.readResource({ uri: 'sarafan://tokens' }))

      const limited = await connected(t, transport(reader))
      const seen = (await limited.listTools()).tools
      assert.ok(seen.length > 5 && seen.every((one) => one.annotations.readOnlyHint), 'who reads is shown what reads')
      const refused = await limited.callTool({ name: 'create_post', arguments: { brand, content: { text: 'x' } } })
      assert.equal(refused.isError, true)
      assert.equal(refused.structuredContent.code, 'out_of_scope')
    })

  await t.test('nobody comes in without a token', async () => {
    const body = JSON.stringify({ jsonrpc: '2.0', id: 1, method: 'tools/list' })
    for (const headers of [{}, { authorization: 'Bearer sfn_wrong' }]) {
      const answer = await fetch(url, { method: 'POST', body, headers: { ...headers, 'content-type': 'application/json', accept: 'application/json, text/event-stream' } })
      assert.equal(answer.status, 401)
      assert.match(answer.headers.get('www-authenticate') ?? '', /^Bearer/)
    }
  })
})
