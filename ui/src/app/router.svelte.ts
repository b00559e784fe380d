// Addresses and pages: patterns with typed parameters, the query as state, back and forward. Own and small, because every state of a screen
// has to live in the address and nothing else is needed. It renders nothing.
import type { Component } from 'svelte';
import { hrefOf, searchOf, type Query } from './pattern';

export { match } from './pattern';

export type Params<P extends string> = P extends `${string}:${infer Name}/${infer Rest}`
  ? { [K in Bare<Name>]: string } & Params<`/${Rest}`>
  : P extends `${string}:${infer Name}`
    ? Optional<Name>
    : unknown;
type Bare<N extends string> = N extends `${infer B}?` ? B : N;
type Optional<N extends string> = N extends `${infer B}?` ? { [K in B]?: string } : { [K in N]: string };

export interface Route {
  readonly pattern: string;
  /** Loads the page; the page gets `params`. Two routes with the same loader keep the page when going from one to the other. */
  readonly page: () => Promise<{ default: Component<{ params: never }> }>;
  /** Files of texts that the page needs besides common and ui. */
  readonly texts: readonly string[];
  /** Without the shell around it: set-up, sign-in, a new brand. */
  readonly bare: boolean;
  /** For people who are not signed in. */
  readonly open: boolean;
}

/** Declares a route: `route('/b/:brand/posts/:id?', () => import('./Posts.svelte'), { texts: ['posts'] })`. */
export function route<P extends string>(
  pattern: P,
  page: () => Promise<{ default: Component<{ params: Params<P> }> | Component<Record<string, never>> }>,
  options: { texts?: string[]; bare?: boolean; open?: boolean } = {},
): Route {
  return { pattern, page: page as unknown as Route['page'], texts: options.texts ?? [], bare: options.bare ?? options.open ?? false, open: options.open ?? false };
}

/** An address from a pattern, its parameters and a query. */
export function href<P extends string>(pattern: P, params: Params<P>, query?: Query): string {
  return hrefOf(pattern, params as Record<string, string | undefined>, query);
}

class Router {
  #url = $state.raw(new URL(location.href));
  #guards = new Set<() => string | null>();
  path = $derived(this.#url.pathname);
  query = $derived(this.#url.searchParams);
  hash = $derived(this.#url.hash);

  get url(): URL {
    return this.#url;
  }

  start(): void {
    addEventListener('popstate', () => (this.#url = new URL(location.href)));
    addEventListener('beforeunload', (event) => {
      if ([...this.#guards].some((guard) => guard() !== null)) event.preventDefault();
    });
    document.addEventListener('click', (event) => this.#follow(event));
  }

  /** Goes to an address. `replace` leaves no step for "back". */
  go(to: string, options: { replace?: boolean; keepScroll?: boolean } = {}): void {
    const next = new URL(to, location.href);
    if (next.href === this.#url.href) return;
    if (next.pathname !== this.#url.pathname) {
      const stop = [...this.#guards].map((guard) => guard()).find((why) => why !== null);
      if (stop && !confirm(stop)) return;
    }
    history[options.replace ? 'replaceState' : 'pushState'](null, '', next);
    const moved = next.pathname !== this.#url.pathname;
    this.#url = next;
    if (moved && !options.keepScroll) scrollTo(0, 0);
  }

  /** Changes some keys of the query; null removes one. A filter is no step back, a selection is. */
  set(change: Query, options: { push?: boolean } = {}): void {
    const query: Query = { ...Object.fromEntries(this.#url.searchParams), ...change };
    this.go(this.#url.pathname + searchOf(query), { replace: !options.push, keepScroll: true });
  }

  /** Asks before the page is left while `guard` answers a question (something typed is not kept yet). Returns how to stop asking. */
  guard(guard: () => string | null): () => void {
    this.#guards.add(guard);
    return () => this.#guards.delete(guard);
  }

  #follow(event: MouseEvent): void {
    if (event.defaultPrevented || event.button !== 0 || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
    const link = (event.target as Element | null)?.closest?.('a[href]');
    if (!(link instanceof HTMLAnchorElement) || link.target || link.download || link.origin !== location.origin || link.dataset['plain'] !== undefined) return;
    if (link.pathname.startsWith('/api/')) return;
    event.preventDefault();
    this.go(link.href);
  }
}

export const router = new Router();

/** One key of the query as state: `const from = inQuery('from', today)`; `from.value = '2026-12-01'` changes the address. */
export function inQuery(key: string, fallback = '', options: { push?: boolean } = {}): { value: string } {
  return {
    get value() {
      return router.query.get(key) ?? fallback;
    },
    set value(next: string) {
      router.set({ [key]: next === fallback ? null : next }, options);
    },
  };
}
