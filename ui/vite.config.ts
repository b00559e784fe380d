// How the browser application is built. It does not talk to the server at build time: the result in dist/ is embedded in the binary.
import { svelte } from '@sveltejs/vite-plugin-svelte';
import tailwindcss from '@tailwindcss/vite';
import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vite';

const server = process.env['SARAFAN_SERVER'] ?? 'http://127.0.0.1:8080';

/** Parts that most pages use and the shell does not. */
const PARTS =
  /src\/parts\/(Field|TextInput|TextArea|Select|Combobox|Checkbox|Segmented|Section|Notice|Refusal|Dialog|Popover|Table|SidePanel|ListPanel|Tabs|Status|Tag|NetworkMark|When|Loaded|Skeleton|More|Counter|Progress|MediaTile|Timeline)\.svelte/;

export default defineConfig({
  plugins: [tailwindcss(), svelte()],
  resolve: { alias: { $: fileURLToPath(new URL('./src', import.meta.url)) } },
  build: {
    target: ['chrome123', 'firefox128', 'safari17.5'],
    // The content security policy knows no data: addresses, so nothing is inlined.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    manifest: true,
    reportCompressedSize: false,
    // A few files rather than a hundred small ones: what every page needs (the shell, kept small by `npm run size`), the parts of
    // most pages, the plots. Areas stay lazy files of their own.
    rolldownOptions: {
      output: {
        codeSplitting: {
          // In this order: each group takes its modules with all they need that no earlier group has.
          groups: [
            { name: 'shell', test: /src\/app\/App\.svelte/, priority: 4 },
            { name: 'parts', test: PARTS, priority: 3 },
            { name: 'plots', test: /src\/parts\/(Plot|HeatMap|MetricTile)\.svelte/, priority: 2 },
            { name: 'dates', test: /src\/parts\/DateTime\.svelte/, priority: 1 },
          ],
        },
      },
    },
  },
  server: {
    port: 5173,
    strictPort: true,
    fs: { allow: ['..'] },
    proxy: { '/api': { target: server }, '/health': { target: server } },
  },
});
