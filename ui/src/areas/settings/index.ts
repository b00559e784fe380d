// Settings of the brand: what it is, its rubrics and labels, its pause.
import Settings from '@lucide/svelte/icons/settings';
import { route } from '$/app/router.svelte';
import type { Area } from '..';

export const area: Area = {
  name: 'settings',
  nav: { label: 'ui-nav-settings', icon: Settings, place: 'below', order: 30, path: '/settings', key: 's' },
  routes: [route('/b/:brand/settings/:section?', () => import('./Settings.svelte'), { texts: ['settings', 'approvals'] })],
};
