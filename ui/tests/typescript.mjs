// Lets node's own test runner read TypeScript: types are taken off by the compiler we have anyway.
import { register } from 'node:module';

register(
  'data:text/javascript,' +
    encodeURIComponent(`
  import { readFile } from 'node:fs/promises';
  import { fileURLToPath } from 'node:url';
  import ts from ${JSON.stringify(import.meta.resolve('typescript'))};
  export async function load(url, context, next) {
    if (!url.endsWith('.ts')) return next(url, context);
    const text = await readFile(fileURLToPath(url), 'utf8');
    const { outputText } = ts.transpileModule(text, { compilerOptions: { target: 'ES2023', module: 'ESNext' } });
    return { format: 'module', source: outputText, shortCircuit: true };
  }
`),
);
