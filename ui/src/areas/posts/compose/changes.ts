// What differs between two states of a post, part by part, and a state made of parts of both. Pure.
import type { Content, Id, VariantPatch } from '$/api/types';

export interface State { content: Content; channels: Id[] }
export type Field =
  | 'text' | 'media' | 'link' | 'first_comment' | 'poll' | 'options' | 'rubric' | 'campaign' | 'labels' | 'language' | 'delete_after' | 'channels' | 'variant';
/** `target`: a variant's, or `''` for the post itself. */
export interface Change { target: string; field: Field }

export const FIELD_NAMES: Record<Field, string> = {
  text: 'posts-field-text', media: 'posts-field-media', link: 'posts-field-link', first_comment: 'posts-field-first-comment', poll: 'posts-field-poll',
  options: 'posts-field-options', rubric: 'posts-field-rubric', campaign: 'posts-field-campaign', labels: 'posts-field-labels', language: 'posts-field-language',
  delete_after: 'posts-field-delete-after', channels: 'posts-field-channels', variant: 'posts-field-variant',
};
const OWN = ['text', 'media', 'link', 'first_comment', 'poll', 'options', 'rubric', 'campaign', 'labels', 'language', 'delete_after', 'channels'] as const satisfies readonly Field[];
const OF_VARIANT = ['text', 'media', 'link', 'first_comment'] as const satisfies readonly Field[];

const variant = (state: State, target: string): VariantPatch | undefined => state.content.variants.find((one) => one.target === target);
const same = (one: unknown, other: unknown): boolean => JSON.stringify(one ?? null) === JSON.stringify(other ?? null);
export const keyOf = (change: Change): string => `${change.target}/${change.field}`;

/** What stands in that part; undefined where there is no such variant. */
export function valueOf(state: State, { target, field }: Change): unknown {
  if (target) {
    const patch = variant(state, target);
    return field === 'variant' ? patch : patch?.[field as (typeof OF_VARIANT)[number]];
  }
  if (field === 'channels') return state.channels;
  return field === 'delete_after' ? state.content.delete_after_minutes : state.content[field as Exclude<(typeof OWN)[number], 'channels' | 'delete_after'>];
}

/** The parts in which two states differ, the post itself first. */
export function changes(before: State, after: State): Change[] {
  const own = OWN.map((field) => ({ target: '', field })).filter((change) => !same(valueOf(before, change), valueOf(after, change)));
  const targets = [...new Set([...before.content.variants, ...after.content.variants].map((one) => one.target))].sort();
  const others = targets.flatMap((target): Change[] => {
    if (!variant(before, target) || !variant(after, target)) return [{ target, field: 'variant' }];
    return OF_VARIANT.map((field) => ({ target, field })).filter((change) => !same(valueOf(before, change), valueOf(after, change)));
  });
  return [...own, ...others];
}

/** `mine` with those parts of `theirs` that were chosen. */
export function merged(mine: State, theirs: State, chosen: Change[]): State {
  const made = structuredClone(mine);
  for (const change of chosen) {
    const value = structuredClone(valueOf(theirs, change)) as never;
    const { target, field } = change;
    if (target && field === 'variant') {
      made.content.variants = made.content.variants.filter((one) => one.target !== target);
      if (value) made.content.variants.push(value);
    } else if (target) {
      const patch = variant(made, target);
      if (patch) patch[field as (typeof OF_VARIANT)[number]] = value;
    } else if (field === 'channels') made.channels = value;
    else if (field === 'delete_after') made.content.delete_after_minutes = value;
    else made.content[field as Exclude<(typeof OWN)[number], 'channels' | 'delete_after'>] = value;
  }
  return made;
}

/** Of the parts that differ, those that only they changed since `base`: nobody minds taking them. */
export function onlyTheirs(base: State, mine: State, theirs: State): Change[] {
  return changes(mine, theirs).filter((change) => same(valueOf(base, change), valueOf(mine, change)));
}
