// Where posts stand in the calendar: civil times in the brand's zone, grouped by day, and the sums that are drawn from them. Pure.
import type { Id, PostBrief, PostState, Rubric, Wall, Zone } from '$/api/types';
import { addMinutes, type Day, dayOf, days, minutesBetween } from './civil.ts';

/** A post with its time in the brand's zone. */
export interface Entry {
  post: PostBrief;
  wall: Wall;
  day: Day;
  /** The post is planned in another zone than the brand's: its own time is `post.wall`. */
  foreign: boolean;
}

const formats = new Map<Zone, Intl.DateTimeFormat>();
/** Civil time of an instant in a zone. Kept formats: a calendar asks thousands of times. */
export function civil(at: string | number, zone: Zone): Wall {
  let format = formats.get(zone);
  if (!format) {
    format = new Intl.DateTimeFormat('en-GB', { timeZone: zone, year: 'numeric', month: '2-digit', day: '2-digit', hour: '2-digit', minute: '2-digit', hourCycle: 'h23' });
    formats.set(zone, format);
  }
  const parts: Record<string, string> = {};
  for (const part of format.formatToParts(new Date(at))) parts[part.type] = part.value;
  return `${parts['year']}-${parts['month']}-${parts['day']}T${parts['hour']}:${parts['minute']}`;
}

/** Places a post; null when it has no time. `moved` is where it is being moved to, as its own civil time. */
export function place(post: PostBrief, zone: Zone, moved?: Wall): Entry | null {
  const foreign = post.zone !== null && post.zone !== zone;
  let wall = !foreign && post.wall ? post.wall : post.due_at ? civil(post.due_at, zone) : post.wall;
  if (!wall) return null;
  if (moved) wall = post.wall ? addMinutes(wall, minutesBetween(post.wall, moved)) : moved;
  return { post, wall: wall.slice(0, 16), day: dayOf(wall), foreign };
}

/** The post's own civil time when it goes from where it is shown to `target`, both in the brand's zone. */
export const ownWall = (entry: Entry, target: Wall): Wall => addMinutes(entry.post.wall ?? entry.wall, minutesBetween(entry.wall, target));

/** What still waits for its time can be dragged; the server decides again. */
/** Nothing of it is on its way yet: it only has a planned time. */
export const WRITTEN: ReadonlySet<PostState> = new Set(['draft', 'in_review', 'changes_asked', 'approved']);
const MOVABLE: ReadonlySet<PostState> = new Set([...WRITTEN, 'scheduled', 'failed']);
export const movable = (post: PostBrief): boolean => MOVABLE.has(post.state);

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);
/** By day, each day in the order of time, and in the same order every time: what has the keyboard must not change its place. */
export function byDay(entries: Entry[]): Map<Day, Entry[]> {
  const map = new Map<Day, Entry[]>();
  for (const entry of entries.toSorted((a, b) => (compare(a.wall, b.wall) || a.post.title.localeCompare(b.post.title) || compare(a.post.id, b.post.id)))) {
    const list = map.get(entry.day);
    if (list) list.push(entry);
    else map.set(entry.day, [entry]);
  }
  return map;
}

/** The first of a day, `room` of them; those with these ids stay in sight whatever their time. */
export function foremost(list: Entry[], room: number, ids: readonly (Id | null)[]): Entry[] {
  const first = list.slice(0, room);
  const kept = list.slice(room).filter((entry) => ids.includes(entry.post.id)).slice(0, room);
  return kept.length ? [...first.slice(0, room - kept.length), ...kept] : first;
}

export interface Share { rubric: Id | null; posts: number; share: number; target: number | null }
/** How the posts of a period divide among the rubrics, in the rubrics' order, those without one last. Shares and targets are ratios. */
export function mix(entries: Entry[], rubrics: Rubric[]): Share[] {
  const counted = entries.filter((entry) => entry.post.state !== 'cancelled' && entry.post.state !== 'deleted');
  const of = (rubric: Id | null): number => counted.filter((entry) => entry.post.rubric === rubric).length;
  const known = new Set(rubrics.map((rubric) => rubric.id));
  const none = counted.filter((entry) => entry.post.rubric === null || !known.has(entry.post.rubric)).length;
  const all = counted.length || 1;
  const shares: Share[] = rubrics.map((rubric) => ({
    rubric: rubric.id, posts: of(rubric.id), share: of(rubric.id) / all, target: rubric.target_share === null ? null : rubric.target_share / 100,
  }));
  if (none > 0) shares.push({ rubric: null, posts: none, share: none / all, target: null });
  return shares.filter((share) => share.posts > 0 || share.target !== null);
}

/** Days from `from` on without a post, joined where they follow each other. */
export function gaps(from: Day, to: Day, filled: ReadonlySet<Day>): { from: Day; to: Day; days: number }[] {
  const found: { from: Day; to: Day; days: number }[] = [];
  let open = false;
  for (const day of days(from, to)) {
    const last = found.at(-1);
    if (filled.has(day)) open = false;
    else if (open && last) {
      last.to = day;
      last.days += 1;
    } else {
      found.push({ from: day, to: day, days: 1 });
      open = true;
    }
  }
  return found;
}
