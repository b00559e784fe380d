// The roles in the order of what they may, with the keys of their names and of one sentence each.
import type { Role } from '$/api/types';

export const ROLES: readonly Role[] = ['owner', 'manager', 'author', 'moderator', 'analyst', 'client'];
export const ROLE_NAMES: Record<Role, string> = {
  owner: 'common-role-owner', manager: 'common-role-manager', author: 'common-role-author',
  moderator: 'common-role-moderator', analyst: 'common-role-analyst', client: 'common-role-client',
};
export const ROLE_WORDS: Record<Role, string> = {
  owner: 'common-role-owner-may', manager: 'common-role-manager-may', author: 'common-role-author-may',
  moderator: 'common-role-moderator-may', analyst: 'common-role-analyst-may', client: 'common-role-client-may',
};
