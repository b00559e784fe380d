// Proves the contrast of the tokens in both themes: body text AAA (7:1), other text AA (4.5:1), shapes and control borders 3:1.
import { readFileSync } from 'node:fs';

const css = readFileSync(new URL('../src/styles/tokens.css', import.meta.url), 'utf8');
const raw = new Map([...css.matchAll(/--([\w-]+):\s*([^;]+);/g)].map((m) => [m[1], m[2].trim()]));

/** The OKLCH triple of a token in a theme. */
function colour(name, theme) {
  const value = raw.get(name);
  const alias = /^var\(--([\w-]+)\)$/.exec(value);
  if (alias) return colour(alias[1], theme);
  const pair = [...value.matchAll(/oklch\(([\d.]+) ([\d.]+) ([\d.]+)/g)].map((m) => m.slice(1, 4).map(Number));
  return pair[theme === 'dark' ? 1 : 0] ?? pair[0];
}

/** Relative luminance of an OKLCH colour, clipped to sRGB as browsers show it. */
function luminance([L, C, h]) {
  const a = C * Math.cos((h * Math.PI) / 180);
  const b = C * Math.sin((h * Math.PI) / 180);
  const l = (L + 0.3963377774 * a + 0.2158037573 * b) ** 3;
  const m = (L - 0.1055613458 * a - 0.0638541728 * b) ** 3;
  const s = (L - 0.0894841775 * a - 1.291485548 * b) ** 3;
  const clip = (x) => Math.min(1, Math.max(0, x));
  const red = clip(4.0767416621 * l - 3.3077115913 * m + 0.2309699292 * s);
  const green = clip(-1.2684380046 * l + 2.6097574011 * m - 0.3413193965 * s);
  const blue = clip(-0.0041960863 * l - 0.7034186147 * m + 1.707614701 * s);
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

const grounds = ['ground', 'surface', 'raised', 'hover'];
const pairs = [
  ...[...grounds, 'selected', 'pressed'].map((g) => ['ink', g, 7]),
  ...grounds.map((g) => ['ink-2', g, 7]),
  ...[...grounds, 'selected'].map((g) => ['ink-3', g, 4.5]),
  ...['surface', 'ground', 'raised', 'accent-soft', 'hover'].map((g) => ['accent-ink', g, 4.5]),
  ['on-accent', 'accent', 4.5],
  ['on-accent', 'accent-hover', 4.5],
  ...['surface', 'ground', 'raised'].map((g) => ['focus', g, 3]),
  ...['surface', 'raised', 'ground'].map((g) => ['control', g, 3]),
  ...['good', 'warn', 'bad', 'info'].flatMap((s) => [
    [`${s}-ink`, `${s}-soft`, 4.5],
    [`${s}-ink`, 'surface', 4.5],
    [`${s}-ink`, 'ground', 4.5],
    [`${s}-ink`, 'hover', 4.5],
    [s, 'surface', 3],
    [s, 'raised', 3],
    ['ink', `${s}-soft`, 7],
    ['ink-2', `${s}-soft`, 7],
  ]),
  ...Array.from({ length: 8 }, (_, i) => [`cat${i}`, 'surface', 3]),
];

let bad = 0;
for (const theme of ['light', 'dark'])
  for (const [front, back, least] of pairs) {
    const [x, y] = [luminance(colour(front, theme)), luminance(colour(back, theme))].sort((p, q) => q - p);
    const ratio = (x + 0.05) / (y + 0.05);
    if (ratio < least) {
      bad += 1;
      console.log(`${theme}: ${front} on ${back} is ${ratio.toFixed(2)}, wants ${least}`);
    }
  }
console.log(`${pairs.length * 2 - bad} passed, ${bad} failed`);
process.exit(bad === 0 ? 0 : 1);
