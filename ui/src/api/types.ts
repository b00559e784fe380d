// The shapes of /api/v1 that the screens use. The one door for type imports: what stands behind it (by hand now, generated from the OpenAPI
// file later) is nobody else's business. No behaviour here.
export type Id = string;
/** RFC 3339, UTC. */
export type Instant = string;
/** Civil time without a zone: "2026-12-01T10:00". */
export type Wall = string;
/** IANA name. */
export type Zone = string;
export type Lang = 'ru' | 'pl' | 'en';
export type Role = 'owner' | 'manager' | 'author' | 'moderator' | 'analyst' | 'client';
export type Action =
  | 'post.write' | 'post.publish' | 'post.delete' | 'channel.connect' | 'channel.pause' | 'member.invite' | 'member.change'
  | 'brand.settings' | 'plan.import' | 'asset.write' | 'delivery.resolve' | 'brand.pause' | 'numbers.read';

export interface Page<T> { items: T[]; next: string | null }
export interface Problem {
  code: string; field: string; severity: 'error' | 'warning'; message: string; remedy: string | null; fix: string | null;
  network: string | null; channel: Id | null; span: [number, number] | null;
}
export interface ProblemBody {
  type: string; title: string; status: number; code: string; detail: string; remedy: string | null; field: string | null; problems: Problem[];
  current?: Post;
}

export interface SetupState { needs_owner: boolean; demo: boolean; version: string; languages: Lang[] }
export type Theme = 'system' | 'light' | 'dark';
export interface Person { id: Id; email: string; name: string; language: Lang; theme: Theme }
export interface BrandBrief {
  id: Id; name: string; language: string; time_zone: Zone; country: string; role: Role; may: string[]; paused: boolean;
}
export interface Session { person: Person; brands: BrandBrief[]; installation_owner: boolean }
export interface Rubric { id: Id; key: string; name: string; purpose: string; color: number; target_share: number | null }
export type Brand = BrandBrief & { rubrics: Rubric[]; labels: string[]; late_policy_minutes: number };
export interface Member { person: { id: Id; name: string; email: string }; role: Role; since: Instant }
export interface Invitation { id: Id; email: string; role: Role; expires_at: Instant; url: string | null }
export interface InvitationBrief { brand: string; email: string; role: Role; person_exists: boolean }

export type FieldInput =
  | { kind: 'text'; max: number; secret: boolean; multiline: boolean }
  | { kind: 'flag' }
  | { kind: 'choice'; choices: { value: string; label: string }[] }
  | { kind: 'number'; min: number; max: number }
  | { kind: 'list'; max_items: number; max: number };
export interface Field { key: string; label: string; help: string | null; input: FieldInput; required: boolean; default: string | null }
export interface MediaRule {
  kind: 'image' | 'video' | 'gif' | 'document'; types: string[]; max_bytes: number; max_side: number | null; max_ratio: number | null;
  max_seconds: number | null; max_count: number;
}
export interface Format {
  kind: 'feed' | 'story' | 'short' | 'article'; text_max: number; text_unit: string; media_min: number; media_max: number; media: MediaRule[];
  /** Characters of an alternative text. */
  alt_max: number;
}
export interface Network {
  id: string; title: string; docs: string; color: string; mark: string; setup: string; connect: Field[]; oauth: boolean; options: Field[];
  formats: Format[]; abilities: string[]; repeat: 'native_key' | 'find_own' | 'blind';
  text: { unit: string; max: number; max_bytes: number | null; url_weight: number | null }; link_card: boolean;
}
export interface Slot { weekday: number; time: string }
export interface ChannelHealth {
  checked_at: Instant | null; ok: boolean; message: string | null; remedy: string | null; expires_at: Instant | null;
}
export interface Channel {
  id: Id; network: string; name: string; handle: string; url: string | null; state: 'ok' | 'paused' | 'reconnect';
  paused_reason: string | null; health: ChannelHealth; time_zone: Zone; slots: Slot[]; limits: { text_max: number } | null;
  followers: number | null; abilities: string[];
  /** The network asked us to wait until then. */
  blocked_until: Instant | null;
}
export type Connected =
  | { connected: Channel }
  | { choose: { external_id: string; name: string; handle: string }[]; connect_id: Id }
  | { redirect: string };

