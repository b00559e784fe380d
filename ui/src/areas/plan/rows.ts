// What the rows of a report come to: how many will be posts, drafts, or stay out. Pure; what a row is, the server has said.
import type { ImportRow } from '$/api/types';

export const skipped = (row: ImportRow): boolean => row.result === 'skipped';
/** Its cells cannot be told apart: nothing can be made of it. */
export const unreadable = (row: ImportRow): boolean => row.problems.some((problem) => problem.field === 'row' && problem.severity === 'error');

export interface Outlook { scheduled: number; drafts: number; skipped: number; left: number }
/** What an import would make of these rows. Without the right to publish everything becomes a draft. */
export function outlook(rows: readonly ImportRow[], publishes: boolean): Outlook {
  const found: Outlook = { scheduled: 0, drafts: 0, skipped: 0, left: 0 };
  for (const row of rows) {
    if (skipped(row)) found.skipped += 1;
    else if (unreadable(row)) found.left += 1;
    else if (row.ok && row.at && publishes) found.scheduled += 1;
    else found.drafts += 1;
  }
  return found;
}
/** What an import did make of them. */
export function outcome(rows: readonly ImportRow[]): Outlook {
  const of = (result: ImportRow['result']): number => rows.filter((row) => row.result === result).length;
  return { scheduled: of('scheduled'), drafts: of('draft'), skipped: of('skipped'), left: rows.filter((row) => row.result === null).length };
}

export type Shown = 'all' | 'good' | 'problems' | 'skipped';
export const belongs = (row: ImportRow, shown: Shown): boolean =>
  shown === 'all' || (shown === 'skipped' ? skipped(row) : !skipped(row) && row.ok === (shown === 'good'));

/** Rows whose pictures are neither given here nor in the library. */
export const withoutPictures = (rows: readonly ImportRow[]): number => rows.filter((row) => !skipped(row) && row.problems.some((problem) => problem.code === 'media-missing')).length;

/** Whether dates were found that can be read in several ways. */
export const asksDates = (rows: readonly ImportRow[]): boolean => rows.some((row) => !skipped(row) && row.problems.some((problem) => problem.code === 'date-format-ask'));
