// How long the first page takes until it can be used, and how much it jumps meanwhile. Prints one line of JSON. Each
// load is a new visitor: nothing is cached.

import { close, house, open, signedIn } from '../harness/house.mjs'
import { ends } from './ends.mjs'

const LOADS = 7

const script = ends()
try {
  const built = await house(script, { sandbox: false })
  const first = []
  const today = []
  const shifts = []
  for (let load = 0; load < LOADS; load += 1) {
    const visitor = ends()
    const page = await open(visitor, built.address)
    first.push(await usable(page, '/', 'input[type=password]'))
    shifts.push(await shift(page))
    await visitor.end()

    const person = ends()
    const inside = await signedIn(person, built)
    today.push(await usable(inside, `/b/${built.brand.id}/today`, 'main h1, main h2'))
    shifts.push(await shift(inside))
    await person.end()
  }
  const told = { loads: LOADS, usable: middle(first), usable_highest: Math.max(...first), today: middle(today) }
  console.log(JSON.stringify({ ...told, today_highest: Math.max(...today), shift: Math.max(...shifts) }))
} finally {
  await script.end()
  await close()
}

/** Milliseconds from asking for the page until what one came for is there and the browser has painted it. */
async function usable(page, path, wanted) {
  await page.addInitScript(() => {
    globalThis.shifted = 0
    new PerformanceObserver((list) => {
      for (const entry of list.getEntries()) if (!entry.hadRecentInput) globalThis.shifted += entry.value
    }).observe({ type: 'layout-shift', buffered: true })
  })
  await page.goto(path, { waitUntil: 'commit' })
  await page.locator(wanted).first().waitFor({ state: 'visible' })
  return page.evaluate(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(() => done(performance.now())))))
}

/** The page's layout shift once it has come to rest. */
async function shift(page) {
  await page.waitForLoadState('networkidle')
  return page.evaluate(() => globalThis.shifted)
}

function middle(values) {
  return [...values].sort((one, other) => one - other)[Math.floor(values.length / 2)]
}
