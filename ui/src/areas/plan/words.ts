// Names of what a file can hold and how it can be written: keys of texts by the words of the API.
import { t } from '$/app/i18n.svelte';

const FIELDS: Record<string, string> = {
  id: 'plan-field-id', rubric: 'plan-field-rubric', campaign: 'plan-field-campaign', language: 'plan-field-language', channels: 'plan-field-channels', time_zone: 'plan-field-time-zone',
  at: 'plan-field-at', date: 'plan-field-date', time: 'plan-field-time', text: 'plan-field-text', media: 'plan-field-media', alt: 'plan-field-alt', link: 'plan-field-link',
  first_comment: 'plan-field-first-comment', labels: 'plan-field-labels', poll: 'plan-field-poll', extra: 'plan-field-extra',
};
/** What a column can be, in words; an unknown word stays as it is. */
export const fieldName = (field: string): string => (FIELDS[field] ? t(FIELDS[field]) : field);
export const knownField = (field: string): boolean => field in FIELDS;

const ENCODINGS: Record<string, string> = {
  'utf-8': 'plan-encoding-utf-8', 'windows-1251': 'plan-encoding-1251', 'windows-1250': 'plan-encoding-1250', 'utf-16le': 'plan-encoding-utf-16le', 'utf-16be': 'plan-encoding-utf-16be',
};
const SEPARATORS: Record<string, string> = { comma: 'plan-separator-comma', semicolon: 'plan-separator-semicolon', tab: 'plan-separator-tab' };
const ORDERS: Record<string, string> = { dmy: 'plan-order-dmy', mdy: 'plan-order-mdy', ymd: 'plan-order-ymd' };
const options = (names: Record<string, string>): { value: string; label: string }[] => Object.entries(names).map(([value, key]) => ({ value, label: t(key) }));

export const encodings = (): { value: string; label: string }[] => options(ENCODINGS);
export const separators = (): { value: string; label: string }[] => options(SEPARATORS);
export const orders = (): { value: string; label: string }[] => options(ORDERS);
export const encodingName = (code: string): string => (ENCODINGS[code] ? t(ENCODINGS[code]) : code);
export const separatorName = (code: string): string => (SEPARATORS[code] ? t(SEPARATORS[code]) : code);
