// Profile: the person's own name, language, theme and password. Reached from the person menu, so it has no place in the rail.
import { route } from '$/app/router.svelte';
import type { Area } from '..';

export const area: Area = { name: 'profile', routes: [route('/profile', () => import('./Profile.svelte'), { texts: ['profile'] })] };
