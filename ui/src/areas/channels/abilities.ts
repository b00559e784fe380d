// What a network can do, in words: the keys of the texts. One that is not here has no word and is not shown.
export const ABILITIES: Record<string, string> = {
  publish: 'channels-can-publish', thread: 'channels-can-thread', poll: 'channels-can-poll', first_comment: 'channels-can-first-comment', edit: 'channels-can-edit',
  delete: 'channels-can-delete', stats: 'channels-can-stats', comments: 'channels-can-comments',
};
