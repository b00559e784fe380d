// The calendar's arithmetic: civil days, where posts stand, gaps and shares.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as civil from '../src/areas/calendar/civil.ts';
import { byDay, foremost, gaps, mix, ownWall, place } from '../src/areas/calendar/places.ts';

test('civil days', () => {
  const rows: [string, string][] = [
    [civil.addDays('2026-12-31', 1), '2027-01-01'],
    [civil.addDays('2028-03-01', -1), '2028-02-29'],
    [civil.addMonths('2026-01-31', 1), '2026-02-28'],
    [civil.addMonths('2026-01-15', -1), '2025-12-15'],
    [civil.monday('2026-11-22'), '2026-11-16'],
    [civil.monday('2026-11-16'), '2026-11-16'],
    [civil.monthStart('2026-11-22'), '2026-11-01'],
    [civil.monthEnd('2028-02-03'), '2028-02-29'],
    [civil.addMinutes('2026-12-31T23:30', 60), '2027-01-01T00:30'],
    // A civil hour that a zone skips is an hour like any other here.
    [civil.addMinutes('2027-03-28T01:30', 60), '2027-03-28T02:30'],
    [civil.atHour('2026-12-01', 7, 5), '2026-12-01T07:05'],
  ];
  for (const [found, expected] of rows) assert.equal(found, expected);
  assert.equal(civil.weekdayOf('2026-11-22'), 7);
  assert.equal(civil.daysBetween('2026-12-30', '2027-01-02'), 3);
  assert.equal(civil.minutesBetween('2026-12-31T23:30', '2027-01-01T00:15'), 45);
});

test('a day of the address is a day that exists', () => {
  for (const [text, is] of [['2026-12-01', true], ['2026-02-30', false], ['2026-13-01', false], ['', false], ['2026-12-1', false], ['2026-12-01T10:00', false]] as const)
    assert.equal(civil.isDay(text), is, text);
});

test('a month is whole weeks from Monday', () => {
  for (const [day, count, first, last] of [['2026-12-05', 5, '2026-11-30', '2027-01-03'], ['2027-02-01', 4, '2027-02-01', '2027-02-28'], ['2026-11-22', 6, '2026-10-26', '2026-12-06']] as const) {
    const found = civil.weeks(day);
    assert.deepEqual([found.length, found[0]?.[0], found.at(-1)?.at(-1)], [count, first, last], day);
    assert.ok(found.every((week) => week.length === 7));
  }
});

const post = (id: string, wall: string | null, zone = 'Europe/Moscow', due: string | null = null, rubric: string | null = null, state = 'scheduled'): Parameters<typeof place>[0] => ({
  id, version: 1, key: null, state: state as 'scheduled', title: id, rubric, labels: [], campaign: '', language: 'ru', networks: [], channels: [], due_at: due, wall, zone, thumb: null,
  author: { id: 'a', name: 'A' }, problems: 0, approval: null, waits_approval: false, updated_at: '2026-11-22T00:00:00Z',
});

test('a post stands at its own time, one of another zone at the time here', () => {
  const rows: [Parameters<typeof place>[0], string | undefined, string | undefined][] = [
    [post('a', '2026-12-01T10:00'), undefined, '2026-12-01T10:00'],
    [post('b', '2026-12-01T23:30', 'Europe/Warsaw', '2026-12-01T22:30:00Z'), undefined, '2026-12-02T01:30'],
    [post('c', null, 'Europe/Moscow', '2026-12-01T07:00:00Z'), undefined, '2026-12-01T10:00'],
    [post('d', null), undefined, undefined],
    [post('e', '2026-12-01T10:00'), '2026-12-03T10:00', '2026-12-03T10:00'],
    [post('f', '2026-12-01T23:30', 'Europe/Warsaw', '2026-12-01T22:30:00Z'), '2026-12-02T23:30', '2026-12-03T01:30'],
  ];
  for (const [given, moved, wall] of rows) assert.equal(place(given, 'Europe/Moscow', moved)?.wall, wall, given.id);
});

test('a post of another zone moves by its own clock', () => {
  const entry = place(post('b', '2026-12-01T23:30', 'Europe/Warsaw', '2026-12-01T22:30:00Z'), 'Europe/Moscow');
  assert.ok(entry);
  assert.equal(ownWall(entry, '2026-12-05T01:30'), '2026-12-04T23:30');
  assert.equal(ownWall(entry, '2026-12-02T09:30'), '2026-12-02T07:30');
});

test('days hold their posts in order', () => {
  const entries = [post('b', '2026-12-01T12:00'), post('c', '2026-12-02T08:00'), post('a', '2026-12-01T09:00')].map((one) => place(one, 'Europe/Moscow')).filter((one) => one !== null);
  assert.deepEqual([...byDay(entries)].map(([day, list]) => [day, list.map((one) => one.post.id)]), [['2026-12-01', ['a', 'b']], ['2026-12-02', ['c']]]);
});

test('gaps join neighbouring days', () => {
  const rows: [string, string, string[], [string, string, number][]][] = [
    ['2026-12-01', '2026-12-05', ['2026-12-02'], [['2026-12-01', '2026-12-01', 1], ['2026-12-03', '2026-12-05', 3]]],
    ['2026-12-01', '2026-12-02', ['2026-12-01', '2026-12-02'], []],
    ['2026-12-05', '2026-12-01', [], []],
  ];
  for (const [from, to, filled, expected] of rows) assert.deepEqual(gaps(from, to, new Set(filled)).map((gap) => [gap.from, gap.to, gap.days]), expected);
});

test('shares count what goes out, targets without posts stay visible', () => {
  const rubrics = [{ id: 'n', key: 'n', name: 'News', purpose: '', color: 0, target_share: 50 }, { id: 'e', key: 'e', name: 'Education', purpose: '', color: 1, target_share: 30 }, { id: 'x', key: 'x', name: 'X', purpose: '', color: 2, target_share: null }];
  const entries = [post('1', '2026-12-01T10:00', undefined, null, 'n'), post('2', '2026-12-01T11:00', undefined, null, null), post('3', '2026-12-01T12:00', undefined, null, 'gone'), post('4', '2026-12-01T13:00', undefined, null, 'n', 'cancelled')]
    .map((one) => place(one, 'Europe/Moscow')).filter((one) => one !== null);
  assert.deepEqual(mix(entries, rubrics), [
    { rubric: 'n', posts: 1, share: 1 / 3, target: 0.5 }, { rubric: 'e', posts: 0, share: 0, target: 0.3 }, { rubric: null, posts: 2, share: 2 / 3, target: null },
  ]);
  assert.deepEqual(mix([], rubrics).map((share) => share.share), [0, 0]);
});

test('a crowded day shows its first posts, and one that was just moved there', () => {
  const list = ['a', 'b', 'c', 'd', 'e'].map((id, i) => place(post(id, `2026-12-01T1${i}:00`), 'Europe/Moscow')).filter((one) => one !== null);
  const rows: [number, (string | null)[], string][] = [[3, [], 'abc'], [3, ['b', null], 'abc'], [3, ['e'], 'abe'], [3, ['d', 'e'], 'ade'], [1, ['d', 'e'], 'd'], [9, ['e'], 'abcde']];
  for (const [room, ids, expected] of rows) assert.equal(foremost(list, room, ids).map((one) => one.post.id).join(''), expected);
});
