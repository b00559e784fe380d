// Something loaded from the server with its states. Old data stays while new data comes; a late answer to an old question is dropped.
import { asApiError, type ApiError } from '$/api/client';
import type { Page } from '$/api/types';
import { untrack } from 'svelte';

export interface Resource<T> {
  /** The newest data, kept while reloading. */
  readonly data: T | undefined;
  readonly error: ApiError | null;
  readonly loading: boolean;
  /** Asks again; what is shown stays. */
  reload: () => Promise<void>;
  /** Takes data that came another way (answer of a mutation, live event). */
  put: (next: T) => void;
}

/** Loads when created and whenever the state read by `load` changes. Make it while a component starts. */
export function resource<T>(load: (signal: AbortSignal) => Promise<T>): Resource<T> {
  let data = $state.raw<T | undefined>();
  let error = $state.raw<ApiError | null>(null);
  let loading = $state(true);
  let running: AbortController | null = null;

  async function run(): Promise<void> {
    running?.abort();
    const mine = new AbortController();
    running = mine;
    const asked = load(mine.signal);
    untrack(() => (loading = true));
    try {
      const answer = await asked;
      if (running !== mine) return;
      data = answer;
      error = null;
    } catch (thrown) {
      if (running !== mine || mine.signal.aborted) return;
      error = asApiError(thrown);
    }
    loading = false;
  }

  $effect(() => {
    void run();
    return () => running?.abort();
  });

  return {
    get data() {
      return data;
    },
    get error() {
      return error;
    },
    get loading() {
      return loading;
    },
    reload: run,
    put: (next) => {
      data = next;
      error = null;
    },
  };
}

export interface Paged<T, A extends Page<T>> extends Resource<A> {
  readonly items: T[];
  readonly hasMore: boolean;
  readonly loadingMore: boolean;
  more: () => Promise<void>;
  /** Changes items in place, as after a live event. */
  change: (edit: (items: T[]) => T[]) => void;
}

/** A list by cursor: the first page like `resource`, further ones by `more()`. */
export function paged<T, A extends Page<T> = Page<T>>(load: (cursor: string | undefined, signal: AbortSignal) => Promise<A>): Paged<T, A> {
  const first = resource((signal) => load(undefined, signal));
  let loadingMore = $state(false);

  async function more(): Promise<void> {
    const now = first.data;
    if (!now?.next || loadingMore) return;
    loadingMore = true;
    try {
      const answer = await load(now.next, new AbortController().signal);
      if (first.data === now) first.put({ ...answer, items: [...now.items, ...answer.items] });
    } finally {
      loadingMore = false;
    }
  }

  return {
    get data() {
      return first.data;
    },
    get error() {
      return first.error;
    },
    get loading() {
      return first.loading;
    },
    get items() {
      return first.data?.items ?? [];
    },
    get hasMore() {
      return Boolean(first.data?.next);
    },
    get loadingMore() {
      return loadingMore;
    },
    reload: first.reload,
    put: first.put,
    more,
    change: (edit) => {
      const now = first.data;
      if (now) first.put({ ...now, items: edit(now.items) });
    },
  };
}
