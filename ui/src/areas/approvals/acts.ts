// What can be said about a post, where its approval stands; who may say it is the session's. What comes of it is the server's.
import { asApiError, call } from '$/api/client';
import type { Id, Post, Standing } from '$/api/types';
import { t } from '$/app/i18n.svelte';
import { session } from '$/app/session.svelte';
import { toast, toastError } from '$/app/toasts.svelte';

export type Act = 'submit' | 'approve' | 'ask' | 'withdraw';

/** In the order in which they are offered, the most likely first. */
export function acts(standing: Standing): Act[] {
  const submits = session.may('post.submit');
  const approves = session.may('post.approve');
  const all: Record<Standing, (Act | false)[]> = {
    draft: [submits && 'submit', submits && approves && 'approve'],
    in_review: [approves && 'approve', approves && 'ask', submits && 'withdraw'],
    changes_asked: [submits && 'submit', submits && approves && 'approve'],
    approved: [approves && 'ask', approves && 'withdraw'],
  };
  return all[standing].filter((act): act is Act => act !== false);
}

const DONE: Record<Act, string> = { submit: 'approvals-done-submit', approve: 'approvals-done-approve', ask: 'approvals-done-ask', withdraw: 'approvals-done-withdraw' };

/** Says it. Null where it was refused; somebody's newer version comes back as the post it is now. */
export async function say(brand: Id, post: { id: Id; hash: string }, act: Act, note = ''): Promise<Post | null> {
  const at = { brand, id: post.id };
  try {
    const answer =
      act === 'submit' ? await call('POST /brands/{brand}/posts/{id}/submit', { ...at, body: { note } })
      : act === 'approve' ? await call('POST /brands/{brand}/posts/{id}/approve', { ...at, body: { seen: post.hash, note } })
      : act === 'ask' ? await call('POST /brands/{brand}/posts/{id}/ask-changes', { ...at, body: { seen: post.hash, note } })
      : await call('POST /brands/{brand}/posts/{id}/withdraw', { ...at, body: { note } });
    toast(t(DONE[act]), { tone: act === 'approve' ? 'good' : undefined });
    return answer;
  } catch (thrown) {
    const error = asApiError(thrown);
    if (error.status === 409 && error.current) {
      toast(t('approvals-changed'), { tone: 'warn' });
      return error.current;
    }
    toastError(thrown);
    return null;
  }
}
