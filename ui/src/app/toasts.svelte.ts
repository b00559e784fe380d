// Short words after an action, with undo. Shown by parts/Toasts; a refusal that needs reading belongs into an ErrorState, not here.
import { asApiError } from '$/api/client';

export type Tone = 'plain' | 'good' | 'bad' | 'warn';
export interface Toast {
  readonly id: number;
  readonly text: string;
  readonly more: string | null;
  readonly tone: Tone;
  readonly action: { label: string; run: () => void } | null;
  readonly undo: (() => void | Promise<void>) | null;
  /** Milliseconds on screen; an undo or an error stays longer. */
  readonly stay: number;
}

let next = 1;
export const toasts = $state<Toast[]>([]);

/** Says something. `toast(words, { undo: () => move(back) })`. */
export function toast(text: string, options: Partial<Pick<Toast, 'more' | 'tone' | 'action' | 'undo'>> = {}): number {
  const id = next++;
  const tone = options.tone ?? 'plain';
  const stay = options.undo || options.action ? 9000 : tone === 'bad' ? 12_000 : 4500;
  toasts.push({ id, text, more: options.more ?? null, tone, action: options.action ?? null, undo: options.undo ?? null, stay });
  if (toasts.length > 4) toasts.shift();
  return id;
}

/** Says what the server refused, and what to do. */
export function toastError(thrown: unknown): void {
  const error = asApiError(thrown);
  toast(error.detail, { tone: 'bad', more: error.remedy });
}

export function dismiss(id: number): void {
  const at = toasts.findIndex((item) => item.id === id);
  if (at >= 0) toasts.splice(at, 1);
}
