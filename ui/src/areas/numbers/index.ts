// Numbers: did it work? The brand's numbers of a period, one channel's, and the posts behind each number.
import ChartColumn from '@lucide/svelte/icons/chart-column';
import { route } from '$/app/router.svelte';
import type { Area } from '..';

export const area: Area = {
  name: 'numbers',
  nav: { label: 'ui-nav-numbers', icon: ChartColumn, place: 'main', order: 60, path: '/numbers', key: 'n', may: 'numbers.read' },
  routes: [route('/b/:brand/numbers/:channel?', () => import('./Numbers.svelte'), { texts: ['numbers'] })],
};
