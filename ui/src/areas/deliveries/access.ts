// Whether a refused delivery waits for its channel's access, and whether that access is back. Only what the server says of both is put together.
import type { Channel, Delivery } from '$/api/types';

const ACCESS = ['credential-expired', 'credential-missing', 'credential-unreadable', 'credential-revoked', 'permission-missing', 'account-inactive'];

export const works = (channel: Channel): boolean => channel.state !== 'reconnect' && channel.health.ok;

/** `lost`: connect the channel first. `back`: it works again, so "try again" helps. Null: it is about something else. */
export function access(delivery: Delivery, channel: Channel | undefined): 'lost' | 'back' | null {
  if (delivery.state !== 'failed' || !channel) return null;
  if (!works(channel)) return 'lost';
  return delivery.reason && ACCESS.includes(delivery.reason.code) ? 'back' : null;
}
