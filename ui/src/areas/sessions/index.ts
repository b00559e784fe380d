// Session: signing in, accepting an invitation, and the devices on which one is signed in.
import { route } from '$/app/router.svelte';
import type { Area } from '..';

export const area: Area = {
  name: 'sessions',
  routes: [
    route('/sign-in', () => import('./SignIn.svelte'), { texts: ['session'], open: true }),
    route('/password', () => import('./Forgotten.svelte'), { texts: ['session'], open: true }),
    route('/password/:token', () => import('./NewPassword.svelte'), { texts: ['session'], open: true }),
    route('/profile/devices', () => import('./Devices.svelte'), { texts: ['session'] }),
    route('/invitations/:token', () => import('./Invitation.svelte'), { texts: ['session'], open: true }),
  ],
};
