// The one way to the server: typed calls, problems as ApiError, and a sign-in in between when the session has ended.
// It keeps no data and knows no screen.
import createClient from 'openapi-fetch';
import { t } from '$/app/i18n.svelte';
import type { Answer, CallName, Taking } from './calls';
import type { Post, Problem, ProblemBody } from './types';

/** What the server refused, in the reader's words. `remedy` says what to do; `problems` point at fields. */
export class ApiError extends Error {
  readonly status: number;
  readonly code: string;
  readonly detail: string;
  readonly remedy: string | null;
  readonly field: string | null;
  readonly problems: Problem[];
  /** The server's newer version, when two people edited one post. */
  readonly current: Post | null;

  constructor(status: number, body: Partial<ProblemBody>) {
    super(body.detail ?? body.title ?? String(status));
    this.name = 'ApiError';
    this.status = status;
    this.code = body.code ?? 'internal';
    this.detail = body.detail || body.title || t('ui-error-unexpected');
    this.remedy = body.remedy ?? null;
    this.field = body.field ?? null;
    this.problems = body.problems ?? [];
    this.current = body.current ?? null;
  }

  /** The message for one field of a form, if the server named it. */
  of(field: string): string | null {
    const problem = this.problems.find((p) => p.field === field);
    if (problem) return problem.remedy ? `${problem.message} ${problem.remedy}` : problem.message;
    return this.field === field ? this.detail : null;
  }
}

/** Makes an ApiError of anything that was thrown. */
export function asApiError(thrown: unknown): ApiError {
  if (thrown instanceof ApiError) return thrown;
  return new ApiError(0, { code: 'unexpected', detail: t('ui-error-unexpected'), remedy: thrown instanceof Error ? thrown.message : null });
}

export const API_ROOT = '/api/v1';

interface Hooks { language: () => string; signIn: (() => Promise<boolean>) | null }
/** Set by the session: how a call learns the language, and how it asks the person to sign in again. */
export const hooks: Hooks = { language: () => document.documentElement.lang, signIn: null };

// eslint-disable-next-line @typescript-eslint/no-explicit-any -- paths are typed by Calls
const client = createClient<any>({ baseUrl: API_ROOT, credentials: 'same-origin' });
const OPEN = new Set(['POST /session', 'GET /session', 'DELETE /session', 'GET /setup', 'POST /setup']);

type Args<N extends CallName> = Record<never, never> extends Taking<N> ? [taking?: Taking<N>, signal?: AbortSignal] : [taking: Taking<N>, signal?: AbortSignal];

/** Calls the server: `await call('GET /brands/{brand}/posts/{id}', { brand, id })`. Throws ApiError. */
export async function call<N extends CallName>(name: N, ...args: Args<N>): Promise<Answer<NoInfer<N>>> {
  // Taken apart by hand: what all calls take together is more than the compiler wants to write out.
  const [taking, signal] = args as unknown as [taking?: Record<string, unknown>, signal?: AbortSignal];
  const { query, body, ...path } = taking ?? {};
  const [method = 'GET', template = ''] = name.split(' ');
  for (;;) {
    const answer = await once(method, template, { path, query: withoutEmpty(query) }, body, signal);
    if (answer.ok) return answer.data as Answer<NoInfer<N>>;
    if (answer.error.status === 401 && answer.error.code === 'signed_out' && !OPEN.has(name) && hooks.signIn && (await hooks.signIn())) continue;
    throw answer.error;
  }
}

type Outcome = { ok: true; data: unknown } | { ok: false; error: ApiError };

async function once(method: string, template: string, params: unknown, body: unknown, signal?: AbortSignal): Promise<Outcome> {
  try {
    const headers = { 'Accept-Language': hooks.language(), ...(body === undefined && method !== 'GET' ? { 'Content-Type': 'application/json' } : {}) };
    const { data, error, response } = await client.request(method.toLowerCase() as 'get', template, { params, body, signal, headers } as never);
    if (response.ok) return { ok: true, data: data ?? {} };
    return { ok: false, error: new ApiError(response.status, typeof error === 'object' && error ? error : {}) };
  } catch (thrown) {
    if (thrown instanceof DOMException && thrown.name === 'AbortError') throw thrown;
    if (thrown instanceof SyntaxError) return { ok: false, error: new ApiError(0, { code: 'unreadable', detail: t('ui-error-unexpected') }) };
    return { ok: false, error: new ApiError(0, { code: 'offline', detail: t('ui-error-offline'), remedy: t('ui-error-offline-remedy') }) };
  }
}

function withoutEmpty(query: unknown): Record<string, unknown> | undefined {
  if (typeof query !== 'object' || query === null) return undefined;
  return Object.fromEntries(Object.entries(query).filter(([, value]) => value !== undefined && value !== null && value !== ''));
}

/** Address of a file of the library, for `src` of a picture. */
export function thumbUrl(brand: string, asset: string, size: 160 | 480 | 1280 = 160): string {
  return `${API_ROOT}/brands/${brand}/assets/${asset}/thumb?size=${size}`;
}
export function fileUrl(brand: string, asset: string): string {
  return `${API_ROOT}/brands/${brand}/assets/${asset}/file`;
}
