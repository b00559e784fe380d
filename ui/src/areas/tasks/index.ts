// Tasks: what somebody is to do by when.
import ListChecks from '@lucide/svelte/icons/list-checks';
import { route } from '$/app/router.svelte';
import type { Area } from '..';

export const area: Area = {
  name: 'tasks',
  nav: { label: 'ui-nav-tasks', icon: ListChecks, place: 'main', order: 45, path: '/tasks', key: 'k', may: 'discuss' },
  routes: [route('/b/:brand/tasks', () => import('./Tasks.svelte'), { texts: ['tasks'] })],
};
