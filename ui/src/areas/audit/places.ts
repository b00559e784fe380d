// Where the thing that a line is about can be seen. Pure.
import type { AuditLine } from '$/api/types';

/** The path inside the brand; nothing for what has no page or is gone. */
export function placeOf(line: AuditLine): string | null {
  const { kind, id } = line.subject;
  switch (kind) {
    case 'post': return `/posts/${id}`;
    case 'delivery': return `/queue/${id}`;
    case 'channel': return `/channels/${id}`;
    case 'asset': return `/library/${id}`;
    case 'rubric': return '/settings/rubrics';
    case 'member': case 'invitation': return '/members';
    case null: return line.action.startsWith('brand.') ? '/settings' : null;
  }
}
