// Which words of a text are kept, gone and new. Longest common subsequence over words: right for posts, not meant for books.
export interface Piece { kind: 'same' | 'gone' | 'new'; text: string }

const WORDS = /\s+|[\p{L}\p{N}_]+|[^\s\p{L}\p{N}_]/gu;

/** Pieces that lead from `before` to `after`; joined without `gone` they are `after`. */
export function difference(before: string, after: string): Piece[] {
  const a = before.match(WORDS) ?? [];
  const b = after.match(WORDS) ?? [];
  if (a.length * b.length > 4_000_000) return [{ kind: 'gone', text: before }, { kind: 'new', text: after }];
  const width = b.length + 1;
  const common = new Uint32Array((a.length + 1) * width);
  const at = (i: number, j: number): number => common[i * width + j] ?? 0;
  for (let i = a.length - 1; i >= 0; i -= 1)
    for (let j = b.length - 1; j >= 0; j -= 1) common[i * width + j] = a[i] === b[j] ? at(i + 1, j + 1) + 1 : Math.max(at(i + 1, j), at(i, j + 1));
  const pieces: Piece[] = [];
  const add = (kind: Piece['kind'], text: string): void => {
    const last = pieces.at(-1);
    if (last?.kind === kind) last.text += text;
    else pieces.push({ kind, text });
  };
  let i = 0;
  let j = 0;
  while (i < a.length || j < b.length) {
    const left = a[i];
    const right = b[j];
    if (left !== undefined && left === right) {
      add('same', left);
      i += 1;
      j += 1;
    } else if (left !== undefined && (right === undefined || at(i + 1, j) >= at(i, j + 1))) {
      add('gone', left);
      i += 1;
    } else if (right !== undefined) {
      add('new', right);
      j += 1;
    }
  }
  return joined(pieces);
}

/** Changes with nothing but a space between them read better as one: what is gone, then what is new. */
function joined(pieces: Piece[]): Piece[] {
  const list: Piece[] = [];
  let gone = '';
  let fresh = '';
  // Answers a space that both sides end with: it belongs to what follows.
  const flush = (): string => {
    const tail = /\s+$/.exec(gone)?.[0] ?? '';
    const shared = gone && fresh.endsWith(tail) ? tail : '';
    const end = -shared.length || undefined;
    if (gone) list.push({ kind: 'gone', text: gone.slice(0, end) });
    if (fresh) list.push({ kind: 'new', text: fresh.slice(0, end) });
    gone = '';
    fresh = '';
    return shared;
  };
  for (const [i, piece] of pieces.entries()) {
    const between = piece.kind === 'same' && piece.text.trim() === '' && (gone || fresh) && i + 1 < pieces.length;
    if (between || piece.kind === 'gone') gone += piece.text;
    if (between || piece.kind === 'new') fresh += piece.text;
    if (piece.kind === 'same' && !between) {
      list.push({ kind: 'same', text: flush() + piece.text });
    }
  }
  const rest = flush();
  return (rest ? [...list, { kind: 'same' as const, text: rest }] : list).filter((piece) => piece.text);
}
