// Deliveries: what is due, on its way, out, refused or in doubt. "Queue" in the rail.
import Send from '@lucide/svelte/icons/send';
import { route } from '$/app/router.svelte';
import type { Area } from '..';

export const area: Area = {
  name: 'deliveries',
  nav: { label: 'ui-nav-deliveries', icon: Send, place: 'main', order: 40, path: '/queue', key: 'q' },
  routes: [route('/b/:brand/queue/:id?', () => import('./Queue.svelte'), { texts: ['deliveries'] })],
};
