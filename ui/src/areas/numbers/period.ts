// The period of the numbers: from the address to civil days and the instants that the server is asked for. Pure.
import type { Instant, Zone } from '$/api/types';
import { addDays, type Day, days, isDay } from '../calendar/civil.ts';
import { civil } from '../calendar/places.ts';

export const PRESETS = ['7', '28', '90'] as const;
export type Choice = (typeof PRESETS)[number] | 'custom';

export interface Period {
  choice: Choice;
  /** First and last day, both included. */
  first: Day;
  last: Day;
  days: Day[];
  /** From the first moment of the first day; to the present moment, or to the end of the last day. */
  from: Instant;
  to: Instant;
}

/** The first moment of a day in a zone. Where the clocks skip midnight it is the first moment there is. */
export function midnight(day: Day, zone: Zone): number {
  const civilly = (at: number): number => Date.parse(`${civil(at, zone)}:00Z`);
  const wanted = Date.parse(`${day}T00:00:00Z`);
  const guess = wanted - (civilly(wanted) - wanted);
  const at = guess + (wanted - civilly(guess));
  return civil(at, zone) < `${day}T00:00` ? at + 3_600_000 : at;
}

/** Reads `days`, or `from` and `to`, of the address; whatever makes no sense is the last 28 days. */
export function periodOf(query: { days: string; from: string; to: string }, now: number, zone: Zone): Period {
  const today = civil(now, zone).slice(0, 10);
  const custom = query.days === 'custom' && isDay(query.from) && isDay(query.to) && query.from <= query.to && query.from <= today;
  const preset = PRESETS.find((one) => one === query.days) ?? '28';
  const first = custom ? query.from : addDays(today, 1 - Number(preset));
  const last = custom && query.to < today ? query.to : today;
  const end = last === today ? Math.floor(now / 60_000) * 60_000 : midnight(addDays(last, 1), zone);
  const from = midnight(first, zone);
  return {
    choice: custom ? 'custom' : preset, first, last, days: days(first, last),
    from: new Date(from).toISOString(), to: new Date(Math.max(end, from + 60_000)).toISOString(),
  };
}
