// How the calendar writes days, months and spans of days; a title begins with a capital in every language.
import { wall } from '$/app/format';
import { i18n } from '$/app/i18n.svelte';
import type { Day } from './civil';

const capital = (text: string): string => text.charAt(0).toLocaleUpperCase(i18n.lang) + text.slice(1);
const midnight = (day: Day): string => `${day}T00:00`;

/** Saturday, 12 December */
export const fullDay = (day: Day): string => capital(wall(midnight(day), { weekday: 'long', day: 'numeric', month: 'long' }));
/** 12 December */
export const longDay = (day: Day): string => wall(midnight(day), { day: 'numeric', month: 'long' });
/** 12 Dec */
export const shortDay = (day: Day): string => wall(midnight(day), { day: 'numeric', month: 'short' });
/** December 2026 */
export const month = (day: Day): string => `${capital(wall(midnight(day), { month: 'long' }))} ${day.slice(0, 4)}`;
/** 8–10 Dec */
export function span(from: Day, to: Day, year = false): string {
  const format = new Intl.DateTimeFormat(i18n.locale, { day: 'numeric', month: 'short', ...(year ? { year: 'numeric' } : {}), timeZone: 'UTC' });
  return format.formatRange(new Date(`${from}T00:00Z`), new Date(`${to}T00:00Z`));
}
