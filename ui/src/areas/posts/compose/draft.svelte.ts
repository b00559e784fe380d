// The post being written: saved by itself a moment after each change, checked while one types, kept in this browser until the server has it.
// What two people write at once is never overwritten: a conflict holds both until somebody decides.
import { ApiError, asApiError, call } from '$/api/client';
import type { ChannelCheck, Content, Id, MediaRef, Post, PostCheck, Schedule, VariantPatch } from '$/api/types';
import { catalogue } from '$/app/catalogue.svelte';
import { session } from '$/app/session.svelte';

const SAVE_AFTER = 900;
const CHECK_AFTER = 250;

export type Saved = 'clean' | 'dirty' | 'saving' | 'saved' | 'failed' | 'conflict';

export function emptyContent(language: string): Content {
  return {
    rubric: null, campaign: '', labels: [], language, text: '', media: [], link: null, first_comment: '', poll: null, options: {}, variants: [], delete_after_minutes: null,
  };
}

export class Draft {
  content = $state<Content>(emptyContent('en'));
  channels = $state<Id[]>([]);
  schedule = $state<Schedule | null>(null);
  post = $state.raw<Post | null>(null);
  check = $state.raw<PostCheck | null>(null);
  saved = $state<Saved>('clean');
  savedAt = $state<number | null>(null);
  error = $state.raw<ApiError | null>(null);
  /** What somebody else saved meanwhile. */
  theirs = $state.raw<Post | null>(null);
  /** The change that is being written takes back an approval: it is saved only once somebody says so. */
  drops = $state(false);
  /** `''` is the post itself; else the target of a variant. */
  target = $state('');
  #save: ReturnType<typeof setTimeout> | undefined;
  #checking: ReturnType<typeof setTimeout> | undefined;
  #asked: AbortController | null = null;
  #running: Promise<void> | null = null;
  #touched = 0;

  constructor(readonly brand: string, readonly onmade: (post: Post) => void) {}