export type PostState = 'draft' | 'scheduled' | 'sending' | 'sent' | 'partly' | 'failed' | 'unknown' | 'cancelled' | 'deleted';
export interface MediaRef { asset: Id; alt: string }
export interface VariantPatch {
  target: string; text: string | null; media: MediaRef[] | null; first_comment: string | null; link: string | null;
}
export interface Poll { options: string[]; multiple: boolean; hours: number }
export interface Content {
  rubric: Id | null; campaign: string; labels: string[]; language: string; text: string; media: MediaRef[]; link: string | null;
  first_comment: string; poll: Poll | null; options: Record<string, Record<string, string>>; variants: VariantPatch[];
  delete_after_minutes: number | null;
}
export interface Schedule { mode: 'at' | 'slot'; wall: Wall; zone: Zone }
export interface RepeatRule {
  every: 'day' | 'week' | 'month' | 'year'; interval: number; weekdays: number[];
  end: { kind: 'never' } | { kind: 'count'; count: number } | { kind: 'until'; date: string };
}
export interface Author { id: Id; name: string }
export interface Post {
  id: Id; version: number; key: string | null; state: PostState; content: Content; channels: Id[]; schedule: Schedule | null;
  repeat: RepeatRule | null; series: Id | null; problems: Problem[]; deliveries: Delivery[]; author: Author; created_at: Instant;
  updated_at: Instant; due_at: Instant | null;
}
export interface PostBrief {
  id: Id; version: number; key: string | null; state: PostState; title: string; rubric: Id | null; labels: string[]; campaign: string;
  language: string; networks: string[]; channels: Id[]; due_at: Instant | null; wall: Wall | null; zone: Zone | null; thumb: Id | null;
  author: Author; problems: number; updated_at: Instant;
}
export type When = { mode: 'now' } | { mode: 'at'; wall: Wall; zone: Zone; fold?: 'earlier' | 'later' } | { mode: 'slot' };
export interface PreviewMedia { asset: Id; alt: string; converted_to: string | null; max_bytes: number | null }
export interface ChannelCheck {
  channel: Id; network: string; count: number; max: number; parts: { count: number; max: number }[]; problems: Problem[];
  preview: { parts: string[]; media: PreviewMedia[]; link_card: string | null; first_comment: string; poll: string[] };
}
export interface PostCheck { channels: ChannelCheck[]; slot: { channel: Id; at: Instant; wall: Wall; zone: Zone }[] }
export interface RepeatDate { wall: Wall; at: Instant; shifted: boolean }
export interface CalendarAnswer { items: PostBrief[]; holidays: { date: string; name: string }[]; more: boolean }
export interface Today {
  now: Instant; zone: Zone;
  needs: { failed: Delivery[]; unknown: Delivery[]; held: Delivery[]; reconnect: Channel[]; drafts_with_problems: number };
  timeline: Delivery[]; yesterday: Tile[]; health: Health;
}

export type DeliveryState = 'scheduled' | 'sending' | 'waiting' | 'sent' | 'failed' | 'unknown' | 'held' | 'cancelled' | 'deleted';
export interface Delivery {
  id: Id; post: Id; title: string; channel: Id; channel_name: string; network: string; state: DeliveryState; due_at: Instant; wall: Wall; zone: Zone;
  sent_at: Instant | null; url: string | null; external_id: string | null; attempts: number;
  reason: { code: string; message: string; remedy: string | null } | null; next_at: Instant | null; late_ms: number | null;
  can: ('cancel' | 'retry' | 'resolve' | 'delete' | 'update' | 'send_now')[];
}
export interface Attempt {
  n: number; step: number; kind: 'publish' | 'resume' | 'find' | 'edit' | 'delete' | 'first_comment'; started_at: Instant;
  ended_at: Instant | null; outcome: string; words: string; by: string | null;
}
export type DeliveryStory = Delivery & { history: Attempt[] };
export type DeliveryPage = Page<Delivery> & { counts: Partial<Record<DeliveryState, number>> };
export type Resolution = { outcome: 'sent'; url?: string; external_id?: string } | { outcome: 'not_sent'; again: boolean };

export interface Asset {
  id: Id; name: string; folder: string; labels: string[]; kind: 'image' | 'gif' | 'video' | 'document'; mime: string; bytes: number;
  width: number | null; height: number | null; seconds: number | null; alt: string; source: string; rights: string; created_at: Instant;
  used: number; problems: { network: string; code: string; message: string; fix: string | null }[];
}
export type AssetPage = Page<Asset> & { folders: { name: string; count: number }[]; labels: string[] };

export interface ImportRow {
  line: number; id: string; ok: boolean; title: string; at: Wall | null; zone: Zone; channels: string[]; problems: Problem[];
  post: Id | null; result: 'scheduled' | 'draft' | 'skipped' | null;
}
export interface ImportReport {
  encoding: string; separator: string; columns: { name: string; field: string | null }[]; fields: string[]; rows: ImportRow[];
  counts: { ok: number; problems: number; skipped: number }; saved: boolean; job: Id;
}

export interface Series { metric: string; unit: string; channel: Id | null; points: [Instant, number | null][] }
export interface MetricInfo { key: string; name: string; unit: 'count' | 'ratio' | 'seconds'; formula: string; denominator: string | null }
export interface PostNumbers {
  delivery: Id; url: string | null;
  post: Id; title: string; thumb: Id | null; channel: Id; network: string; sent_at: Instant | null; values: Record<string, number | null>;
}
export interface PostStats {
  deliveries: (PostNumbers & { series: Series[] })[]; metrics: MetricInfo[];
}
export interface ChannelStats { latest: Record<string, number | null>; series: Series[]; posts: PostNumbers[]; metrics: MetricInfo[] }
export interface Tile {
  metric: string; value: number | null; previous: number | null; change: number | null; spark: (number | null)[]; missing: string | null;
}
/** `share` and `target` are ratios; `rubric` is null for posts without one. */
export interface RubricNumbers { rubric: Id | null; posts: number; share: number | null; target: number | null; engagement: number | null }
export interface Overview {
  tiles: Tile[]; followers: Series[]; engagement: Series[]; best: PostNumbers[]; worst: PostNumbers[]; hours: (number | null)[][];
  rubrics: RubricNumbers[]; metrics: MetricInfo[];
}
export interface Health {
  ok: boolean; queue: { oldest_due_seconds: number; processed_seconds_ago: number | null; due: number };
  worker: { alive: boolean; seen_seconds_ago: number | null }; version: string;
}
