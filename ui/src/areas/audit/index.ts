// Audit: who did what, in the brand and to the installation. "History" in the rail.
import ScrollText from '@lucide/svelte/icons/scroll-text';
import { route } from '$/app/router.svelte';
import type { Area } from '..';

export const area: Area = {
  name: 'audit',
  nav: { label: 'ui-nav-audit', icon: ScrollText, place: 'below', order: 25, path: '/audit', key: 'y', may: 'audit.read' },
  routes: [route('/b/:brand/audit', () => import('./Audit.svelte'), { texts: ['audit'] })],
};
