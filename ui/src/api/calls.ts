// Every call of /api/v1 with what it takes and what it answers, read from the server's document. No code runs here, and no call is listed by hand.
import type { paths } from './schema';
import type { Full, ImportReport, ImportRow, MetricInfo, Post, PostCheck, Problem } from './types';

type Method = 'get' | 'post' | 'put' | 'patch' | 'delete';
type None = Record<never, never>;

/** "GET /brands/{brand}/posts": all that the server has. */
export type CallName = { [P in keyof paths & string]: { [M in Method]: paths[P][M] extends object ? `${Uppercase<M>} ${P}` : never }[Method] }[keyof paths & string];

type Operation<N extends CallName> = N extends `${infer M} ${infer P}` ? (P extends keyof paths ? paths[P][Lowercase<M> & Method] : never) : never;

type Json<R> = R extends { content: { 'application/json': infer T } } ? T : None;
type Good<R> = 200 extends keyof R ? Json<R[200]> : 201 extends keyof R ? Json<R[201]> : None;
/** 202: it went well so far, and something more is asked for. */
type Answered<O> = O extends { responses: infer R } ? Good<R> | (202 extends keyof R ? Json<R[202]> : never) : None;

/** Types that the document describes more loosely than they are keep their exact names. */
type Exact<T> = T extends { rows: unknown; separator: unknown } ? ImportReport
  : T extends { content: unknown; deliveries: unknown } ? Post
  : T extends { channels: { preview: unknown }[]; slot: unknown } ? PostCheck
  : T extends { metrics: unknown } ? Omit<T, 'metrics'> & { metrics: MetricInfo[] }
  : T;
export type Answer<N extends CallName> = Exact<Full<Answered<Operation<N>>>>;

type Body<O> = O extends { requestBody: { content: { 'application/json': infer B } } } ? { body: B } : O extends { requestBody?: { content: { 'application/json': infer B } } } ? { body?: B } : None;
type Path<O> = O extends { parameters: { path: infer P extends object } } ? { [K in keyof P]: string } : None;
type Query<O> = O extends { parameters: { query: infer Q extends object } } ? { query: Q } : O extends { parameters: { query?: infer Q } } ? ([Q] extends [never] ? None : [Q] extends [undefined] ? None : { query?: Q }) : None;

/** What a call takes: its path parameters by name, and `query` and `body` where it has them. Call by call: all paths with all bodies are too many. */
export type Taking<N extends CallName> = N extends CallName ? Path<Operation<N>> & Query<Operation<N>> & Body<Operation<N>> : never;

export type { ImportRow, Problem };
