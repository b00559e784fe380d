// The posts of the shown days with what is being done to them: loaded, kept fresh, moved at once and taken back when the server refuses.
// It knows no view and draws nothing.
import { asApiError, call, type ApiError } from '$/api/client';
import type { CalendarAnswer, Id, Post, PostBrief, Wall } from '$/api/types';
import { wall as written } from '$/app/format';
import { i18n, t } from '$/app/i18n.svelte';
import { onLive } from '$/app/live.svelte';
import { resource, type Resource } from '$/app/resource.svelte';
import { toast, toastError } from '$/app/toasts.svelte';
import type { Day } from './civil';
import { type Entry, ownWall, place, WRITTEN } from './places';

export interface Period { from: Day; to: Day; channel: string }
/** What was answered, and for which days. */
export type Shown = CalendarAnswer & { from: Day; to: Day };
/** A move that the server did not make: the post is where it was, the words say why. */
export interface Refusal { entry: Entry; target: Wall; error: ApiError }
export type Fold = 'earlier' | 'later';

export class Planner {
  readonly answer: Resource<Shown>;
  refusal = $state.raw<Refusal | null>(null);
  /** The post that was moved last: a crowded day shows it all the same. */
  recent = $state<Id | null>(null);
  #moving = $state.raw<ReadonlyMap<Id, Wall>>(new Map());
  #brand: () => string;
  #timer: ReturnType<typeof setTimeout> | undefined;

  /** Make it while a component starts. */
  constructor(brand: () => string, period: () => Period) {
    this.#brand = brand;
    this.answer = resource(async (signal) => {
      const { from, to, channel } = period();
      return { ...(await call('GET /brands/{brand}/calendar', { brand: brand(), query: { from, to, channel: channel || undefined } }, signal)), from, to };
    });
    // An import tells of thousands of posts: one question afterwards is enough.
    const soon = (): void => {
      clearTimeout(this.#timer);
      this.#timer = setTimeout(() => void this.answer.reload(), 350);
    };
    for (const kind of ['post', 'delivery', 'brand', 'resync'] as const) $effect(() => onLive(kind, soon));
    $effect(() => () => clearTimeout(this.#timer));
  }

  entries = $derived.by((): Entry[] =>
    (this.answer.data?.items ?? []).map((post) => place(post, i18n.zone, this.#moving.get(post.id))).filter((entry) => entry !== null),
  );

  entry(id: Id | undefined): Entry | undefined {
    return this.entries.find((entry) => entry.post.id === id);
  }
  isMoving(id: Id): boolean {
    return this.#moving.has(id);
  }

  /** Moves a post from where it is shown to `target`, a civil time in the brand's zone. A refusal is kept in `refusal`. */
  async move(entry: Entry, target: Wall, fold?: Fold): Promise<boolean> {
    this.refusal = null;
    if (target === entry.wall && !fold) return true;
    try {
      await this.send(entry, ownWall(entry, target), fold);
      return true;
    } catch (thrown) {
      this.refusal = { entry: this.entry(entry.post.id) ?? entry, target, error: asApiError(thrown) };
      return false;
    }
  }

  /** Moves a post to a civil time of its own zone: shown there at once, back again when the server refuses. Throws ApiError. */
  async send(entry: Entry, own: Wall, fold?: Fold): Promise<void> {
    const { post } = entry;
    this.#moving = new Map(this.#moving).set(post.id, own);
    this.recent = post.id;
    try {
      const moved = await this.#ask(post, own, fold);
      this.take(moved);
      // A time that has passed is no way back for what is to be sent.
      const back = WRITTEN.has(post.state) || (post.due_at ?? '') > new Date().toISOString() ? post.wall : null;
      toast(t('calendar-moved', { when: written(moved.schedule?.wall ?? own) }), { tone: 'good', undo: back ? () => this.#undo(moved, back) : null });
    } catch (thrown) {
      const error = asApiError(thrown);
      if (error.current) this.take(error.current);
      throw error;
    } finally {
      const left = new Map(this.#moving);
      left.delete(post.id);
      this.#moving = left;
    }
  }

  #ask(post: { id: Id; version: number; zone: string | null }, own: Wall, fold?: Fold): Promise<Post> {
    return call('POST /brands/{brand}/posts/{id}/move', { brand: this.#brand(), id: post.id, body: { version: post.version, wall: own, zone: post.zone ?? i18n.zone, fold } });
  }

  async #undo(post: Post, back: Wall): Promise<void> {
    try {
      this.take(await this.#ask({ id: post.id, version: post.version, zone: post.schedule?.zone ?? null }, back));
    } catch (thrown) {
      toastError(thrown);
      void this.answer.reload();
    }
  }

  /** Takes a post as the server has just answered it. */
  take(post: Post): void {
    const now = this.answer.data;
    if (!now) return;
    this.answer.put({ ...now, items: now.items.map((brief) => (brief.id === post.id ? merged(brief, post) : brief)) });
  }
}

function merged(brief: PostBrief, post: Post): PostBrief {
  return {
    ...brief, version: post.version, state: post.state, rubric: post.content.rubric, channels: post.channels, due_at: post.due_at,
    wall: post.schedule?.wall ?? null, zone: post.schedule?.zone ?? null, updated_at: post.updated_at,
    problems: post.problems.filter((problem) => problem.severity === 'error').length,
  };
}
