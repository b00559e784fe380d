// An import as it goes on: the files, what was said about them, the preview, the result. Kept outside the page, so that going elsewhere and
// coming back loses nothing, and an import under way goes on.
import { asApiError, type ApiError } from '$/api/client';
import type { ImportReport } from '$/api/types';
import { upload, type Sending } from '$/api/upload';
import { t } from '$/app/i18n.svelte';
import { onLive } from '$/app/live.svelte';
import { router } from '$/app/router.svelte';
import { toast } from '$/app/toasts.svelte';
import { bodyOf, queryOf, sorted } from './form';
import { outcome } from './rows';

export type Stage = 'files' | 'reading' | 'preview' | 'saving' | 'done';

export class Job {
  stage = $state<Stage>('files');
  plan = $state.raw<File | null>(null);
  media = $state.raw<File[]>([]);
  /** Second tables among the files: they were not taken. */
  left = $state.raw<string[]>([]);
  encoding = $state('');
  separator = $state('');
  dateOrder = $state('');
  /** What a person said about columns: name -> field, '' leaves it out. */
  map = $state.raw<Readonly<Record<string, string>>>({});
  report = $state.raw<ImportReport | null>(null);
  error = $state.raw<ApiError | null>(null);
  sent = $state.raw<Sending | null>(null);
  rows = $state.raw<{ done: number; total: number } | null>(null);
  startedAt = $state(0);
  #failed: 'reading' | 'saving' = 'reading';
  #following: string | null = null;
  #stop: AbortController | null = null;

  constructor(readonly brand: string) {
    onLive('import', (event) => {
      if (this.stage !== 'reading' && this.stage !== 'saving') return;
      // The name of our import is told with its answer only: the first one that fits is ours.
      if (this.stage === 'saving' && event.total !== this.report?.rows.length) return;
      this.#following ??= event.job;
      if (event.job === this.#following) this.rows = { done: event.done, total: event.total };
    });
  }

  /** Takes files: a plan replaces the plan, pictures are added. */
  take(files: readonly File[]): void {
    const { plan, media, left } = sorted(files);
    this.left = left.map((file) => file.name);
    if (plan) {
      if (this.stage === 'done') this.#clear();
      this.plan = plan;
      this.map = {};
      this.encoding = '';
      this.separator = '';
      this.dateOrder = '';
    }
    const names = new Set(media.map((file) => file.name));
    if (media.length) this.media = [...this.media.filter((file) => !names.has(file.name)), ...media];
    if (this.plan && this.stage !== 'done') void this.read();
  }
  drop(name: string): void {
    this.media = this.media.filter((file) => file.name !== name);
    if (this.plan) void this.read();
  }

  /** Another reading of the same file. */
  say(change: Partial<Pick<Job, 'encoding' | 'separator' | 'dateOrder'>>): void {
    Object.assign(this, change);
    void this.read();
  }
  mapTo(column: string, field: string): void {
    // A field has one column: whoever had it by a person's word gives it up.
    const rest = Object.fromEntries(Object.entries(this.map).filter(([, of]) => of === '' || of !== field));
    this.map = { ...rest, [column]: field };
    void this.read();
  }
  forget(): void {
    this.map = {};
    this.say({ encoding: '', separator: '', dateOrder: '' });
  }

  /** Shows what is in the file; nothing is saved. */
  async read(): Promise<void> {
    const answer = await this.#send('reading', true);
    if (answer) {
      this.report = answer;
      this.stage = 'preview';
    } else if (this.stage === 'reading') this.stage = this.report ? 'preview' : 'files';
  }

  /** Makes posts of the rows. */
  async save(): Promise<void> {
    const answer = await this.#send('saving', false);
    if (answer) {
      this.report = answer;
      this.stage = 'done';
      if (!router.path.endsWith('/plan')) {
        const made = outcome(answer.rows);
        toast(t('plan-done-toast', { count: made.scheduled + made.drafts }), { tone: 'good', action: { label: t('plan-look'), run: () => router.go(`/b/${this.brand}/plan`) } });
      }
    } else if (this.stage === 'saving') this.stage = 'preview';
  }

  /** What failed, again. Rows that were saved before are passed over by the server. */
  retry(): Promise<void> {
    return this.#failed === 'saving' ? this.save() : this.read();
  }

  async #send(stage: 'reading' | 'saving', dryRun: boolean): Promise<ImportReport | null> {
    const { plan } = this;
    if (!plan) return null;
    this.#stop?.abort();
    const mine = new AbortController();
    this.#stop = mine;
    this.stage = stage;
    this.error = null;
    this.sent = null;
    this.rows = null;
    this.#following = null;
    this.startedAt = Date.now();
    try {
      const path = `/brands/${this.brand}/plan/import${queryOf(dryRun, this)}`;
      return await upload<ImportReport>(path, bodyOf(plan, this.media), (now) => (this.sent = now), mine.signal);
    } catch (thrown) {
      if (!mine.signal.aborted) {
        this.error = asApiError(thrown);
        this.#failed = stage;
      }
      return null;
    }
  }

  /** Begins anew with nothing. */
  restart(): void {
    this.#stop?.abort();
    this.#clear();
    this.stage = 'files';
  }
  #clear(): void {
    this.plan = null;
    this.media = [];
    this.left = [];
    this.map = {};
    this.report = null;
    this.error = null;
    this.stage = 'files';
  }
}

const jobs = new Map<string, Job>();
/** The import of a brand; there is one at a time. */
export function jobOf(brand: string): Job {
  const known = jobs.get(brand);
  if (known) return known;
  const fresh = new Job(brand);
  jobs.set(brand, fresh);
  return fresh;
}
