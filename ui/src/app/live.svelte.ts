// What happens on the server, as it happens: one event stream per open brand, reconnected with growing pauses. Says only that something
// changed; who needs the thing loads it.
import { API_ROOT } from '$/api/client';
import type { Delivery, Health, Id, PostState } from '$/api/types';

export interface LiveEvents {
  /** Its id and post; the rest where the server says it. */
  delivery: Pick<Delivery, 'id' | 'post'> & Partial<Delivery>;
  post: { id: Id; state?: PostState; version?: number };
  channel: { id: Id };
  comment: { post: Id };
  note: { post: Id };
  task: { id: Id };
  /** The person was told something, or has read it. */
  notice: null;
  asset: { id: Id };
  import: { job: Id; done: number; total: number };
  health: Health;
  /** The brand itself: name, pause, rubrics, members. */
  brand: null;
  /** The stream is back after a gap: events may have been missed, load again. */
  resync: null;
}
type Listener<K extends keyof LiveEvents> = (event: LiveEvents[K]) => void;

const KINDS = ['delivery', 'post', 'channel', 'comment', 'note', 'task', 'notice', 'asset', 'import', 'brand', 'health'] as const;
const listeners = new Map<keyof LiveEvents, Set<Listener<never>>>();

class Live {
  /** `off` before the first connection, `lost` while the stream is being sought again. */
  state = $state<'off' | 'on' | 'lost'>('off');
  health = $state.raw<Health | null>(null);
  /** When the last word of health came, in milliseconds. */
  heardAt = $state(0);
  #source: EventSource | null = null;
  #brand: string | null = null;
  #failures = 0;
  #timer: ReturnType<typeof setTimeout> | undefined;

  /** Listens to a brand; null stops. */
  open(brand: string | null): void {
    if (brand === this.#brand) return;
    this.#brand = brand;
    this.#failures = 0;
    this.health = null;
    this.state = 'off';
    this.#connect();
  }

  #connect(): void {
    clearTimeout(this.#timer);
    this.#source?.close();
    this.#source = null;
    if (!this.#brand) return;
    const source = new EventSource(`${API_ROOT}/brands/${this.#brand}/events`);
    this.#source = source;
    source.onopen = () => {
      const gap = this.state === 'lost';
      this.state = 'on';
      this.#failures = 0;
      if (gap) emit('resync', null);
    };
    source.onerror = () => {
      this.state = 'lost';
      source.close();
      this.#failures += 1;
      // 1, 2, 4 .. 30 s, each with a part by chance, so that a restarted server is not met by everybody at once.
      const pause = Math.min(30_000, 1000 * 2 ** (this.#failures - 1)) * (0.75 + Math.random() / 2);
      this.#timer = setTimeout(() => this.#connect(), pause);
    };
    for (const kind of KINDS)
      source.addEventListener(kind, (message: MessageEvent<string>) => {
        const data = (message.data ? JSON.parse(message.data) : null) as never;
        if (kind === 'health') {
          this.health = data;
          this.heardAt = Date.now();
        }
        emit(kind, data);
      });
  }
}

function emit<K extends keyof LiveEvents>(kind: K, event: LiveEvents[K]): void {
  for (const listener of listeners.get(kind) ?? []) (listener as Listener<K>)(event);
}

export const live = new Live();

/** Calls `listener` on every event of a kind; returns how to stop, so that `$effect(() => onLive('delivery', ...))` is enough. */
export function onLive<K extends keyof LiveEvents>(kind: K, listener: Listener<K>): () => void {
  const set = listeners.get(kind) ?? new Set();
  listeners.set(kind, set);
  set.add(listener as Listener<never>);
  return () => set.delete(listener as Listener<never>);
}
