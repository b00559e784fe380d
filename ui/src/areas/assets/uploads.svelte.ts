// Files on their way into the library: two at a time, each with its progress; a refused one says why and stays until it is waved away.
import { asApiError, type ApiError } from '$/api/client';
import { upload } from '$/api/upload';
import type { Asset } from '$/api/types';

export interface Upload { readonly id: number; readonly name: string; readonly total: number; readonly startedAt: number; loaded: number; error: ApiError | null }
const AT_ONCE = 2;
let next = 1;

export class Uploads {
  list = $state<Upload[]>([]);
  #waiting: { one: Upload; file: File; folder: string }[] = [];
  #running = 0;

  constructor(readonly brand: () => string, readonly ondone: (asset: Asset) => void) {}

  add(files: Iterable<File>, folder: string): void {
    for (const file of files) {
      this.list.push({ id: next++, name: file.name, total: file.size, startedAt: Date.now(), loaded: 0, error: null });
      const one = this.list.at(-1);
      if (one) this.#waiting.push({ one, file, folder });
    }
    while (this.#running < AT_ONCE && this.#waiting.length) void this.#run();
  }

  async #run(): Promise<void> {
    const job = this.#waiting.shift();
    if (!job) return;
    this.#running += 1;
    try {
      const where = `/brands/${this.brand()}/assets?name=${encodeURIComponent(job.file.name)}&folder=${encodeURIComponent(job.folder)}`;
      const asset = await upload<Asset>(where, job.file, (now) => (job.one.loaded = now.loaded));
      this.dismiss(job.one);
      this.ondone(asset);
    } catch (thrown) {
      job.one.error = asApiError(thrown);
    }
    this.#running -= 1;
    void this.#run();
  }

  dismiss(one: Upload): void {
    this.list = this.list.filter((other) => other.id !== one.id);
  }
}