  get #key(): string {
    return `sarafan-draft:${this.brand}:${this.post?.id ?? 'new'}`;
  }

  /** Starts an empty post, or what an expired session or a closed window left of one. */
  begin(planned: Schedule | null): void {
    this.content = emptyContent(session.brand?.language ?? 'en');
    this.channels = catalogue.channels.filter((channel) => channel.state === 'ok').map((channel) => channel.id);
    this.schedule = planned;
    const kept = localStorage.getItem(this.#key);
    if (kept) {
      const found = JSON.parse(kept) as { content: Content; channels: Id[] };
      this.content = found.content;
      this.channels = found.channels.filter((id) => catalogue.channel(id));
      this.changed();
    } else this.recheck();
  }

  take(post: Post): void {
    this.post = post;
    this.content = structuredClone(post.content);
    this.channels = [...post.channels];
    this.schedule = post.schedule;
    this.theirs = null;
    this.drops = false;
    this.saved = 'clean';
    this.recheck();
  }

  get patch(): VariantPatch | undefined {
    return this.content.variants.find((one) => one.target === this.target);
  }
  get text(): string {
    return this.patch?.text ?? this.content.text;
  }
  set text(value: string) {
    const patch = this.patch;
    if (patch) patch.text = value;
    else this.content.text = value;
    this.changed();
  }
  get media(): MediaRef[] {
    return this.patch?.media ?? this.content.media;
  }
  set media(value: MediaRef[]) {
    const patch = this.patch;
    if (patch) patch.media = value;
    else this.content.media = value;
    this.changed();
  }

  /** Splits a variant off for a network or a channel, with the text as it is. */
  split(target: string): void {
    if (!this.content.variants.some((one) => one.target === target)) {
      this.content.variants.push({ target, text: this.content.text, media: null, first_comment: null, link: null });
      this.changed();
    }
    this.target = target;
  }
  join(target: string): VariantPatch | undefined {
    const gone = this.content.variants.find((one) => one.target === target);
    this.content.variants = this.content.variants.filter((one) => one.target !== target);
    this.target = '';
    this.changed();
    return gone;
  }

  toggle(channel: Id): void {
    this.channels = this.channels.includes(channel) ? this.channels.filter((id) => id !== channel) : [...this.channels, channel];
    this.changed();
  }

  /** Nothing was written yet: that it is empty need not be said. */
  get untouched(): boolean {
    return !this.post && !this.content.text && !this.content.media.length;
  }

  /** A poll with fewer than two answers is being written: it is kept here, and goes to the server once it is one. */
  get pollUnfinished(): boolean {
    const { poll } = this.content;
    return poll !== null && poll.options.filter((option) => option.trim()).length < 2;
  }
  get #sendable(): Content {
    const content = $state.snapshot(this.content) as Content;
    if (this.pollUnfinished) return { ...content, poll: null };
    return content.poll ? { ...content, poll: { ...content.poll, options: content.poll.options.filter((option) => option.trim()) } } : content;
  }

  of(channel: Id): ChannelCheck | undefined {
    return this.check?.channels.find((one) => one.channel === channel);
  }

  changed(): void {
    this.#touched += 1;
    this.saved = this.saved === 'conflict' ? 'conflict' : 'dirty';
    localStorage.setItem(this.#key, JSON.stringify({ content: this.content, channels: this.channels }));
    clearTimeout(this.#save);
    // Whether an approved post is still the approved one, the check says; then it is saved.
    if (this.post?.approval.standing !== 'approved') this.#later();
    this.recheck();
  }

  #later(): void {
    clearTimeout(this.#save);
    this.#save = setTimeout(() => void this.flush().catch(() => undefined), SAVE_AFTER);
  }

  /** Saves a change although it takes back the approval. */
  async drop(): Promise<void> {
    this.drops = false;
    await this.#flush();
  }
  /** Back to what was approved. */
  undo(): void {
    localStorage.removeItem(this.#key);
    if (this.post) this.take(this.post);
  }

  recheck(): void {
    clearTimeout(this.#checking);
    this.#checking = setTimeout(() => void this.#ask(), CHECK_AFTER);
  }

  async #ask(): Promise<void> {
    this.#asked?.abort();
    const mine = new AbortController();
    this.#asked = mine;
    try {
      const body = { content: $state.snapshot(this.content), channels: [...this.channels] };
      const answer = await call('POST /brands/{brand}/posts/check', { brand: this.brand, body }, mine.signal);
      if (this.#asked !== mine) return;
      this.check = answer;
      this.#weigh(answer.hash);
    } catch {
      // The counters stay as they were; saving tells what is wrong with the connection.
      if (!mine.signal.aborted && this.saved === 'dirty' && !this.drops) this.#later();
    }
  }

  #weigh(hash: string): void {
    const approval = this.post?.approval;
    if (approval?.standing !== 'approved') return;
    this.drops = this.saved === 'dirty' && hash !== approval.hash;
    if (this.saved === 'dirty' && !this.drops) this.#later();
  }

  /** Saves now what is not saved yet. Throws what the server refused; nothing typed is lost by that. */
  async flush(): Promise<void> {
    if (this.drops) return;
    await this.#flush();
  }

  async #flush(): Promise<void> {
    clearTimeout(this.#save);
    while (this.#running) await this.#running;
    if (this.saved === 'clean' || this.saved === 'saved' || this.saved === 'conflict') return;
    this.#running = this.#write();
    try {
      await this.#running;
    } finally {
      this.#running = null;
    }
  }

  async #write(): Promise<void> {
    const at = this.#touched;
    const key = this.#key;
    this.saved = 'saving';
    const body = { content: this.#sendable, channels: [...this.channels], schedule: $state.snapshot(this.schedule) };
    try {
      const first = !this.post;
      const post = this.post
        ? await call('PUT /brands/{brand}/posts/{id}', { brand: this.brand, id: this.post.id, body: { ...body, version: this.post.version } })
        : await call('POST /brands/{brand}/posts', { brand: this.brand, body });
      this.post = post;
      this.error = null;
      localStorage.removeItem(key);
      this.saved = at === this.#touched ? 'saved' : 'dirty';
      this.savedAt = Date.now();
      if (first) this.onmade(post);
    } catch (thrown) {
      const error = asApiError(thrown);
      this.error = error;
      this.saved = error.status === 409 ? 'conflict' : 'failed';
      if (error.status === 409 && this.post) this.theirs = await call('GET /brands/{brand}/posts/{id}', { brand: this.brand, id: this.post.id });
      throw error;
    }
  }

  /** Ends a conflict: mine over theirs, or theirs as it is. */
  async settle(whose: 'mine' | 'theirs'): Promise<void> {
    const theirs = this.theirs;
    if (!theirs) return;
    if (whose === 'theirs') {
      localStorage.removeItem(this.#key);
      this.take(theirs);
      return;
    }
    this.post = theirs;
    this.theirs = null;
    this.saved = 'dirty';
    await this.flush();
  }

  end(): void {
    clearTimeout(this.#checking);
    if (this.saved === 'dirty' && !this.drops) void this.flush().catch(() => undefined);
  }
}
