// Factors: what the person shows beside the password. Reached from the profile, so it has no place in the rail.
import { route } from '$/app/router.svelte';
import type { Area } from '..';

export const area: Area = { name: 'factors', routes: [route('/profile/factors', () => import('./Factors.svelte'), { texts: ['factors'] })] };
