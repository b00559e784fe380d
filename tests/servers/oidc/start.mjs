// Starts an OpenID Connect provider (npm oidc-provider) on a free port of the loopback address and prints one line of JSON with
// its address. It knows one client; whoever sends the cookie `account` is signed in as that account without a question.
//
// An account `anna` has the address anna@example.org, which is verified unless its name begins with `unverified`.

import http from 'node:http'
import { randomBytes } from 'node:crypto'
import { Provider } from 'oidc-provider'

const server = http.createServer()
await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve))
const issuer = `http://127.0.0.1:${server.address().port}`

const provider = new Provider(issuer, {
  clients: [
    {
      client_id: 'sarafan',
      client_secret: 'a secret: of/tests+only',
      redirect_uris: ['http://sarafan.test/api/v1/session/oidc/callback'],
      response_types: ['code'],
      grant_types: ['authorization_code'],
    },
  ],
  claims: { openid: ['sub'], email: ['email', 'email_verified'], profile: ['name'] },
  conformIdTokenClaims: false,
  cookies: { keys: [randomBytes(16).toString('hex')] },
  features: { devInteractions: { enabled: false } },
  pkce: { required: () => true },
  findAccount: (_, id) => ({
    accountId: id,
    claims: () => ({ sub: id, email: `${id}@example.org`, email_verified: !id.startsWith('unverified'), name: `The ${id}` }),
  }),
  interactions: { url: (_, interaction) => `/interaction/${interaction.uid}` },
})

async function interact(request, response) {
  const accountId = /account=([a-z]+)/.exec(request.headers.cookie ?? '')?.[1]
  if (!accountId) return provider.interactionFinished(request, response, { error: 'access_denied' })
  const { params } = await provider.interactionDetails(request, response)
  const grant = new provider.Grant({ accountId, clientId: params.client_id })
  grant.addOIDCScope(params.scope)
  await provider.interactionFinished(request, response, { login: { accountId }, consent: { grantId: await grant.save() } })
}

const answer = provider.callback()
server.on('request', (request, response) => {
  if (!request.url.startsWith('/interaction/')) return void answer(request, response)
  interact(request, response).catch((error) => {
    response.statusCode = 500
    response.end(String(error))
  })
})
console.log(JSON.stringify({ issuer }))

// The tests' runner ends this process; nothing it holds is worth an orderly goodbye.
for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => process.exit(0))
