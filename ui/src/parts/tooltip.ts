// A word about a thing on hover or focus: `<button {@attach tooltip('Delete', 'D')}>`. It repeats or adds to the accessible name, it never replaces it.
import type { Attachment } from 'svelte/attachments';

let box: HTMLElement | null = null;
let owner: Element | null = null;
let timer: ReturnType<typeof setTimeout> | undefined;
let hiddenAt = 0;

function show(target: Element, text: string, keys: string): void {
  if (!target.isConnected) return;
  box ??= Object.assign(document.createElement('div'), { className: 'tooltip', popover: 'manual' });
  box.setAttribute('aria-hidden', 'true');
  if (!box.isConnected) document.body.append(box);
  box.replaceChildren(text);
  for (const key of keys.split(' ').filter(Boolean)) box.append(Object.assign(document.createElement('kbd'), { textContent: key }));
  if (!box.matches(':popover-open')) box.showPopover();
  owner = target;
  const at = target.getBoundingClientRect();
  const own = box.getBoundingClientRect();
  const below = at.bottom + own.height + 10 < innerHeight;
  box.style.setProperty('top', `${below ? at.bottom + 6 : at.top - own.height - 6}px`);
  box.style.setProperty('left', `${Math.max(6, Math.min(innerWidth - own.width - 6, at.left + at.width / 2 - own.width / 2))}px`);
}

function hide(target?: Element): void {
  clearTimeout(timer);
  if (target && owner !== target) return;
  if (owner) hiddenAt = Date.now();
  owner = null;
  if (box?.matches(':popover-open')) box.hidePopover();
}

/** Shows `text`, and `keys` as key caps, after a moment; at once while going from one thing to the next. */
export function tooltip(text: string | null | undefined, keys = ''): Attachment<Element> {
  return (element) => {
    if (!text) return;
    const soon = (event: Event): void => {
      if (event instanceof PointerEvent && event.pointerType === 'touch') return;
      if (event.type === 'focus' && !element.matches(':focus-visible')) return;
      clearTimeout(timer);
      timer = setTimeout(() => show(element, text, keys), Date.now() - hiddenAt < 300 ? 0 : 350);
    };
    const off = (): void => hide(element);
    const escape = (event: Event): void => {
      if ((event as KeyboardEvent).key === 'Escape') off();
    };
    const pairs = [['pointerenter', soon], ['focus', soon], ['pointerleave', off], ['blur', off], ['pointerdown', off], ['keydown', escape]] as const;
    for (const [name, run] of pairs) element.addEventListener(name, run);
    return () => {
      for (const [name, run] of pairs) element.removeEventListener(name, run);
      clearTimeout(timer);
      off();
    };
  };
}
