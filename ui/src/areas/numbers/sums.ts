// Small sums over what the server answered, for drawing: values by day, growth, medians, the posts behind a number. What is missing stays missing.
import type { Id, PostNumbers, Series, Zone } from '$/api/types';
import type { Day } from '../calendar/civil.ts';
import { civil } from '../calendar/places.ts';

export type Value = number | null;

/** The last known value of each day; a day on which nothing was told is missing. */
export function daily(series: Series, days: Day[], zone: Zone): Value[] {
  const last = new Map<Day, number>();
  for (const [at, value] of series.points) if (value !== null) last.set(civil(at, zone).slice(0, 10), value);
  return days.map((day) => last.get(day) ?? null);
}

/** What came since the first known value. */
export function growth(values: Value[]): Value[] {
  const first = values.find((value) => value !== null);
  return values.map((value) => (value === null || first === undefined || first === null ? null : value - first));
}

export const firstKnown = (values: Value[]): Value => values.find((value) => value !== null) ?? null;
export const lastKnown = (values: Value[]): Value => values.findLast((value) => value !== null) ?? null;

export const valueOf = (post: PostNumbers, metric: string): Value => post.values[metric] ?? null;

export function median(values: Value[]): Value {
  const known = values.filter((value) => value !== null).sort((a, b) => a - b);
  const middle = Math.floor(known.length / 2);
  const [low, high] = [known[middle - 1], known[middle]];
  if (high === undefined) return null;
  return known.length % 2 || low === undefined ? high : (low + high) / 2;
}
export function mean(values: Value[]): Value {
  const known = values.filter((value) => value !== null);
  return known.length ? known.reduce((all, value) => all + value, 0) / known.length : null;
}
export function sum(values: Value[]): Value {
  const known = values.filter((value) => value !== null);
  return known.length ? known.reduce((all, value) => all + value, 0) : null;
}

/** A metric of posts added up by the day they went out; a day without posts is missing, not nought. */
export function byDay(posts: PostNumbers[], metric: string, days: Day[], zone: Zone): Value[] {
  const found = new Map<Day, Value[]>();
  for (const post of posts) {
    if (!post.sent_at) continue;
    const day = civil(post.sent_at, zone).slice(0, 10);
    found.set(day, [...(found.get(day) ?? []), valueOf(post, metric)]);
  }
  return days.map((day) => sum(found.get(day) ?? []));
}

/** The hours with the most, best first: weekday 0 = Monday. */
export function bestHours(hours: Value[][], most: number): { weekday: number; hour: number; value: number }[] {
  return hours
    .flatMap((row, weekday) => row.map((value, hour) => ({ weekday, hour, value })))
    .filter((one): one is { weekday: number; hour: number; value: number } => one.value !== null && one.value > 0)
    .sort((a, b) => b.value - a.value)
    .slice(0, most);
}

/** Whether there is any number at all. */
export const anything = (tiles: { metric: string; value: Value }[]): boolean => tiles.some((tile) => tile.value !== null && (tile.metric !== 'posts' || tile.value > 0));

/** Keys that at least one post has, in the order of `keys`. */
export const told = (posts: PostNumbers[], keys: string[]): string[] => keys.filter((key) => posts.some((post) => valueOf(post, key) !== null));

export interface ChannelPosts { channel: Id; posts: PostNumbers[]; series: Series[] }
