// The events of webhooks in words, in the order in which they are offered.
import type { Topic } from '$/api/types';

export const TOPICS = [
  'post.sent', 'delivery.sent', 'delivery.failed', 'delivery.unknown',
  'approval.submitted', 'approval.approved', 'approval.changes_asked',
  'comment.received', 'channel.reconnect',
] as const satisfies readonly Topic[];

export const TOPIC_WORDS: Record<Topic, string> = {
  'post.sent': 'webhooks-topic-post-sent',
  'delivery.sent': 'webhooks-topic-delivery-sent',
  'delivery.failed': 'webhooks-topic-delivery-failed',
  'delivery.unknown': 'webhooks-topic-delivery-unknown',
  'approval.submitted': 'webhooks-topic-approval-submitted',
  'approval.approved': 'webhooks-topic-approval-approved',
  'approval.changes_asked': 'webhooks-topic-approval-changes-asked',
  'comment.received': 'webhooks-topic-comment-received',
  'channel.reconnect': 'webhooks-topic-channel-reconnect',
};

/** What a message is about; a test has no event of its own. */
export const topicWords = (topic: string): string => TOPIC_WORDS[topic as Topic] ?? 'webhooks-topic-test';

export const MESSAGE_STATE = {
  waiting: { text: 'webhooks-waiting', tone: 'info' },
  delivered: { text: 'webhooks-delivered', tone: 'good' },
  failed: { text: 'webhooks-failed', tone: 'bad' },
} as const;
