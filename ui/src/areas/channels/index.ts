// Channels: the connected places, their health, timetable and abilities, and the guided way to connect one.
import Radio from '@lucide/svelte/icons/radio';
import { route } from '$/app/router.svelte';
import type { Area } from '..';

export const area: Area = {
  name: 'channels',
  nav: { label: 'ui-nav-channels', icon: Radio, place: 'below', order: 10, path: '/channels', key: 'h' },
  routes: [
    route('/b/:brand/channels/connect/:network?', () => import('./Connect.svelte'), { texts: ['channels'] }),
    route('/b/:brand/channels/:id?', () => import('./Channels.svelte'), { texts: ['channels'] }),
  ],
};
