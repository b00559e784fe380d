// Notices: what the person was told, and how they want to hear of things. Reached from the bell, so it has no place in the rail.
import { route } from '$/app/router.svelte';
import type { Area } from '..';

export const area: Area = {
  name: 'notices',
  routes: [route('/b/:brand/notices', () => import('./Notices.svelte'), { texts: ['notices'] })],
};
