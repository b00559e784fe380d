// What the three views share: the posts that are shown, the present moment, and what a click, a key or a drop does. The page makes it.
import type { Id, Wall } from '$/api/types';
import { clock } from '$/app/clock.svelte';
import { i18n } from '$/app/i18n.svelte';
import { router } from '$/app/router.svelte';
import { inBrand, session } from '$/app/session.svelte';
import { addDays, addMinutes, atHour, clockOf, type Day, dayOf, hourOf, minuteOf } from './civil';
import { Drag, type Place } from './drag.svelte';
import { byDay, civil, type Entry, gaps, movable, WRITTEN } from './places';
import type { Planner } from './planner.svelte';

export class Board {
  readonly drag: Drag;
  /** The post for which "move to" is asked. */
  asking = $state.raw<{ entry: Entry; to: Wall } | null>(null);
  /** The day that has the keyboard, and in the week its hour. */
  cursor = $state<Day>('');
  hour = $state(10);

  /** `turn` turns the page by so many, `follow` to the one with a day. */
  constructor(readonly planner: Planner, readonly turn: (by: number) => void, readonly follow: (day: Day) => void) {
    this.drag = new Drag((entry, place) => void this.drop(entry, place), turn);
  }

  now = $derived<Wall>(civil(clock.now, i18n.zone));
  today = $derived<Day>(dayOf(this.now));
  rubric = $derived(router.query.get('rubric') ?? '');
  /** Without the filter by rubric, which hides but does not ask anew: shares are shares of everything. */
  entries = $derived.by((): Entry[] => this.planner.entries.filter((entry) => !this.rubric || (entry.post.rubric ?? 'none') === this.rubric));
  days = $derived(byDay(this.entries));
  holidays = $derived.by((): ReadonlyMap<Day, string> => new Map((this.planner.answer.data?.holidays ?? []).map((one) => [one.date, one.name])));
  /** Days to come without a post; none while it is not known. */
  empty = $derived.by((): ReadonlySet<Day> => {
    const shown = this.planner.answer.data;
    if (!shown) return new Set();
    const from = shown.from > this.today ? shown.from : this.today;
    const filled = new Set(this.planner.entries.map((entry) => entry.day));
    return new Set(gaps(from, shown.to, filled).flatMap((gap) => Array.from({ length: gap.days }, (_, i) => addDays(gap.from, i))));
  });

  mayWrite = $derived(session.may('post.write'));
  mayMove(entry: Entry): boolean {
    return movable(entry.post) && session.may(WRITTEN.has(entry.post.state) ? 'post.write' : 'post.publish');
  }

  open(id: Id): void {
    router.go(`${inBrand(`/calendar/${id}`)}${location.search}`, { keepScroll: true });
  }
  openDay(day: Day): void {
    const query = new URLSearchParams(location.search);
    query.set('day', day);
    router.go(`${inBrand('/calendar')}?${query}`, { keepScroll: true });
  }
  write(day: Day, hour?: number): void {
    if (!this.mayWrite) return;
    // A new post never begins in the past: on the present day it is the next full hour.
    const next = addMinutes(this.now, 60 - minuteOf(this.now));
    const at = hour === undefined ? (day === this.today ? next : atHour(day, 10)) : atHour(day, hour);
    router.go(inBrand(`/posts/new?at=${at}`));
  }
  ask(entry: Entry, to?: Wall): void {
    if (this.mayMove(entry)) this.asking = { entry, to: to ?? entry.post.wall ?? entry.wall };
  }

  async drop(entry: Entry, place: Place): Promise<void> {
    const target = place.hour === null ? `${place.day}T${clockOf(entry.wall)}` : atHour(place.day, place.hour, minuteOf(entry.wall));
    await this.planner.move(entry, target);
  }
  /** Moves by keys; the focus goes along. */
  async shift(entry: Entry, minutes: number): Promise<void> {
    if (!this.mayMove(entry)) return;
    const target = addMinutes(entry.wall, minutes);
    this.cursor = dayOf(target);
    this.hour = hourOf(target);
    const moved = this.planner.move(entry, target);
    const focus = (): void => document.querySelector<HTMLElement>(`[role="grid"] [data-post="${entry.post.id}"], [data-list] [data-post="${entry.post.id}"]`)?.focus();
    requestAnimationFrame(focus);
    await moved;
    requestAnimationFrame(focus);
  }
}
