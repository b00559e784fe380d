// What a script has in place of a test: things to do at its end, last first.

/** @returns {{ after: (end: () => unknown) => void, end: () => Promise<void> }} */
export function ends() {
  const all = []
  return {
    after: (end) => all.push(end),
    async end() {
      for (const each of all.reverse()) await each()
    },
  }
}
