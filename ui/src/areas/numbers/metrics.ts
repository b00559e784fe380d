// How a number is named and written: name and formula come from the server, digits from the reader's language.
import type { MetricInfo } from '$/api/types';
import { count, date, duration, percent, shortDay, time } from '$/app/format';
import type { Value } from './sums';

/** 19 Nov; with its year when it is not this one. */
export const sentOn = (at: string): string => (at.slice(0, 4) === new Date().toISOString().slice(0, 4) ? shortDay(at) : date(at));
/** 19 Nov, 10:00 */
export const sentAt = (at: string): string => `${sentOn(at)}, ${time(at)}`;

/** The metrics of a post in the order of its table. */
export const POST_METRICS = ['views', 'reactions', 'replies', 'reposts', 'quotes', 'engagement', 'er_by_views', 'er_by_followers'];

export const info = (metrics: MetricInfo[], key: string): MetricInfo | undefined => metrics.find((metric) => metric.key === key);
export const nameOf = (metrics: MetricInfo[], key: string): string => info(metrics, key)?.name ?? key;
export const isRate = (metrics: MetricInfo[], key: string): boolean => info(metrics, key)?.unit === 'ratio';

export function write(metrics: MetricInfo[], key: string, value: Value): string {
  if (value === null) return '–';
  const unit = info(metrics, key)?.unit ?? 'count';
  return unit === 'ratio' ? percent(value, 2) : unit === 'seconds' ? duration(value) : count(value);
}
