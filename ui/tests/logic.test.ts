// The pure pieces: patterns of addresses, differences of texts, steps of axes, CSV.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { difference } from '../src/parts/diff.ts';
import { csv, steps, ticks } from '../src/parts/plot.ts';
import { hrefOf, match } from '../src/app/pattern.ts';

test('a pattern reads its parameters', () => {
  const rows: [string, string, Record<string, string> | null][] = [
    ['/b/:brand/posts/:id?', '/b/1/posts', { brand: '1' }],
    ['/b/:brand/posts/:id?', '/b/1/posts/2/', { brand: '1', id: '2' }],
    ['/b/:brand/posts/:id?', '/b/1/posts/2/3', null],
    ['/b/:brand/posts', '/b/1/assets', null],
    ['/b/:brand', '/b', null],
    ['/invitations/:token', '/invitations/a%2Fb', { token: 'a/b' }],
    ['/invitations/:token', '/invitations/%E0%A4', { token: '%E0%A4' }],
    ['/', '/', {}],
  ];
  for (const [pattern, path, expected] of rows) assert.deepEqual(match(pattern, path), expected, `${pattern} ${path}`);
});

test('an address is made of its pattern', () => {
  const rows: [string, Record<string, string>, Record<string, string | null> | undefined, string][] = [
    ['/b/:brand/posts/:id?', { brand: '1' }, undefined, '/b/1/posts'],
    ['/b/:brand/posts/:id?', { brand: '1', id: 'a/b' }, { state: 'sent', q: '', label: null }, '/b/1/posts/a%2Fb?state=sent'],
    ['/', {}, undefined, '/'],
  ];
  for (const [pattern, params, query, expected] of rows) assert.equal(hrefOf(pattern, params, query), expected);
});

test('a difference leads from one text to the other', () => {
  const rows: [string, string, string][] = [
    ['', '', ''],
    ['same', 'same', 'same'],
    ['', 'new', '+new'],
    ['sale 30 % now', 'sale 40 % now', 'sale |-30|+40| % now'],
    ['всё льняное до воскресенья', 'лён и шерсть до воскресенья', '-всё льняное|+лён и шерсть| до воскресенья'],
  ];
  for (const [before, after, expected] of rows) {
    const pieces = difference(before, after);
    assert.equal(pieces.map((p) => ({ same: '', gone: '-', new: '+' })[p.kind] + p.text).join('|'), expected);
    assert.equal(pieces.filter((p) => p.kind !== 'new').map((p) => p.text).join(''), before);
    assert.equal(pieces.filter((p) => p.kind !== 'gone').map((p) => p.text).join(''), after);
  }
});

test('axis steps are round and hold all values', () => {
  const rows: [number, number, number[]][] = [
    [0, 19, [0, 5, 10, 15, 20]],
    [0, 0.034, [0, 0.01, 0.02, 0.03, 0.04]],
    [-3, 7, [-5, -2.5, 0, 2.5, 5, 7.5]],
    [5, 5, [4, 6]],
  ];
  for (const [low, high, expected] of rows) {
    const made = steps(low, high);
    if (low !== high) assert.deepEqual(made, expected);
    assert.ok((made[0] ?? Infinity) <= low && (made.at(-1) ?? -Infinity) >= high);
  }
  assert.deepEqual(ticks(30, 6), [4, 9, 14, 19, 24, 29]);
  assert.deepEqual(ticks(0, 6), []);
});

test('CSV quotes what needs it, leaves missing empty and defuses formulas', () => {
  assert.equal(csv([['a,b', 'say "x"', null, 3], ['=1+1', '-5', -5, 'two\nlines']]), '"a,b","say ""x""",,3\r\n\'=1+1,\'-5,-5,"two\nlines"');
});
