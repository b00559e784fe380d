// Today: what needs somebody first, what goes out, how yesterday was.
import Sun from '@lucide/svelte/icons/sun';
import { route } from '$/app/router.svelte';
import type { Area } from '..';

export const area: Area = {
  name: 'today',
  nav: { label: 'ui-nav-today', icon: Sun, place: 'main', order: 10, path: '/today', key: 't' },
  routes: [route('/b/:brand/today', () => import('./Today.svelte'), { texts: ['today', 'deliveries', 'tasks'] })],
};
