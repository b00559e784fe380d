// Plan: a content plan comes in as a file with its pictures, or goes out as one. Not in the rail: Posts, Calendar and the palette lead here.
import { route } from '$/app/router.svelte';
import type { Area } from '..';

export const area: Area = {
  name: 'plan',
  routes: [route('/b/:brand/plan', () => import('./Plan.svelte'), { texts: ['plan'] })],
};
