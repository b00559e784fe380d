// Patterns of addresses: "/b/:brand/posts/:id?" read and written. Pure; the router uses it.
export type Query = Record<string, string | number | boolean | null | undefined>;

/** The parameters of `path` under `pattern`, or null. A trailing `:name?` may be absent. */
export function match(pattern: string, path: string): Record<string, string> | null {
  const want = pattern.split('/').filter(Boolean);
  const have = path.split('/').filter(Boolean);
  if (have.length > want.length) return null;
  const params: Record<string, string> = {};
  for (const [i, piece] of want.entries()) {
    const value = have[i];
    if (piece.startsWith(':')) {
      if (value === undefined) {
        if (piece.endsWith('?')) continue;
        return null;
      }
      params[nameOf(piece)] = decode(value);
    } else if (piece !== value) return null;
  }
  return params;
}

/** An address from a pattern, its parameters and a query without its empty keys. */
export function hrefOf(pattern: string, params: Record<string, string | undefined>, query: Query = {}): string {
  const path = pattern
    .split('/')
    .map((piece) => (piece.startsWith(':') ? encodeURIComponent(params[nameOf(piece)] ?? '') : piece))
    .join('/')
    .replace(/\/+$/, '');
  return (path || '/') + searchOf(query);
}

export function searchOf(query: Query): string {
  const search = new URLSearchParams();
  for (const [key, value] of Object.entries(query)) if (value !== null && value !== undefined && value !== '' && value !== false) search.set(key, String(value));
  const text = search.toString();
  return text ? `?${text}` : '';
}

const nameOf = (piece: string): string => piece.replace(/^:|\?$/g, '');

function decode(value: string): string {
  try {
    return decodeURIComponent(value);
  } catch {
    return value;
  }
}
