// Approvals: what waits for a yes, and the page by which people without an account give one.
import BadgeCheck from '@lucide/svelte/icons/badge-check';
import { route } from '$/app/router.svelte';
import type { Area } from '..';

export const area: Area = {
  name: 'approvals',
  nav: { label: 'ui-nav-approvals', short: 'ui-nav-approvals-short', icon: BadgeCheck, place: 'main', order: 35, path: '/approvals', key: 'a' },
  routes: [
    route('/b/:brand/approvals/:id?', () => import('./Approvals.svelte'), { texts: ['approvals', 'posts'] }),
    route('/review/:token', () => import('./Review.svelte'), { texts: ['approvals', 'posts'], open: true }),
  ],
};
