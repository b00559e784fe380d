// Dragging a post with mouse, pen or finger: what is held, over which place it is, and where it was let go. A finger has to rest a moment
// first, so that scrolling stays scrolling. It moves nothing itself. Places are elements with `data-day` and, in the week, `data-hour`.
import type { Day } from './civil';
import type { Entry } from './places';

export interface Place { day: Day; hour: number | null }

const FAR = 5;
const REST = 320;
const EDGE = 56;

export class Drag {
  held = $state.raw<Entry | null>(null);
  over = $state.raw<Place | null>(null);
  x = $state(0);
  y = $state(0);
  #start: { entry: Entry; x: number; y: number; touch: boolean; timer: ReturnType<typeof setTimeout> | undefined } | null = null;
  #frame = 0;

  /** `drop` is called where the post was let go; `turn` while it rests on something with `data-turn` (the page before or after). */
  constructor(readonly drop: (entry: Entry, place: Place) => void, readonly turn: (by: number) => void) {}

  /** For `onpointerdown` of what can be dragged. */
  begin(event: PointerEvent, entry: Entry): void {
    if (event.button !== 0 || this.#start) return;
    const touch = event.pointerType === 'touch';
    this.#start = { entry, x: event.clientX, y: event.clientY, touch, timer: touch ? setTimeout(() => this.#hold(), REST) : undefined };
    this.x = event.clientX;
    this.y = event.clientY;
    document.addEventListener('pointermove', this.#move);
    document.addEventListener('pointerup', this.#up);
    document.addEventListener('pointercancel', this.cancel);
    document.addEventListener('keydown', this.#key, true);
    document.addEventListener('touchmove', this.#stay, { passive: false });
  }

  /** Lets go without moving anything. */
  cancel = (): void => {
    clearTimeout(this.#start?.timer);
    cancelAnimationFrame(this.#frame);
    this.#start = null;
    this.held = null;
    this.over = null;
    document.removeEventListener('pointermove', this.#move);
    document.removeEventListener('pointerup', this.#up);
    document.removeEventListener('pointercancel', this.cancel);
    document.removeEventListener('keydown', this.#key, true);
    document.removeEventListener('touchmove', this.#stay);
  };

  #hold(): void {
    if (!this.#start) return;
    this.held = this.#start.entry;
    getSelection()?.removeAllRanges();
    this.#look();
    this.#frame = requestAnimationFrame(this.#scroll);
  }

  #move = (event: PointerEvent): void => {
    if (!this.#start) return;
    const far = Math.hypot(event.clientX - this.#start.x, event.clientY - this.#start.y) > FAR;
    this.x = event.clientX;
    this.y = event.clientY;
    if (this.held) this.#look();
    else if (far && this.#start.touch) this.cancel();
    else if (far) this.#hold();
  };

  #up = (): void => {
    const { held, over } = this;
    // The click that follows a drag is no click.
    if (held) document.addEventListener('click', swallow, { capture: true, once: true });
    setTimeout(() => document.removeEventListener('click', swallow, { capture: true }), 0);
    this.cancel();
    if (held && over) this.drop(held, over);
  };

  #key = (event: KeyboardEvent): void => {
    if (event.key !== 'Escape' || !this.held) return;
    event.preventDefault();
    event.stopPropagation();
    this.cancel();
  };
  #stay = (event: TouchEvent): void => {
    if (this.held) event.preventDefault();
  };

  #turned = 0;
  #look(): void {
    const under = document.elementFromPoint(this.x, this.y);
    const place = under?.closest<HTMLElement>('[data-day]');
    const day = place?.dataset['day'];
    const hour = place?.dataset['hour'];
    const over = day ? { day, hour: hour === undefined ? null : Number(hour) } : null;
    if (over?.day !== this.over?.day || over?.hour !== this.over?.hour) this.over = over;
    const by = under?.closest<HTMLElement>('[data-turn]')?.dataset['turn'];
    if (!by) this.#turned = 0;
    else if (!this.#turned) this.#turned = performance.now();
    else if (performance.now() - this.#turned > 600) {
      this.#turned = performance.now();
      this.turn(Number(by));
    }
  }

  /** Near the upper or lower edge the page goes along. */
  #scroll = (): void => {
    if (!this.held) return;
    const by = this.y < EDGE + 60 ? -1 : this.y > innerHeight - EDGE ? 1 : 0;
    if (by) scrollBy(0, by * 10);
    this.#look();
    this.#frame = requestAnimationFrame(this.#scroll);
  };
}

function swallow(event: Event): void {
  event.preventDefault();
  event.stopPropagation();
}
