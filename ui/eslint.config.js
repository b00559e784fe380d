// Lint policy: the recommended sets, strict types where they find bugs, and the rules that our content security policy needs.
import svelte from 'eslint-plugin-svelte';
import ts from 'typescript-eslint';
import svelteConfig from './svelte.config.js';

export default ts.config(
  { ignores: ['dist/', 'node_modules/', 'src/api/schema.d.ts'] },
  ...ts.configs.strict,
  ...svelte.configs.recommended,
  {
    files: ['**/*.svelte', '**/*.svelte.ts'],
    languageOptions: { parserOptions: { parser: ts.parser, extraFileExtensions: ['.svelte'], svelteConfig } },
    rules: {
      // Addresses are built by the router's own href(), which this rule does not know.
      'svelte/no-navigation-without-resolve': 'off',
      // A style attribute in a template is refused by the policy; style: directives go through the object model and are fine.
      'no-restricted-syntax': ['error', { selector: 'SvelteAttribute[key.name="style"]', message: 'The content security policy refuses style attributes; use style:name or a class.' }],
      // Plain Date, Set and URL are used as values here, never mutated in place.
      'svelte/prefer-svelte-reactivity': 'off',
    },
  },
  {
    rules: {
      'no-eval': 'error',
      'no-implied-eval': 'error',
      'no-console': 'error',
      eqeqeq: 'error',
      'max-lines': ['error', { max: 250, skipBlankLines: true, skipComments: true }],
      '@typescript-eslint/no-dynamic-delete': 'off',
    },
  },
  { files: ['scripts/**', 'tests/**'], rules: { 'no-console': 'off' } },
);
