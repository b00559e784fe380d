// Keys that do something. `g p` is g, then p; `mod+k` is Ctrl or Cmd. `?` shows them all. Keys without a modifier are dead while one types.
import { SvelteMap } from 'svelte/reactivity';

export interface Shortcut { keys: string; label: string; group: string; run: () => void }

let next = 1;
const all = new SvelteMap<number, Shortcut>();
let pending = '';
let pendingTimer: ReturnType<typeof setTimeout> | undefined;

/** Adds shortcuts; returns how to take them away: `$effect(() => shortcuts([...]))`. */
export function shortcuts(list: Shortcut[]): () => void {
  const ids = list.map((item) => {
    const id = next++;
    all.set(id, item);
    return id;
  });
  return () => {
    for (const id of ids) all.delete(id);
  };
}

/** Every shortcut that works now, the newest first for equal keys. */
export const known = (): Shortcut[] => [...all.values()];

const isMac = /Mac|iP(hone|ad)/.test(navigator.platform);

/** How keys are shown: "g then p", "Ctrl K". */
export const shown = (keys: string): string[] =>
  keys.split(' ').flatMap((key) => key.split('+').map((k) => (k === 'mod' ? (isMac ? '⌘' : 'Ctrl') : k === 'shift' ? '⇧' : k === 'enter' ? '↵' : k === 'escape' ? 'Esc' : k.length === 1 ? k.toUpperCase() : k)));

function named(event: KeyboardEvent): string {
  // The key's place, not its letter, so that shortcuts work on a Russian layout too.
  const letter = /^Key([A-Z])$/.exec(event.code)?.[1]?.toLowerCase();
  const key = letter ?? (event.code === 'BracketLeft' ? '[' : event.key.toLowerCase());
  const shift = event.shiftKey && letter !== undefined ? 'shift+' : '';
  return `${event.metaKey || event.ctrlKey ? 'mod+' : ''}${event.altKey ? 'alt+' : ''}${shift}${key}`;
}

function typing(target: EventTarget | null): boolean {
  return target instanceof HTMLElement && (target.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName));
}

export function startShortcuts(): void {
  document.addEventListener('keydown', (event) => {
    if (event.defaultPrevented || event.isComposing || event.repeat) return;
    const key = named(event);
    if ((typing(event.target) || document.querySelector('[role="dialog"][data-state="open"]')) && !key.startsWith('mod+')) return;
    const chord = pending ? `${pending} ${key}` : key;
    const found = known().reverse().find((item) => item.keys === chord);
    clearTimeout(pendingTimer);
    pending = '';
    if (found) {
      event.preventDefault();
      found.run();
    } else if (known().some((item) => item.keys.startsWith(`${key} `))) {
      pending = key;
      pendingTimer = setTimeout(() => (pending = ''), 1200);
    }
  });
}
