// Starts the built `sarafan` for a test: a data folder of its own, a free port, an end with the test. It calls the
// program as an administrator would, by command line, and knows nothing of its inside.

import { spawn } from 'node:child_process'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { once } from 'node:events'

/** The program under test. `cargo xtask test browser` says where it is. */
export const PROGRAM = process.env.SARAFAN_PROGRAM ?? new URL('../../../target/debug/sarafan', import.meta.url).pathname
/** How long a start may take on a busy machine, in milliseconds. */
const PATIENCE = 60_000

/**
 * A folder for one test's data. It is removed when the test is over.
 * @param {import('node:test').TestContext} test
 */
export async function dataFolder(test) {
  const folder = await mkdtemp(join(tmpdir(), 'sarafan-browser-'))
  test.after(() => rm(folder, { recursive: true, force: true }))
  return folder
}

/**
 * Runs a command of the program to its end and returns what it prints, read as JSON.
 * @param {string} data the data folder
 * @param {string[]} words the command, without `--json`
 * @param {string} input what goes to its standard input: secrets
 */
export async function command(data, words, input = '') {
  const child = spawn(PROGRAM, [...words, '--json'], { env: environment(data), stdio: ['pipe', 'pipe', 'pipe'] })
  const [out, err] = [text(child.stdout), text(child.stderr)]
  child.stdin.end(input)
  const [code] = await once(child, 'close')
  if (code !== 0) throw new Error(`sarafan ${words.join(' ')} ended with ${code}:\n${await out}\n${await err}`)
  return JSON.parse(await out)
}

/**
 * Starts a command that stays, on a free port, and returns it with what it told of itself once it listens.
 * @param {import('node:test').TestContext} test ends the program
 * @param {string} data the data folder
 * @param {string[]} words the command, without `--json`; `--listen` where a certain port is wanted
 * @param {Record<string, string>} more environment variables beside the data folder
 */
export async function start(test, data, words, more = {}) {
  const all = [...words, ...(words.includes('--listen') ? [] : ['--listen', '127.0.0.1:0']), '--json']
  const child = spawn(PROGRAM, all, { env: { ...environment(data), ...more }, stdio: ['ignore', 'pipe', 'pipe'] })
  const lines = []
  const ended = once(child, 'close')
  test.after(async () => {
    child.kill('SIGTERM')
    await ended
  })
  const told = await new Promise((resolve, reject) => {
    const fail = (why) => reject(new Error(`sarafan ${words.join(' ')} ${why}:\n${lines.slice(-30).join('\n')}`))
    const late = AbortSignal.timeout(PATIENCE)
    late.addEventListener('abort', () => fail('did not say its address'))
    ended.then(([code]) => fail(`ended with ${code}`))
    for (const stream of [child.stdout, child.stderr]) {
      createInterface({ input: stream }).on('line', (line) => {
        lines.push(line)
        const said = line.startsWith('{') ? JSON.parse(line) : {}
        if (said.event === 'listening') resolve(said)
      })
    }
  })
  return { ...told, lines, child }
}

function environment(data) {
  return { ...process.env, SARAFAN_DATA: data }
}

async function text(stream) {
  const parts = []
  for await (const part of stream) parts.push(part)
  return Buffer.concat(parts).toString()
}
