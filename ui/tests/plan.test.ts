// The plan's pure pieces: what is sent, what the rows come to.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { bodyOf, canMap, queryOf, sorted } from '../src/areas/plan/form.ts';
import { asksDates, belongs, outcome, outlook } from '../src/areas/plan/rows.ts';

test('a plan alone is sent as it is', async () => {
  const body = bodyOf(new File(['id,text\n1,ё'], 'plan.csv', { type: 'application/vnd.ms-excel' }), []);
  assert.equal(body.type, 'text/csv');
  assert.equal(await body.text(), 'id,text\n1,ё');
});

test('a plan with pictures is a form that a server can read', async () => {
  const picture = new Uint8Array([0, 1, 2, 255]);
  const body = bodyOf(new File(['id,text'], 'план.csv'), [new File([picture], 'a "b".png', { type: 'image/png' }), new File(['x'], 'note')]);
  const form = await new Response(body, { headers: { 'content-type': body.type } }).formData();
  const plan = form.get('file');
  assert.ok(plan instanceof File);
  assert.deepEqual([plan.name, await plan.text()], ['план.csv', 'id,text']);
  const media = form.getAll('media');
  assert.equal(media.length, 2);
  const [first, second] = media;
  assert.ok(first instanceof File && second instanceof File);
  assert.deepEqual([first.name, first.type, new Uint8Array(await first.arrayBuffer())], ['a "b".png', 'image/png', picture]);
  assert.equal(second.name, 'note');
});

test('only what was said is asked for', () => {
  const none = { encoding: '', separator: '', dateOrder: '', map: {} };
  assert.equal(queryOf(true, none), '?dry_run=true');
  const all = new URLSearchParams(queryOf(false, { encoding: 'windows-1251', separator: 'semicolon', dateOrder: 'dmy', map: { 'Дата: день': 'date', note: '' } }));
  assert.deepEqual(Object.fromEntries(all), { dry_run: 'false', encoding: 'windows-1251', separator: 'semicolon', date_order: 'dmy', map: 'Дата: день:date,note:' });
  assert.deepEqual(['text', 'a, b', ''].map(canMap), [true, false, false]);
});

test('the table among the files is the plan', () => {
  const files = ['coffee.jpg', 'plan.csv', 'clip.mp4', 'other.XLSX'].map((name) => new File([''], name));
  const found = sorted(files);
  assert.deepEqual([found.plan?.name, found.media.map((file) => file.name), found.left.map((file) => file.name)], ['plan.csv', ['coffee.jpg', 'clip.mp4'], ['other.XLSX']]);
  assert.equal(sorted([new File([''], 'a.png')]).plan, null);
});

type Row = Parameters<typeof belongs>[0];
const row = (change: Partial<Row> & { wrong?: string; code?: string }): Row => ({
  line: 1, id: '', title: '', zone: 'UTC', channels: [], post: null, result: null, ok: !change.wrong, at: '2026-12-01T10:00', ...change,
  problems: change.wrong ? [{ code: change.code ?? 'x', field: change.wrong, severity: 'error', message: '', remedy: null, fix: null, network: null, channel: null, span: null }] : [],
});

test('rows come to posts, drafts and what stays out', () => {
  const rows = [row({}), row({ at: null }), row({ wrong: 'text' }), row({ wrong: 'row' }), row({ result: 'skipped' })];
  assert.deepEqual(outlook(rows, true), { scheduled: 1, drafts: 2, skipped: 1, left: 1 });
  assert.deepEqual(outlook(rows, false), { scheduled: 0, drafts: 3, skipped: 1, left: 1 });
  assert.deepEqual(outcome([row({ result: 'scheduled' }), row({ result: 'draft' }), row({ wrong: 'row' }), row({ result: 'skipped' })]), { scheduled: 1, drafts: 1, skipped: 1, left: 1 });
  assert.deepEqual((['all', 'good', 'problems', 'skipped'] as const).map((shown) => rows.filter((one) => belongs(one, shown)).length), [5, 2, 2, 1]);
  assert.equal(asksDates(rows), false);
  assert.equal(asksDates([row({ wrong: 'at', code: 'date-format-ask' })]), true);
});
