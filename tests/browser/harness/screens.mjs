// Screenshots compared with those in ../screens. `cargo xtask test browser --update-screens` writes them anew; look at
// the difference before you commit it.

import assert from 'node:assert/strict'
import { mkdir, readFile, writeFile } from 'node:fs/promises'
import pixelmatch from 'pixelmatch'
import { PNG } from 'pngjs'

const GOLDEN = new URL('../screens/', import.meta.url)
const FOUND = new URL('../found/', import.meta.url)
/** What share of the points may differ: another version of the browser smooths letters a little differently. */
const TOLERANCE = 0.005

/**
 * Compares what is seen now with the golden picture of that name.
 * @param {import('playwright-core').Page | import('playwright-core').Locator} seen
 * @param {string} name of the file, without `.png`
 * @param {{ mask?: import('playwright-core').Locator[], fullPage?: boolean }} options parts that differ each time
 */
export async function looksLike(seen, name, options = {}) {
  const now = await seen.screenshot({ animations: 'disabled', caret: 'hide', scale: 'css', ...options })
  const golden = new URL(`${name}.png`, GOLDEN)
  if (process.env.SARAFAN_UPDATE_SCREENS) {
    await write(golden, now)
    return
  }
  const before = await readFile(golden).catch(() => null)
  if (!before) {
    await write(new URL(`${name}.png`, FOUND), now)
    assert.fail(`there is no screen ${name} yet: look at tests/browser/found/${name}.png, then --update-screens`)
  }
  const [one, other] = [PNG.sync.read(before), PNG.sync.read(now)]
  const sizes = [one, other].map(({ width, height }) => `${width}×${height}`)
  const difference = new PNG({ width: one.width, height: one.height })
  const points =
    sizes[0] === sizes[1]
      ? pixelmatch(one.data, other.data, difference.data, one.width, one.height, { threshold: 0.2 })
      : Infinity
  const share = points / (one.width * one.height)
  if (share > TOLERANCE) {
    await write(new URL(`${name}.png`, FOUND), now)
    await write(new URL(`${name}.difference.png`, FOUND), PNG.sync.write(difference))
    const how = sizes[0] === sizes[1] ? `${(share * 100).toFixed(2)} % of it` : sizes.join(' became ')
    assert.fail(`the screen ${name} changed (${how}): see tests/browser/found/${name}.png`)
  }
}

async function write(file, bytes) {
  await mkdir(new URL('.', file), { recursive: true })
  await writeFile(file, bytes)
}
