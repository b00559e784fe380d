// Starts the official Bluesky servers (PLC directory, PDS and, where PostgreSQL is at hand, the AppView)
// on free ports of the loopback address and prints one line of JSON with their addresses.
//
// It puts the pieces of @atproto/dev-env together itself instead of calling TestNetwork.create: that one adds
// the moderation service, which needs more memory and time and which no connector talks to, and asks for a
// Redis that these servers then never use.
//
// SARAFAN_BLUESKY_POSTGRES: address of a database for the AppView. Without it there is no AppView, and with it
// no likes, replies of others, notifications and followers.

import net from 'node:net'
import dns from 'node:dns'

// dev-env listens on every address of the machine; a test server must not be reachable from outside.
dns.setDefaultResultOrder('ipv4first')
const listen = net.Server.prototype.listen
net.Server.prototype.listen = function (first, ...rest) {
  if (typeof first === 'number' || typeof first === 'string') {
    const callback = rest.find((each) => typeof each === 'function')
    return listen.call(this, { port: Number(first), host: '127.0.0.1' }, callback)
  }
  return listen.call(this, first, ...rest)
}

const { TestBsky, TestPds, TestPlc, mockNetworkUtilities } = await import('@atproto/dev-env')
const { default: getPort } = await import('get-port')

const postgres = process.env.SARAFAN_BLUESKY_POSTGRES
const plc = await TestPlc.create({})
const pdsPort = await getPort()

let appview
if (postgres) {
  appview = await TestBsky.create({
    plcUrl: plc.url,
    pdsPort,
    repoProvider: `ws://localhost:${pdsPort}`,
    dbPostgresUrl: postgres,
    dbPostgresSchema: 'appview',
  })
}

const pds = await TestPds.create({
  port: pdsPort,
  hostname: 'localhost',
  didPlcUrl: plc.url,
  ...(appview && { bskyAppViewUrl: appview.url, bskyAppViewDid: appview.serverDid }),
})
// The AppView looks handles and documents up in these two servers rather than in the world's name service.
mockNetworkUtilities(pds, appview)

console.log(
  JSON.stringify({
    plc: plc.url,
    pds: pds.url,
    appview: appview?.url ?? null,
    appviewDid: appview?.serverDid ?? null,
  }),
)

// The tests' runner ends this process; nothing it holds is worth an orderly goodbye.
for (const signal of ['SIGINT', 'SIGTERM']) {
  process.on(signal, () => process.exit(0))
}
