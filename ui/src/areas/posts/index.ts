// Posts: the list, and one post with its composer.
import FileText from '@lucide/svelte/icons/file-text';
import { route } from '$/app/router.svelte';
import type { Area } from '..';

export const area: Area = {
  name: 'posts',
  nav: { label: 'ui-nav-posts', icon: FileText, place: 'main', order: 30, path: '/posts', key: 'p' },
  routes: [
    route('/b/:brand/posts', () => import('./Posts.svelte'), { texts: ['posts'] }),
    route('/b/:brand/posts/:id', () => import('./Post.svelte'), { texts: ['posts', 'deliveries', 'comments'] }),
  ],
};
