// Members: who works on the brand, in which role, and who is invited. "Team" in the rail.
import Users from '@lucide/svelte/icons/users';
import { route } from '$/app/router.svelte';
import type { Area } from '..';

export const area: Area = {
  name: 'members',
  nav: { label: 'ui-nav-members', icon: Users, place: 'below', order: 20, path: '/members', key: 'm' },
  routes: [route('/b/:brand/members', () => import('./Members.svelte'), { texts: ['members'] })],
};
