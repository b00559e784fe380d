// The state of a post as lists show it: one that is planned and still wants a yes says so, whatever its deliveries say. Pure.
import type { PostBrief } from '$/api/types';
import type { StatusName } from '$/parts/Status.svelte';

export function shown(post: Pick<PostBrief, 'state' | 'approval' | 'waits_approval'>): StatusName {
  if (post.state !== 'scheduled' || !post.waits_approval) return post.state;
  return post.approval === 'in_review' || post.approval === 'changes_asked' ? post.approval : 'unapproved';
}
