// The scopes of tokens in words, in the order in which they are offered. What each opens is the server's.
import type { Scope } from '$/api/types';

export const SCOPES = [
  'brand:read', 'numbers:read', 'posts:write', 'posts:publish', 'approvals:write', 'deliveries:write', 'assets:write', 'plan:write', 'channels:write', 'members:write', 'brand:write', 'audit:read', 'team:write',
] as const satisfies readonly Scope[];

export const SCOPE_WORDS: Record<Scope, string> = {
  'brand:read': 'tokens-scope-brand-read',
  'numbers:read': 'tokens-scope-numbers-read',
  'posts:write': 'tokens-scope-posts-write',
  'posts:publish': 'tokens-scope-posts-publish',
  'approvals:write': 'tokens-scope-approvals-write',
  'deliveries:write': 'tokens-scope-deliveries-write',
  'assets:write': 'tokens-scope-assets-write',
  'plan:write': 'tokens-scope-plan-write',
  'channels:write': 'tokens-scope-channels-write',
  'members:write': 'tokens-scope-members-write',
  'brand:write': 'tokens-scope-brand-write',
  'audit:read': 'tokens-scope-audit-read',
  'team:write': 'tokens-scope-team-write',
};
