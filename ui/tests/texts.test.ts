// Every text that the screens ask for exists in all three languages, with the same arguments; nothing in the UI's own files is unused.
import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { test } from 'node:test';

const root = new URL('../../texts/', import.meta.url);
const LANGUAGES = ['en', 'ru', 'pl'] as const;

/** Keys of a language with the names of their arguments. */
function messages(lang: string): Map<string, string> {
  const found = new Map<string, string>();
  for (const file of readdirSync(new URL(`${lang}/`, root))) {
    const text = readFileSync(new URL(`${lang}/${file}`, root), 'utf8');
    for (const block of text.split(/\n(?=[a-z])/)) {
      const key = /^([a-z][a-z0-9-]*)\s*=/m.exec(block)?.[1];
      if (!key) continue;
      const args = new Set([...block.matchAll(/\$([a-z_]+)/g)].map((m) => m[1]));
      found.set(key, [...args].sort().join(','));
    }
  }
  return found;
}

function sources(folder: URL): string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const at = new URL(entry.name + (entry.isDirectory() ? '/' : ''), folder);
    if (entry.isDirectory()) return sources(at);
    return /\.(ts|svelte)$/.test(entry.name) ? [readFileSync(at, 'utf8')] : [];
  });
}

const all = new Map(LANGUAGES.map((lang) => [lang, messages(lang)]));
const english = all.get('en') ?? new Map<string, string>();
const source = sources(new URL('../src/', import.meta.url)).join('\n');

for (const lang of ['ru', 'pl'] as const)
  test(`${lang} has the same texts with the same arguments as en`, () => {
    const own = all.get(lang) ?? new Map<string, string>();
    assert.deepEqual([...own.keys()].sort(), [...english.keys()].sort());
    // A plural text may leave a number out in one language and not in another, but no language may name what the others do not have.
    for (const [key, args] of own) assert.equal(args, english.get(key), key);
  });

test('every text that is asked for exists', () => {
  const asked = new Set([...source.matchAll(/\bt\(\s*'([a-z][a-z0-9-]*)(?:\.[a-z]+)?'/g)].map((m) => m[1] ?? ''));
  assert.deepEqual([...asked].filter((key) => !english.has(key)), []);
});

test('no text of the frame is unused', () => {
  const own = [...english.keys()].filter((key) => /^(ui|profile|setup|session|brands|members|settings)-/.test(key));
  assert.ok(own.length > 50);
  assert.deepEqual(own.filter((key) => !source.includes(`'${key}'`)), []);
});
