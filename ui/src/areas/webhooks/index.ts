// Webhooks: programs elsewhere that are told what happens in the brand. Reached from the settings, so it has no place in the rail.
import { route } from '$/app/router.svelte';
import type { Area } from '..';

export const area: Area = { name: 'webhooks', routes: [route('/b/:brand/webhooks/:id?', () => import('./Webhooks.svelte'), { texts: ['webhooks'] })] };
