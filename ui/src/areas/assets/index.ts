// Assets: the media library. "Library" in the rail.
import Images from '@lucide/svelte/icons/images';
import { call } from '$/api/client';
import { finder } from '$/app/commands.svelte';
import { t } from '$/app/i18n.svelte';
import { route, router } from '$/app/router.svelte';
import { inBrand, session } from '$/app/session.svelte';
import type { Area } from '..';

export const area: Area = {
  name: 'assets',
  nav: { label: 'ui-nav-assets', icon: Images, place: 'main', order: 50, path: '/library', key: 'l' },
  routes: [route('/b/:brand/library/:id?', () => import('./Library.svelte'), { texts: ['assets'] })],
};

/** Files by name, description and label, in the palette. */
finder(async (q, signal) => {
  const brand = session.brand?.id;
  if (!brand) return [];
  const { items } = await call('GET /brands/{brand}/assets', { brand, query: { q, limit: 4 } }, signal);
  return items.map((asset) => ({ id: `asset:${asset.id}`, label: asset.name, group: t('ui-nav-assets'), icon: Images, run: () => router.go(inBrand(`/library/${asset.id}`)) }));
});
