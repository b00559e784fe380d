// Accessibility by axe: WCAG 2.2 A and AA and the good practices, no exceptions.

import assert from 'node:assert/strict'
import { AxeBuilder } from '@axe-core/playwright'

const RULES = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice']

/**
 * Fails with a readable list when the page as it is now breaks a rule.
 * @param {import('playwright-core').Page} page
 * @param {string} what the page is, for the message
 */
export async function accessible(page, what) {
  const { violations } = await new AxeBuilder({ page }).withTags(RULES).analyze()
  const told = violations.flatMap(({ id, help, nodes }) =>
    nodes.map(({ target, failureSummary }) => `${id} (${help}) at ${target.join(' ')}: ${failureSummary}`),
  )
  assert.deepEqual(told, [], `axe on ${what}`)
}
