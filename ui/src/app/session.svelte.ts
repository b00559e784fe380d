// Who is signed in, which brand is open, what they may do. Keeps no passwords and makes no decision that the server does not repeat.
import { call, hooks } from '$/api/client';
import type { Action, BrandBrief, Lang, Session, Theme } from '$/api/types';
import { i18n, setLanguage } from './i18n.svelte';
import { href, match, router } from './router.svelte';
import { theme } from './theme.svelte';

type Status = 'loading' | 'in' | 'out' | 'unreachable';

class SessionStore {
  status = $state<Status>('loading');
  /** Why the server could not be asked. */
  failure = $state.raw<unknown>(null);
  #session = $state.raw<Session | null>(null);
  /** Someone's call met an ended session: the sign-in dialog is open over the page. */
  expired = $state(false);
  #waiting: ((signedIn: boolean) => void)[] = [];

  person = $derived(this.#session?.person ?? null);
  brands = $derived(this.#session?.brands ?? []);
  isOwnerOfInstallation = $derived(this.#session?.installation_owner ?? false);
  /** The brand of the address, else the one used last. */
  brand = $derived.by((): BrandBrief | null => {
    const id = match('/b/:brand', router.path.split('/').slice(0, 3).join('/'))?.['brand'];
    if (id) return this.brands.find((brand) => brand.id === id) ?? null;
    return this.brands.find((brand) => brand.id === lastBrand()) ?? this.brands[0] ?? null;
  });

  /** True if the person may do it in the open brand. Only for showing or hiding: the server asks again. */
  may(action: Action): boolean {
    return this.brand?.may.includes(action) ?? false;
  }

  async load(): Promise<void> {
    try {
      await this.take(await call('GET /session'));
    } catch (thrown) {
      this.failure = thrown;
      this.status = (thrown as { status?: number }).status === 401 ? 'out' : 'unreachable';
    }
  }

  /** Looks whether something changed. What fails is left for the next call of the page to meet: nothing on screen goes away. */
  async refresh(): Promise<void> {
    try {
      const session = await call('GET /session');
      if (this.#session?.person.id === session.person.id) this.#session = session;
    } catch {
      // The session may have ended; the next call asks the person.
    }
  }

  /** Takes a session that the server has just answered. */
  async take(session: Session): Promise<void> {
    const same = this.#session === null || this.#session.person.id === session.person.id;
    this.#session = session;
    if (session.person.language !== i18n.lang) await setLanguage(session.person.language);
    theme.set(session.person.theme);
    this.status = 'in';
    if (this.expired) this.#settle(same);
  }

  /** Takes changes of the person or of a brand without another question to the server. */
  patchPerson(change: Partial<Session['person']>): void {
    if (this.#session) this.#session = { ...this.#session, person: { ...this.#session.person, ...change } };
  }
  putBrand(brand: BrandBrief): void {
    if (!this.#session) return;
    const others = this.#session.brands.filter((b) => b.id !== brand.id);
    const at = this.#session.brands.findIndex((b) => b.id === brand.id);
    const brands = at < 0 ? [...others, brand] : this.#session.brands.map((b) => (b.id === brand.id ? { ...b, ...brand } : b));
    this.#session = { ...this.#session, brands };
  }

  /** Shows the sign-in dialog over the page; true once the same person is back, so that the call is repeated. */
  ask(): Promise<boolean> {
    if (!this.#session) return Promise.resolve(false);
    this.expired = true;
    return new Promise((resolve) => this.#waiting.push(resolve));
  }

  /** Gives up signing in again: what was typed stays on the page, the calls fail. */
  refuse(): void {
    this.#settle(false);
  }

  #settle(signedIn: boolean): void {
    this.expired = false;
    const waiting = this.#waiting;
    this.#waiting = [];
    for (const resolve of waiting) resolve(signedIn);
  }

  async signOut(): Promise<void> {
    await call('DELETE /session');
    // A full load, so that nothing of this person stays in memory.
    location.assign('/sign-in');
  }

  async setLanguage(language: Lang): Promise<void> {
    await setLanguage(language);
    if (this.#session) {
      this.patchPerson({ language });
      await call('PATCH /profile', { body: { language } });
    }
  }
  async setTheme(next: Theme): Promise<void> {
    theme.set(next);
    if (this.#session) {
      this.patchPerson({ theme: next });
      await call('PATCH /profile', { body: { theme: next } });
    }
  }
}

export const session = new SessionStore();
hooks.language = () => i18n.lang;
hooks.signIn = () => session.ask();

function lastBrand(): string | null {
  try {
    return localStorage.getItem('sarafan.brand');
  } catch {
    return null;
  }
}

/** Remembers the open brand on this device. */
export function rememberBrand(id: string): void {
  try {
    localStorage.setItem('sarafan.brand', id);
  } catch {
    // Without storage the first brand opens.
  }
}

/** An address inside the open brand: `brandHref('/posts/:id', { id })` is typed by the whole pattern. */
export function inBrand(path: string): string {
  return session.brand ? href('/b/:brand', { brand: session.brand.id }) + path : '/';
}
