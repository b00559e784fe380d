// Posts: the list, and one post with its composer.
import FileText from '@lucide/svelte/icons/file-text';
import { call } from '$/api/client';
import { finder } from '$/app/commands.svelte';
import { t } from '$/app/i18n.svelte';
import { route, router } from '$/app/router.svelte';
import { inBrand, session } from '$/app/session.svelte';
import type { Area } from '..';

export const area: Area = {
  name: 'posts',
  nav: { label: 'ui-nav-posts', icon: FileText, place: 'main', order: 30, path: '/posts', key: 'p' },
  routes: [
    route('/b/:brand/posts', () => import('./Posts.svelte'), { texts: ['posts'] }),
    route('/b/:brand/posts/:id', () => import('./Post.svelte'), { texts: ['posts', 'deliveries', 'comments', 'approvals', 'notes'] }),
  ],
};

/** Posts by their words, in the palette. */
finder(async (q, signal) => {
  const brand = session.brand?.id;
  if (!brand) return [];
  const { items } = await call('GET /brands/{brand}/posts', { brand, query: { q, sort: 'updated', limit: 6 } }, signal);
  return items.map((post) => ({ id: `post:${post.id}`, label: post.title, group: t('ui-nav-posts'), icon: FileText, run: () => router.go(inBrand(`/posts/${post.id}`)) }));
});
