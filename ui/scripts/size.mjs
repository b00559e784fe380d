// Prints what the first page loads (script, style and one language's texts; fonts apart), gzipped, and fails above 120 kB.
import { readFileSync } from 'node:fs';
import { gzipSync } from 'node:zlib';

const LIMIT = 120_000;
const dist = new URL('../dist/', import.meta.url);
const manifest = JSON.parse(readFileSync(new URL('.vite/manifest.json', dist), 'utf8'));
const size = (file) => gzipSync(readFileSync(new URL(file, dist)), { level: 9 }).length;

/** The files that one entry needs before it runs. */
function closure(key, seen = new Set()) {
  const chunk = manifest[key];
  if (!chunk || seen.has(chunk.file)) return seen;
  seen.add(chunk.file);
  for (const css of chunk.css ?? []) seen.add(css);
  for (const next of chunk.imports ?? []) closure(next, seen);
  return seen;
}

const shell = closure('index.html');
const text = (lang) => Object.values(manifest).filter((c) => c.src?.match(new RegExp(`texts/${lang}/(ui|common)\\.ftl`))).map((c) => c.file);
const texts = ['en', 'ru', 'pl'].map(text).sort((a, b) => sum(b) - sum(a))[0];
function sum(files) {
  return [...files].reduce((total, file) => total + size(file), 0);
}

for (const file of [...shell, ...texts, 'theme.js', 'index.html']) console.log(`${String(size(file)).padStart(8)}  ${file}`);
const total = sum([...shell, ...texts, 'theme.js', 'index.html']);
console.log(`${String(total).padStart(8)}  shell, gzip, of ${LIMIT}`);

console.log('\nlazy:');
const lazy = Object.entries(manifest).filter(([key, c]) => c.isDynamicEntry && !key.endsWith('.ftl?raw'));
for (const [key, chunk] of lazy.sort((a, b) => a[0].localeCompare(b[0]))) {
  const own = [...closure(key)].filter((file) => !shell.has(file));
  console.log(`${String(sum(own)).padStart(8)}  ${chunk.src ?? key}`);
}
process.exit(total <= LIMIT ? 0 : 1);
