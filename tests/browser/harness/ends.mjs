// Ends things in the reverse order of their beginning: the page before the program that answers it. Node's own `after`
// goes forwards, and a page whose server is gone complains.

/**
 * What to hand on in place of the test.
 * @param {import('node:test').TestContext} test
 * @returns {{ after: (end: () => unknown) => void }}
 */
export function backwards(test) {
  const ends = []
  test.after(async () => {
    const failed = []
    for (const end of ends.reverse()) await Promise.resolve().then(end).catch((error) => failed.push(error))
    if (failed.length) throw failed[0]
  })
  return { after: (end) => void ends.push(end) }
}
