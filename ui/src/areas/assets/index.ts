// Assets: the media library. "Library" in the rail.
import Images from '@lucide/svelte/icons/images';
import { route } from '$/app/router.svelte';
import type { Area } from '..';

export const area: Area = {
  name: 'assets',
  nav: { label: 'ui-nav-assets', icon: Images, place: 'main', order: 50, path: '/library', key: 'l' },
  routes: [route('/b/:brand/library/:id?', () => import('./Library.svelte'), { texts: ['assets'] })],
};
