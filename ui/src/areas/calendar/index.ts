// Calendar: the posts of a month or a week on their days and hours, moved by dragging; as a list on a phone.
import CalendarDays from '@lucide/svelte/icons/calendar-days';
import { route } from '$/app/router.svelte';
import type { Area } from '..';

export const area: Area = {
  name: 'calendar',
  nav: { label: 'ui-nav-calendar', icon: CalendarDays, place: 'main', order: 20, path: '/calendar', key: 'c' },
  routes: [route('/b/:brand/calendar/:id?', () => import('./Calendar.svelte'), { texts: ['calendar', 'approvals'] })],
};
