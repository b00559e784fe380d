// Puts a text on the clipboard, also where the browser gives its clipboard only to https: a house in a local network often has none.
import { t } from './i18n.svelte';
import { toast } from './toasts.svelte';

/** Copies and says so. */
export async function copy(text: string): Promise<void> {
  if (await put(text)) toast(t('ui-copied'), { tone: 'good' });
  else toast(t('ui-copy-failed'), { tone: 'warn', more: text });
}

async function put(text: string): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    return selected(text);
  }
}

/** The old way: a selection that the browser copies itself. Inside an open dialog the field has to stand in it, or it gets no focus. */
function selected(text: string): boolean {
  const field = Object.assign(document.createElement('textarea'), { value: text, className: 'visually-hidden', readOnly: true });
  const before = document.activeElement;
  (document.querySelector('[role="dialog"]') ?? document.body).append(field);
  field.select();
  // Deprecated, but nothing else works without https.
  const done = document.execCommand('copy');
  field.remove();
  if (before instanceof HTMLElement) before.focus();
  return done;
}
