// Tokens: what programs show to act for the person. Reached from the profile, so it has no place in the rail.
import { route } from '$/app/router.svelte';
import type { Area } from '..';

export const area: Area = { name: 'tokens', routes: [route('/profile/tokens', () => import('./Tokens.svelte'), { texts: ['tokens'] })] };
