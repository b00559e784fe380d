// A post on its way: how far it has come in words, when a refusal waits for the channel, and how its numbers become lines.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Channel, Delivery, DeliveryState } from '../src/api/types.ts';
import { access } from '../src/areas/deliveries/access.ts';
import { lines } from '../src/areas/posts/compose/course.ts';
import { standing } from '../src/areas/posts/compose/standing.ts';

test('how far a post has come', () => {
  const rows: [DeliveryState[], string | null][] = [
    [[], null],
    [['scheduled', 'scheduled'], null],
    [['sent', 'sent'], '2/2'],
    [['sent', 'sending', 'waiting', 'scheduled'], '1/4 sending 2 scheduled 1'],
    [['sent', 'failed', 'unknown'], '1/3 failed 1 unknown 1'],
    [['held', 'cancelled', 'deleted', 'deleted'], '0/4 held 1 cancelled 1 deleted 2'],
  ];
  for (const [states, expected] of rows) {
    const found = standing(states);
    const words = found && [`${found.sent}/${found.all}`, ...found.parts.map((part) => `${part.text.replace('posts-stand-', '')} ${part.count}`)].join(' ');
    assert.equal(words, expected, states.join(' '));
  }
});

test('a refusal that waits for the access of its channel', () => {
  const channel = (state: string, ok: boolean) => ({ state, health: { ok } }) as Channel;
  const delivery = (state: DeliveryState, code: string | null) => ({ state, reason: code && { code } }) as Delivery;
  const rows: [Delivery, Channel | undefined, string | null][] = [
    [delivery('failed', 'credential-expired'), channel('reconnect', false), 'lost'],
    [delivery('failed', 'credential-expired'), channel('ok', false), 'lost'],
    [delivery('failed', 'credential-revoked'), channel('ok', true), 'back'],
    [delivery('failed', 'permission-missing'), channel('paused', true), 'back'],
    [delivery('failed', 'network-refused'), channel('ok', true), null],
    [delivery('sent', 'credential-expired'), channel('ok', true), null],
    [delivery('failed', 'credential-expired'), undefined, null],
    [delivery('failed', null), channel('ok', true), null],
  ];
  for (const [one, of, expected] of rows) assert.equal(access(one, of), expected, `${one.state} ${one.reason?.code} ${of?.state}`);
});

test('what was asked within a few minutes is one moment of the plot', () => {
  const found = lines([
    { name: 'a', points: [['2026-11-22T10:00:02Z', 1], ['2026-11-22T11:00:02Z', 3]] },
    { name: 'b', points: [['2026-11-22T10:00:09Z', 2], ['2026-11-22T11:04:00Z', null]] },
    { name: 'c', points: [] },
  ]);
  assert.deepEqual(found.moments, ['2026-11-22T10:00:02Z', '2026-11-22T11:00:02Z']);
  assert.deepEqual(found.series, [
    { name: 'a', values: [1, 3] },
    { name: 'b', values: [2, null] },
    { name: 'c', values: [null, null] },
  ]);
});
