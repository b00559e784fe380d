// A form that is being sent: busy, and what the server said, by field. It holds no values and no rules.
import { asApiError, type ApiError } from '$/api/client';

export class Sending {
  busy = $state(false);
  error = $state.raw<ApiError | null>(null);
  #fields: readonly string[];

  /** `fields`: names under which the server's problems are shown beside a control; all others are shown above the form. */
  constructor(...fields: string[]) {
    this.#fields = fields;
  }

  /** Runs `send` once at a time; true when it succeeded. */
  async run(send: () => Promise<void>): Promise<boolean> {
    if (this.busy) return false;
    this.busy = true;
    this.error = null;
    try {
      await send();
      return true;
    } catch (thrown) {
      this.error = asApiError(thrown);
      return false;
    } finally {
      this.busy = false;
    }
  }

  /** What is wrong with one field. */
  of(field: string): string | null {
    return this.error?.of(field) ?? null;
  }

  /** The refusal, unless all of it is shown beside fields. */
  get above(): ApiError | null {
    return this.error && !this.#fields.some((field) => this.of(field)) ? this.error : null;
  }
}
