// What the command palette offers. Areas add actions while they are shown; the shell adds navigation.
import type { Component } from 'svelte';
import { SvelteMap } from 'svelte/reactivity';

export interface Command {
  id: string;
  label: string;
  group: string;
  icon?: Component;
  /** Other words one may type for it. */
  words?: string;
  keys?: string;
  run: () => void;
}

const all = new SvelteMap<string, Command>();

/** Adds commands; returns how to take them away: `$effect(() => commands([...]))`. */
export function commands(list: Command[]): () => void {
  for (const item of list) all.set(item.id, item);
  return () => {
    for (const item of list) if (all.get(item.id) === item) all.delete(item.id);
  };
}

export const offered = (): Command[] => [...all.values()];

/** Searches somewhere for what was typed (posts, channels): answers commands. */
export type Finder = (text: string, signal: AbortSignal) => Promise<Command[]>;
const finders = new Set<Finder>();
export function finder(find: Finder): () => void {
  finders.add(find);
  return () => finders.delete(find);
}
export const findAll = async (text: string, signal: AbortSignal): Promise<Command[]> =>
  (await Promise.allSettled([...finders].map((find) => find(text, signal)))).flatMap((answer) => (answer.status === 'fulfilled' ? answer.value : []));

export const palette = $state({ open: false });
export const help = $state({ open: false });
