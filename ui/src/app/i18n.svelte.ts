// Texts in the reader's language (Fluent) and the language's own way to write numbers and times. Loads a language's files when they are first
// needed; knows no screen. Reading `t` in a template makes it follow a change of language.
import { FluentBundle, FluentResource, type FluentVariable } from '@fluent/bundle';
import type { Lang } from '$/api/types';

export const LANGUAGES: readonly Lang[] = ['en', 'ru', 'pl'];
/** A language is named in itself, whatever the reader's. */
export const LANGUAGE_NAMES: Record<Lang, string> = { en: 'English', ru: 'Русский', pl: 'Polski' };

const files = import.meta.glob<string>('../../../texts/*/*.ftl', { query: '?raw', import: 'default' });
const wanted = new Set<string>(['common', 'ui']);
const loaded = new Map<string, Promise<void>>();

interface State { lang: Lang; zone: string; bundle: FluentBundle; version: number }
const bundles = new Map<Lang, FluentBundle>();
let current = $state.raw<State>({ lang: 'en', zone: Intl.DateTimeFormat().resolvedOptions().timeZone, bundle: bundleOf('en'), version: 0 });

function bundleOf(lang: Lang): FluentBundle {
  const known = bundles.get(lang);
  if (known) return known;
  // Isolation marks serve mixed writing directions; our three languages all run left to right.
  const bundle = new FluentBundle(lang, { useIsolating: false });
  bundles.set(lang, bundle);
  return bundle;
}

/** Loads the texts of an area (`posts` -> texts/<lang>/posts.ftl) in the current language and in later ones. */
export async function useTexts(...names: string[]): Promise<void> {
  for (const name of names) wanted.add(name);
  await load(current);
}

async function load(target: State): Promise<void> {
  const before = loaded.size;
  await Promise.all(
    [...wanted].map((name) => {
      const key = `${target.lang}/${name}`;
      const file = files[`../../../texts/${key}.ftl`];
      if (!file) return undefined;
      let adding = loaded.get(key);
      if (!adding) {
        adding = file().then((text) => void target.bundle.addResource(new FluentResource(text)));
        loaded.set(key, adding);
      }
      return adding;
    }),
  );
  if (loaded.size !== before && target === current) current = { ...target, version: target.version + 1 };
}

let asked: Lang | null = null;

/** Changes the language of everything that is shown; `texts` names files of areas that will be needed at once. */
export async function setLanguage(lang: Lang, texts: readonly string[] = []): Promise<void> {
  for (const name of texts) wanted.add(name);
  asked = lang;
  const next: State = { lang, zone: current.zone, bundle: bundleOf(lang), version: 0 };
  await load(next);
  // Files come in any order: what was asked for last counts.
  if (asked !== lang) return;
  current = { ...next, zone: current.zone };
  document.documentElement.lang = lang;
  try {
    localStorage.setItem('sarafan.language', lang);
  } catch {
    // Storage may be forbidden; the profile remembers it.
  }
}

/** The language to begin with: the one used last here, else the browser's. */
export function firstLanguage(): Lang {
  const asked = [localStorageLanguage(), ...navigator.languages].map((name) => (name ?? '').slice(0, 2));
  return (asked.find((name) => (LANGUAGES as readonly string[]).includes(name)) as Lang | undefined) ?? 'en';
}

function localStorageLanguage(): string | null {
  try {
    return localStorage.getItem('sarafan.language');
  } catch {
    return null;
  }
}

/** The text of a key. A missing key shows itself, so that it is seen and mended. */
export function t(key: string, args?: Record<string, FluentVariable>): string {
  const { bundle } = current;
  const [id = '', attribute] = key.split('.');
  const message = bundle.getMessage(id);
  const pattern = attribute ? message?.attributes[attribute] : message?.value;
  if (!pattern) return key;
  return bundle.formatPattern(pattern, args ?? null, []);
}

export const i18n = {
  /** For Intl: English as it is written in Europe, with a clock of 24 hours. */
  get locale(): string {
    return this.lang === 'en' ? 'en-GB' : this.lang;
  },
  get lang(): Lang {
    return current.lang;
  },
  /** The zone in which times are shown: the brand's, before that the reader's. */
  get zone(): string {
    return current.zone;
  },
  set zone(zone: string) {
    if (zone !== current.zone) current = { ...current, zone };
  },
};
