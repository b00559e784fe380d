// Brands: making one. Switching is in the rail, changing one is in settings.
import { route } from '$/app/router.svelte';
import type { Area } from '..';

export const area: Area = { name: 'brands', routes: [route('/brands/new', () => import('./NewBrand.svelte'), { texts: ['brands'], bare: true })] };
