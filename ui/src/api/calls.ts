// Every call of /api/v1 with what it takes and what it answers: the seam between the screens and the contract. No code runs here.
import type * as T from './types';

interface Paging { cursor?: string; limit?: number }
type None = Record<never, never>;

/** "METHOD /path" -> query, body and answer. Path parameters are read from the braces. */
export interface Calls {
  'GET /setup': { answer: T.SetupState };
  'POST /setup': { body: { token: string; email: string; name: string; password: string; language: T.Lang }; answer: T.Session };
  'GET /session': { answer: T.Session };
  'POST /session': { body: { email: string; password: string }; answer: T.Session };
  'DELETE /session': { answer: None };
  'PATCH /profile': {
    body: { name?: string; language?: T.Lang; theme?: T.Theme; password?: { old: string; new: string } };
    answer: T.Person;
  };
  'GET /time-zones': { answer: string[] };
  'GET /invitations/{token}': { answer: T.InvitationBrief };
  'POST /invitations/{token}': { body: { name: string; password: string; language: T.Lang }; answer: T.Session };

  'GET /brands': { answer: T.BrandBrief[] };
  'POST /brands': { body: { name: string; language: string; time_zone: T.Zone; country: string }; answer: T.Brand };
  'GET /brands/{brand}': { answer: T.Brand };
  'PATCH /brands/{brand}': {
    body: Partial<Pick<T.Brand, 'name' | 'language' | 'time_zone' | 'country' | 'late_policy_minutes'>>;
    answer: T.Brand;
  };
  'GET /brands/{brand}/rubrics': { answer: T.Rubric[] };
  'POST /brands/{brand}/rubrics': { body: Omit<T.Rubric, 'id'>; answer: T.Rubric };
  'PATCH /brands/{brand}/rubrics/{id}': { body: Partial<Omit<T.Rubric, 'id'>>; answer: T.Rubric };
  'DELETE /brands/{brand}/rubrics/{id}': { answer: None };
  'POST /brands/{brand}/pause': { body: { paused: boolean; reason?: string }; answer: T.Brand };
  'GET /pause': { answer: { paused: boolean } };
  'POST /pause': { body: { paused: boolean }; answer: { paused: boolean } };
  'GET /brands/{brand}/members': { answer: { members: T.Member[]; invitations: T.Invitation[] } };
  'PATCH /brands/{brand}/members/{person}': { body: { role: T.Role }; answer: T.Member };
  'DELETE /brands/{brand}/members/{person}': { answer: None };
  'POST /brands/{brand}/invitations': { body: { email: string; role: T.Role }; answer: T.Invitation };
  'DELETE /brands/{brand}/invitations/{id}': { answer: None };

  'GET /networks': { answer: T.Network[] };
  'GET /brands/{brand}/channels': { answer: T.Channel[] };
  'POST /brands/{brand}/channels/connect': { body: { network: string; fields: Record<string, string> }; answer: T.Connected };
  'GET /brands/{brand}/channels/connect/{connect}': { answer: T.Connected };
  'POST /brands/{brand}/channels/connect/{connect}': { body: { external_id: string }; answer: T.Connected };
  'GET /brands/{brand}/channels/{id}': { answer: T.Channel };
  'PATCH /brands/{brand}/channels/{id}': { body: { name?: string; time_zone?: T.Zone }; answer: T.Channel };
  'DELETE /brands/{brand}/channels/{id}': { answer: None };
  'POST /brands/{brand}/channels/{id}/pause': { body: { reason?: string }; answer: T.Channel };
  'POST /brands/{brand}/channels/{id}/resume': { answer: T.Channel };
  'POST /brands/{brand}/channels/{id}/check': { answer: T.Channel };
  'PUT /brands/{brand}/channels/{id}/slots': { body: T.Slot[]; answer: T.Channel };
  'POST /brands/{brand}/channels/{id}/reconnect': { body: { fields: Record<string, string> }; answer: T.Channel };

