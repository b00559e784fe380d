// Two states of a post: where they differ, and what becomes of both.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Content } from '../src/api/types.ts';
import { changes, keyOf, merged, onlyTheirs, type State } from '../src/areas/posts/compose/changes.ts';

const content: Content = {
  rubric: null, campaign: '', labels: [], language: 'en', text: 'base', media: [], link: null, first_comment: '', poll: null, options: {}, variants: [], delete_after_minutes: null,
};
const state = (change: Partial<Content>, channels: string[] = []): State => ({ content: { ...content, ...change }, channels });
const patch = (target: string, text: string | null): Content['variants'][number] => ({ target, text, media: null, first_comment: null, link: null });
const keys = (found: ReturnType<typeof changes>): string[] => found.map(keyOf);

test('differences are told per part and per variant', () => {
  const before = state({ variants: [patch('telegram', 'a'), patch('gone', 'x')] });
  const after = state({ text: 'other', delete_after_minutes: 5, variants: [patch('telegram', 'b')] }, ['one']);
  assert.deepEqual(keys(changes(before, after)), ['/text', '/delete_after', '/channels', 'gone/variant', 'telegram/text']);
  assert.deepEqual(changes(before, before), []);
});

test('what only one changed is kept from both', () => {
  const base = state({ campaign: 'spring', variants: [patch('telegram', 'a')] });
  const mine = state({ text: 'mine', campaign: 'spring', variants: [patch('telegram', 'a')] });
  const theirs = state({ text: 'theirs', campaign: 'summer', variants: [patch('telegram', 'b'), patch('wordpress', 'long')] }, ['one']);
  const free = onlyTheirs(base, mine, theirs);
  assert.deepEqual(keys(free), ['/campaign', '/channels', 'telegram/text', 'wordpress/variant']);
  const made = merged(mine, theirs, free);
  assert.deepEqual([made.content.text, made.content.campaign, made.channels], ['mine', 'summer', ['one']]);
  assert.deepEqual(made.content.variants.map((one) => one.text), ['b', 'long']);
  assert.equal(mine.content.campaign, 'spring', 'what was typed stays as it is until it is saved');
  assert.deepEqual(changes(merged(mine, theirs, changes(theirs, mine)), theirs), [], 'all of theirs is theirs');
});
