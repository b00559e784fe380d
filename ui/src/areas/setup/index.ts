// Set-up: the first person of a fresh house, by the one-time link that the server prints.
import { route } from '$/app/router.svelte';
import type { Area } from '..';

export const area: Area = { name: 'setup', routes: [route('/setup', () => import('./Setup.svelte'), { texts: ['setup'], open: true })] };