  'GET /brands/{brand}/posts': {
    query: Paging & {
      state?: string; channel?: string; network?: string; rubric?: string; label?: string; q?: string; from?: string; to?: string;
      sort?: 'due' | 'updated';
    };
    answer: T.Page<T.PostBrief>;
  };
  'POST /brands/{brand}/posts': {
    body: { content: T.Content; channels: T.Id[]; schedule?: T.Schedule | null; key?: string };
    answer: T.Post;
  };
  'GET /brands/{brand}/posts/{id}': { answer: T.Post };
  'PUT /brands/{brand}/posts/{id}': {
    body: { version: number; content: T.Content; channels: T.Id[]; schedule: T.Schedule | null };
    answer: T.Post;
  };
  'DELETE /brands/{brand}/posts/{id}': { answer: None };
  'POST /brands/{brand}/posts/{id}/duplicate': { answer: T.Post };
  'POST /brands/{brand}/posts/{id}/schedule': { body: { version: number; when: T.When; repeat?: T.RepeatRule | null }; answer: T.Post };
  'POST /brands/{brand}/posts/{id}/move': { body: { version: number; wall: T.Wall; zone: T.Zone; fold?: 'earlier' | 'later' }; answer: T.Post };
  'POST /brands/{brand}/posts/{id}/unschedule': { body: { version: number }; answer: T.Post };
  'POST /brands/{brand}/posts/check': {
    body: { content: T.Content; channels: T.Id[]; schedule?: T.Schedule | null };
    answer: T.PostCheck;
  };
  'POST /brands/{brand}/posts/repeat-preview': {
    body: { wall: T.Wall; zone: T.Zone; repeat: T.RepeatRule };
    answer: { dates: T.RepeatDate[] };
  };
  'POST /brands/{brand}/posts/typography': { body: { text: string; language: string }; answer: { text: string } };
  'GET /brands/{brand}/posts/{id}/stats': { answer: T.PostStats };
  'GET /brands/{brand}/calendar': { query: { from: string; to: string; channel?: string; rubric?: string }; answer: T.CalendarAnswer };
  'GET /brands/{brand}/today': { answer: T.Today };

  'GET /brands/{brand}/deliveries': {
    query: Paging & { state?: string; channel?: string; from?: string; to?: string; latest_first?: boolean };
    answer: T.DeliveryPage;
  };
  'GET /brands/{brand}/deliveries/{id}': { answer: T.DeliveryStory };
  'POST /brands/{brand}/deliveries/{id}/retry': { answer: T.DeliveryStory };
  'POST /brands/{brand}/deliveries/{id}/send-now': { answer: T.DeliveryStory };
  'POST /brands/{brand}/deliveries/{id}/cancel': { answer: T.DeliveryStory };
  'POST /brands/{brand}/deliveries/{id}/resolve': { body: T.Resolution; answer: T.DeliveryStory };
  'POST /brands/{brand}/deliveries/{id}/delete': { answer: T.DeliveryStory };
  'POST /brands/{brand}/deliveries/{id}/update': { answer: T.DeliveryStory };

  'GET /brands/{brand}/assets': { query: Paging & { q?: string; folder?: string; label?: string; kind?: string }; answer: T.AssetPage };
  'GET /brands/{brand}/assets/{id}': { answer: T.Asset };
  'PATCH /brands/{brand}/assets/{id}': {
    body: Partial<Pick<T.Asset, 'name' | 'folder' | 'labels' | 'alt' | 'source' | 'rights'>>;
    answer: T.Asset;
  };
  'DELETE /brands/{brand}/assets/{id}': { answer: None };
  'GET /brands/{brand}/assets/{id}/uses': { answer: T.PostBrief[] };

  'GET /brands/{brand}/channels/{id}/stats': { query: { from?: string; to?: string }; answer: T.ChannelStats };
  'GET /brands/{brand}/overview': { query: { from?: string; to?: string }; answer: T.Overview };
}

export type CallName = keyof Calls;
type Names<P extends string> = P extends `${string}{${infer N}}${infer Rest}` ? N | Names<Rest> : never;
type Part<C, K extends string> = C extends { [k in K]: infer V } ? V : never;

/** What a call takes: its path parameters by name, and `query` and `body` where it has them. */
export type Taking<N extends CallName> =
  Record<Names<N>, string> &
    (Calls[N] extends { query: unknown } ? (None extends Part<Calls[N], 'query'> ? { query?: Part<Calls[N], 'query'> } : { query: Part<Calls[N], 'query'> }) : None) &
    (Calls[N] extends { body: unknown } ? { body: Part<Calls[N], 'body'> } : None);
export type Answer<N extends CallName> = Calls[N]['answer'];
