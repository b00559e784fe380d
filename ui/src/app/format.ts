// How numbers, sizes and times are written in the reader's language and the brand's zone. Pure formatting over Intl; no texts, no state of its own.
import { i18n } from './i18n.svelte';
import type { Instant, Wall } from '$/api/types';

const made = new Map<string, Intl.NumberFormat | Intl.DateTimeFormat | Intl.RelativeTimeFormat | Intl.ListFormat | Intl.DisplayNames>();

function kept<T extends Intl.NumberFormat | Intl.DateTimeFormat | Intl.RelativeTimeFormat | Intl.ListFormat | Intl.DisplayNames>(key: string, make: () => T): T {
  const known = made.get(key);
  if (known) return known as T;
  const fresh = make();
  made.set(key, fresh);
  return fresh;
}

function number(options: Intl.NumberFormatOptions): Intl.NumberFormat {
  return kept(`n${i18n.lang}${JSON.stringify(options)}`, () => new Intl.NumberFormat(i18n.locale, options));
}
function when(options: Intl.DateTimeFormatOptions, zone: string = i18n.zone): Intl.DateTimeFormat {
  return kept(`d${i18n.lang}${zone}${JSON.stringify(options)}`, () => new Intl.DateTimeFormat(i18n.locale, { ...options, timeZone: zone }));
}

/** 12 345 */
export const count = (value: number): string => number({ maximumFractionDigits: 1 }).format(value);
/** 12,3 k */
export const compact = (value: number): string => number({ notation: 'compact', maximumFractionDigits: 1 }).format(value);
/** 0.0312 -> 3.1 % */
export const percent = (value: number, digits = 1): string => number({ style: 'percent', maximumFractionDigits: digits }).format(value);
/** +3.1 %, −2 % */
export const signedPercent = (value: number): string => number({ style: 'percent', maximumFractionDigits: 1, signDisplay: 'exceptZero' }).format(value);

/** 12582912 -> 12 MB (decimal, as networks state their limits). */
export function bytes(value: number): string {
  const units = ['byte', 'kilobyte', 'megabyte', 'gigabyte', 'terabyte'] as const;
  let step = 0;
  let rest = value;
  while (rest >= 1000 && step < units.length - 1) {
    rest /= 1000;
    step += 1;
  }
  return number({ style: 'unit', unit: units[step] ?? 'byte', unitDisplay: step === 0 ? 'narrow' : 'short', maximumFractionDigits: rest < 10 && step > 0 ? 1 : 0 }).format(rest);
}

/** 5 Dec 2026, 10:00 */
export const dateTime = (at: Instant | Date, zone?: string): string =>
  when({ day: 'numeric', month: 'short', year: 'numeric', hour: '2-digit', minute: '2-digit' }, zone).format(new Date(at));
/** Sat, 5 Dec, 10:00 */
export const shortDateTime = (at: Instant | Date, zone?: string): string =>
  when({ weekday: 'short', day: 'numeric', month: 'short', hour: '2-digit', minute: '2-digit' }, zone).format(new Date(at));
/** 10:00 */
export const time = (at: Instant | Date, zone?: string): string => when({ hour: '2-digit', minute: '2-digit' }, zone).format(new Date(at));
/** 10:00:07 */
export const exactTime = (at: Instant | Date, zone?: string): string =>
  when({ hour: '2-digit', minute: '2-digit', second: '2-digit' }, zone).format(new Date(at));
/** 5 December */
export const day = (at: Instant | Date, zone?: string): string => when({ day: 'numeric', month: 'long' }, zone).format(new Date(at));
/** Saturday, 5 December */
export const fullDay = (at: Instant | Date, zone?: string): string => when({ weekday: 'long', day: 'numeric', month: 'long' }, zone).format(new Date(at));
/** 5 Dec 2026 */
export const date = (at: Instant | Date, zone?: string): string => when({ day: 'numeric', month: 'short', year: 'numeric' }, zone).format(new Date(at));
/** 5.12 */
export const shortDay = (at: Instant | Date, zone?: string): string => when({ day: 'numeric', month: 'short' }, zone).format(new Date(at));

/** A civil time as it stands on the wall, whatever zone the reader is in. */
export const wall = (value: Wall, options: Intl.DateTimeFormatOptions = { weekday: 'short', day: 'numeric', month: 'short', hour: '2-digit', minute: '2-digit' }): string =>
  when(options, 'UTC').format(new Date(`${value.slice(0, 16)}:00Z`));
/** Name of the nth day of the week, 1 = Monday. */
export const weekday = (n: number, style: 'short' | 'long' | 'narrow' = 'short'): string => when({ weekday: style }, 'UTC').format(new Date(Date.UTC(2024, 0, n)));

const STEPS: [Intl.RelativeTimeFormatUnit, number][] = [['year', 31_557_600], ['month', 2_629_800], ['week', 604_800], ['day', 86_400], ['hour', 3_600], ['minute', 60], ['second', 1]];

/** "3 minutes ago", "in 2 days". */
export function relative(at: Instant | Date, now: number): string {
  const seconds = Math.round((new Date(at).getTime() - now) / 1000);
  const [unit, size] = STEPS.find(([, s]) => Math.abs(seconds) >= s) ?? ['second', 1];
  return kept(`r${i18n.lang}`, () => new Intl.RelativeTimeFormat(i18n.locale, { numeric: 'auto' })).format(Math.trunc(seconds / size), unit);
}

/** 95 -> "1 min 35 s"; two units at most. */
export function duration(seconds: number): string {
  const parts: string[] = [];
  let rest = Math.max(0, Math.round(seconds));
  for (const [unit, size] of [['day', 86_400], ['hour', 3_600], ['minute', 60], ['second', 1]] as const) {
    const n = Math.floor(rest / size);
    rest -= n * size;
    if (n > 0 || (unit === 'second' && parts.length === 0)) parts.push(number({ style: 'unit', unit, unitDisplay: 'short' }).format(n));
    if (parts.length === 2) break;
  }
  return parts.join(' ');
}

/** "a, b and c" */
export const list = (items: string[]): string => kept(`l${i18n.lang}`, () => new Intl.ListFormat(i18n.locale)).format(items);
/** RU -> Russia */
export const country = (code: string): string => kept(`c${i18n.lang}`, () => new Intl.DisplayNames(i18n.locale, { type: 'region' })).of(code) ?? code;
/** Short name of a zone at a time: GMT+3, CET. */
export function zoneName(zone: string, at: Date = new Date()): string {
  return when({ timeZoneName: 'short' }, zone).formatToParts(at).find((part) => part.type === 'timeZoneName')?.value ?? zone;
}
/** The city of an IANA name: Europe/Moscow -> Moscow. */
export const zoneCity = (zone: string): string => (zone.split('/').at(-1) ?? zone).replaceAll('_', ' ');

/** Civil time of an instant in a zone. */
export function wallOf(at: Instant | Date, zone: string): Wall {
  const parts = new Intl.DateTimeFormat('en-GB', { timeZone: zone, year: 'numeric', month: '2-digit', day: '2-digit', hour: '2-digit', minute: '2-digit', hourCycle: 'h23' }).formatToParts(new Date(at));
  const of = (type: string): string => parts.find((part) => part.type === type)?.value ?? '00';
  return `${of('year')}-${of('month')}-${of('day')}T${of('hour')}:${of('minute')}`;
}
