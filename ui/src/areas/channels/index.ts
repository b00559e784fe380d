// Channels: the connected places, their health, timetable and abilities, and the guided way to connect one.
import Radio from '@lucide/svelte/icons/radio';
import { catalogue } from '$/app/catalogue.svelte';
import { finder } from '$/app/commands.svelte';
import { t } from '$/app/i18n.svelte';
import { route, router } from '$/app/router.svelte';
import { inBrand } from '$/app/session.svelte';
import type { Area } from '..';

export const area: Area = {
  name: 'channels',
  nav: { label: 'ui-nav-channels', icon: Radio, place: 'below', order: 10, path: '/channels', key: 'h' },
  routes: [
    route('/b/:brand/channels/connect/:network?', () => import('./Connect.svelte'), { texts: ['channels'] }),
    route('/b/:brand/channels/:id?', () => import('./Channels.svelte'), { texts: ['channels'] }),
  ],
};

/** Channels by name, handle and network, in the palette. */
finder((text) => {
  const asked = text.toLocaleLowerCase();
  const named = catalogue.channels.map((one) => ({ one, words: `${one.name} · ${catalogue.network(one.network)?.title ?? one.network}` }));
  const hits = named.filter(({ one, words }) => `${words} ${one.handle}`.toLocaleLowerCase().includes(asked));
  return Promise.resolve(hits.slice(0, 6).map(({ one, words }) => ({ id: `channel:${one.id}`, label: words, group: t('ui-nav-channels'), icon: Radio, run: () => router.go(inBrand(`/channels/${one.id}`)) })));
});
