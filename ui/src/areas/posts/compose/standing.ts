// How far a post has come, counted over its deliveries, and the words for it. Pure; what follows from a state is the server's affair.
import type { DeliveryState } from '$/api/types';

export interface Part { text: string; count: number; tone?: 'good' | 'warn' | 'bad' }
export interface Standing { sent: number; all: number; parts: Part[] }

const ORDER: { states: DeliveryState[]; text: string; tone?: Part['tone'] }[] = [
  { states: ['sending', 'waiting'], text: 'posts-stand-sending' },
  { states: ['scheduled'], text: 'posts-stand-scheduled' },
  { states: ['failed'], text: 'posts-stand-failed', tone: 'bad' },
  { states: ['unknown'], text: 'posts-stand-unknown', tone: 'warn' },
  { states: ['held'], text: 'posts-stand-held', tone: 'warn' },
  { states: ['cancelled'], text: 'posts-stand-cancelled' },
  { states: ['deleted'], text: 'posts-stand-deleted' },
];

/** Null while everything still waits for its time: then the time says it. */
export function standing(states: readonly DeliveryState[]): Standing | null {
  if (states.every((state) => state === 'scheduled')) return null;
  const parts = ORDER.map(({ states: of, text, tone }): Part => ({ text, tone, count: states.filter((state) => of.includes(state)).length })).filter((part) => part.count > 0);
  return { sent: states.filter((state) => state === 'sent').length, all: states.length, parts };
}
