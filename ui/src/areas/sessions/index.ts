// Session: signing in, and accepting an invitation.
import { route } from '$/app/router.svelte';
import type { Area } from '..';

export const area: Area = {
  name: 'sessions',
  routes: [
    route('/sign-in', () => import('./SignIn.svelte'), { texts: ['session'], open: true }),
    route('/invitations/:token', () => import('./Invitation.svelte'), { texts: ['session'], open: true }),
  ],
};
