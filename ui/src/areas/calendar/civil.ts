// Arithmetic of civil dates and times: days as "2026-12-01", times as "2026-12-01T10:00". No zones and no instants: which instant a time
// is, and whether it exists, the server says. Date.UTC serves as a calendar without daylight saving.
export type Day = string;

const DAY = 86_400_000;
const stamp = (day: Day): number => Date.UTC(Number(day.slice(0, 4)), Number(day.slice(5, 7)) - 1, Number(day.slice(8, 10)));
const stampOf = (wall: string): number => stamp(wall) + (Number(wall.slice(11, 13)) * 60 + Number(wall.slice(14, 16))) * 60_000;
const written = (at: number): string => new Date(at).toISOString().slice(0, 16);

/** Whether a text names a day that exists. */
export const isDay = (text: string): boolean => /^\d{4}-\d\d-\d\d$/.test(text) && !Number.isNaN(stamp(text)) && written(stamp(text)).startsWith(text);

export const dayOf = (wall: string): Day => wall.slice(0, 10);
export const hourOf = (wall: string): number => Number(wall.slice(11, 13));
export const minuteOf = (wall: string): number => Number(wall.slice(14, 16));
export const clockOf = (wall: string): string => wall.slice(11, 16);
export const atHour = (day: Day, hour: number, minute = 0): string => `${day}T${String(hour).padStart(2, '0')}:${String(minute).padStart(2, '0')}`;

export const addDays = (day: Day, days: number): Day => written(stamp(day) + days * DAY).slice(0, 10);
/** The same day of another month, or that month's last. */
export function addMonths(day: Day, months: number): Day {
  const first = Date.UTC(Number(day.slice(0, 4)), Number(day.slice(5, 7)) - 1 + months, 1);
  const last = monthEnd(written(first).slice(0, 10));
  return `${last.slice(0, 8)}${day.slice(8) < last.slice(8) ? day.slice(8) : last.slice(8)}`;
}
/** How many days from one to another. */
export const daysBetween = (from: Day, to: Day): number => Math.round((stamp(to) - stamp(from)) / DAY);
/** 1 = Monday. */
export const weekdayOf = (day: Day): number => (new Date(stamp(day)).getUTCDay() + 6) % 7 + 1;
export const monday = (day: Day): Day => addDays(day, 1 - weekdayOf(day));
export const monthStart = (day: Day): Day => `${day.slice(0, 8)}01`;
export const monthEnd = (day: Day): Day => written(Date.UTC(Number(day.slice(0, 4)), Number(day.slice(5, 7)), 0)).slice(0, 10);
export const sameMonth = (one: Day, other: Day): boolean => one.slice(0, 7) === other.slice(0, 7);

/** All days from one to another, both included. */
export const days = (from: Day, to: Day): Day[] => Array.from({ length: Math.max(0, daysBetween(from, to) + 1) }, (_, i) => addDays(from, i));
/** The weeks, Monday first, that a month touches. */
export function weeks(day: Day): Day[][] {
  const all = days(monday(monthStart(day)), addDays(monday(monthEnd(day)), 6));
  return Array.from({ length: all.length / 7 }, (_, i) => all.slice(i * 7, i * 7 + 7));
}

/** Minutes from one civil time to another. */
export const minutesBetween = (from: string, to: string): number => Math.round((stampOf(to) - stampOf(from)) / 60_000);
export const addMinutes = (wall: string, minutes: number): string => written(stampOf(wall) + minutes * 60_000);
