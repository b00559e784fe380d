// A typed client of the API of Sarafan: every route with what it takes and answers, problems as errors, lists as streams.
// Changes carry a key, so that asking again after a broken line does nothing twice. It keeps no state.

import createClient, { type Client } from 'openapi-fetch'
import type { components, paths } from './schema.js'

export type { components, paths } from './schema.js'

/** What the API says when it does not do what was asked (RFC 9457), in the language of the person. */
export type Details = components['schemas']['ProblemDetails']

/** An answer that is no success. `details` is missing where something else than Sarafan answered. */
export class Problem extends Error {
  readonly status: number
  readonly code: string
  readonly details: Details | null

  constructor(status: number, details: Details | null) {
    super(details ? [details.detail, details.remedy].filter(Boolean).join(' ') : `HTTP ${status}`)
    this.name = 'Problem'
    this.status = status
    this.code = details?.code ?? 'unknown'
    this.details = details
  }
}

export interface Options {
  /** Where Sarafan is, such as `https://smm.example.org`. */
  url: string
  /** The token of the program. */
  token: string
  /** So often a request is repeated that had no answer, came too often, or met a server that is busy; 3 unless said. */
  tries?: number
  /** What sends a request; that of the platform unless said. */
  fetch?: (request: Request) => Promise<Response>
}

export type Sarafan = Client<paths>

/** The client: `sarafan.GET('/brands')`, `sarafan.POST('/brands/{brand}/posts', { params, body })`. */
export function sarafan(options: Options): Sarafan {
  const { url, token, tries = 3, fetch: send = fetch } = options
  return createClient<paths>({
    baseUrl: `${url.replace(/\/+$/, '')}/api/v1`,
    headers: { authorization: `Bearer ${token}` },
    // An upload is the file itself.
    bodySerializer: (body: unknown) => (body instanceof Blob || body instanceof Uint8Array ? (body as unknown as string) : JSON.stringify(body)),
    fetch: (request) => patiently(request, tries, send),
  })
}

/** What was answered, or a `Problem`. */
export async function take<A extends { data?: unknown; error?: unknown; response: Response }>(answer: Promise<A>): Promise<Exclude<A['data'], undefined>> {
  const { data, error, response } = await answer
  if (response.ok) return data as Exclude<A['data'], undefined>
  const details = typeof error === 'object' && error !== null && 'code' in error ? (error as Details) : null
  throw new Problem(response.status, details)
}

/** Everything on a list, page after page. */
export async function* pages<T>(page: (cursor: string | undefined) => Promise<{ items: T[]; next?: string | null }>): AsyncGenerator<T> {
  let cursor: string | undefined
  do {
    const { items, next } = await page(cursor)
    yield* items
    cursor = next ?? undefined
  } while (cursor)
}

/** Longer than this nobody waits, in seconds. */
const LONGEST = 60

async function patiently(request: Request, tries: number, send: (request: Request) => Promise<Response>): Promise<Response> {
  if (request.method !== 'GET' && !request.headers.has('idempotency-key')) request.headers.set('idempotency-key', crypto.randomUUID())
  for (let left = tries; ; left -= 1) {
    const wait = (seconds: number): Promise<void> => new Promise((done) => setTimeout(done, seconds * 1000))
    try {
      const answer = await send(request.clone())
      const after = Number(answer.headers.get('retry-after') ?? Number.NaN)
      const busy = answer.status === 429 || answer.status === 503
      if (left <= 1 || !busy || after > LONGEST) return answer
      await wait(Number.isNaN(after) ? 2 ** (tries - left) : after)
    } catch (thrown) {
      if (left <= 1 || request.signal.aborted) throw thrown
      await wait(2 ** (tries - left))
    }
  }
}
