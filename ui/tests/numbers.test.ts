// The numbers' arithmetic: periods, values by day, medians; what is missing stays missing.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { midnight, periodOf } from '../src/areas/numbers/period.ts';
import { anything, bestHours, byDay, daily, growth, mean, median, sum } from '../src/areas/numbers/sums.ts';

test('midnight of a day in a zone', () => {
  const rows: [string, string, string][] = [
    ['2026-11-22', 'Europe/Moscow', '2026-11-21T21:00:00.000Z'],
    ['2026-11-22', 'UTC', '2026-11-22T00:00:00.000Z'],
    // On the day of a change the offset of midnight counts, not that of the evening.
    ['2026-10-25', 'Europe/Warsaw', '2026-10-24T22:00:00.000Z'],
    ['2027-03-28', 'Europe/Warsaw', '2027-03-27T23:00:00.000Z'],
    ['2026-11-22', 'America/Los_Angeles', '2026-11-22T08:00:00.000Z'],
    // Lebanon's clocks go forward at midnight: the day begins at one.
    ['2026-03-29', 'Asia/Beirut', '2026-03-28T22:00:00.000Z'],
  ];
  for (const [day, zone, expected] of rows) assert.equal(new Date(midnight(day, zone)).toISOString(), expected, `${day} ${zone}`);
});

test('a period of the address', () => {
  const now = Date.parse('2026-11-22T01:30:20Z');
  const rows: [{ days: string; from: string; to: string }, string, string, string, string, string][] = [
    [{ days: '7', from: '', to: '' }, '7', '2026-11-16', '2026-11-22', '2026-11-15T21:00:00.000Z', '2026-11-22T01:30:00.000Z'],
    [{ days: 'nonsense', from: '', to: '' }, '28', '2026-10-26', '2026-11-22', '2026-10-25T21:00:00.000Z', '2026-11-22T01:30:00.000Z'],
    [{ days: 'custom', from: '2026-11-01', to: '2026-11-10' }, 'custom', '2026-11-01', '2026-11-10', '2026-10-31T21:00:00.000Z', '2026-11-10T21:00:00.000Z'],
    [{ days: 'custom', from: '2026-11-20', to: '2027-01-01' }, 'custom', '2026-11-20', '2026-11-22', '2026-11-19T21:00:00.000Z', '2026-11-22T01:30:00.000Z'],
    [{ days: 'custom', from: '2026-11-10', to: '2026-11-01' }, '28', '2026-10-26', '2026-11-22', '2026-10-25T21:00:00.000Z', '2026-11-22T01:30:00.000Z'],
    [{ days: 'custom', from: '2026-02-30', to: '2026-03-01' }, '28', '2026-10-26', '2026-11-22', '2026-10-25T21:00:00.000Z', '2026-11-22T01:30:00.000Z'],
  ];
  for (const [query, ...expected] of rows) {
    const found = periodOf(query, now, 'Europe/Moscow');
    assert.deepEqual([found.choice, found.first, found.last, found.from, found.to], expected, JSON.stringify(query));
    assert.equal(found.days[0], found.first);
    assert.equal(found.days.at(-1), found.last);
  }
});

const days = ['2026-11-20', '2026-11-21', '2026-11-22'];

test('values by day keep the last one told and leave the rest missing', () => {
  const points: [string, number | null][] = [['2026-11-19T22:00:00Z', 5], ['2026-11-20T10:00:00Z', 7], ['2026-11-20T12:00:00Z', null], ['2026-11-22T01:00:00Z', 9]];
  assert.deepEqual(daily({ metric: 'followers', unit: 'count', channel: null, points }, days, 'Europe/Moscow'), [7, null, 9]);
  assert.deepEqual(growth([null, 7, null, 9]), [null, 0, null, 2]);
  assert.deepEqual(growth([null, null]), [null, null]);
});

const sent = (at: string | null, engagement: number | null): Parameters<typeof byDay>[0][number] => ({ delivery: at ?? '', url: null, post: '', title: '', thumb: null, channel: '', network: '', sent_at: at, values: { engagement } });
test('posts add up by the day they went out', () => {
  const posts = [sent('2026-11-19T21:30:00Z', 3), sent('2026-11-20T08:00:00Z', 4), sent('2026-11-21T08:00:00Z', null), sent(null, 100)];
  assert.deepEqual(byDay(posts, 'engagement', days, 'Europe/Moscow'), [7, null, null]);
});

test('medians, means and sums leave out what is missing', () => {
  const rows: [(number | null)[], number | null, number | null, number | null][] = [
    [[], null, null, null], [[null], null, null, null], [[4], 4, 4, 4], [[1, null, 3], 2, 2, 4], [[9, 1, 2], 2, 4, 12], [[0, 0, 10, 2], 1, 3, 12],
  ];
  for (const [values, middle, average, total] of rows) assert.deepEqual([median(values), mean(values), sum(values)], [middle, average, total], JSON.stringify(values));
});

test('best hours are the highest that are known', () => {
  assert.deepEqual(bestHours([[null, 3, 0], [8, null, 1]], 2), [{ weekday: 1, hour: 0, value: 8 }, { weekday: 0, hour: 1, value: 3 }]);
  assert.equal(anything([{ metric: 'posts', value: 0 }, { metric: 'followers', value: null }]), false);
  assert.equal(anything([{ metric: 'followers', value: 0 }]), true);
});
