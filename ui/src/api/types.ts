// The shapes of /api/v1 under the names that the screens use. All come from schema.d.ts, which `npm run schema` makes of the server's own
// document: a change there is found here by the compiler. The one door for type imports. No behaviour here.
import type { components } from './schema';

type S = components['schemas'];

/** The server writes every field of an answer, null where there is nothing; its document only says that such a field may be missing. */
export type Full<T> = T extends string | number | boolean | null
  ? T
  : T extends readonly (infer U)[]
    ? number extends T['length']
      ? Full<U>[]
      : { [K in keyof T]: Full<T[K]> }
    : T extends object
      ? { [K in keyof T]-?: Full<Exclude<T[K], undefined>> }
      : T;
/** Replaces fields that the document describes more loosely than they are. */
type With<T, Change> = Omit<T, keyof Change> & Change;

export type Id = string;
/** RFC 3339, UTC. */
export type Instant = string;
/** Civil time without a zone: "2026-12-01T10:00". */
export type Wall = string;
/** IANA name. */
export type Zone = string;
export type Lang = S['Lang'];
export type Role = S['Role'];
export type Theme = S['Theme'];
/** What `may` of a brand can hold. */
export type Action =
  | 'read'
  | 'post.write' | 'post.publish' | 'post.delete' | 'post.submit' | 'post.approve' | 'review.link' | 'channel.connect' | 'channel.pause' | 'member.change'
  | 'brand.settings' | 'plan.import' | 'asset.write' | 'delivery.resolve' | 'brand.pause' | 'brand.transfer' | 'numbers.read' | 'audit.read' | 'brand.export' | 'discuss';

export interface Page<T> { items: T[]; next: string | null }
/** `span`: from and to in UTF-16 units of the text. */
export type Problem = With<Full<S['ProblemView']>, { span: [number, number] | null }>;
export type ProblemBody = With<Full<S['ProblemDetails']>, { problems: Problem[]; current?: Post }>;

export type SetupState = Full<S['SetupView']>;
export type Person = Full<S['PersonView']>;
export type BrandBrief = Full<S['BrandBriefView']>;
export type Session = Full<S['SessionView']>;
export type SecondStep = Full<S['SecondStepView']>;
export type Way = S['Way'];
export type Device = Full<S['DeviceView']>;
export type Identity = Full<S['IdentityView']>;
export type Factors = Full<S['FactorsView']>;
export type TotpSetup = Full<S['TotpSetup']>;
export type Passkey = Full<S['PasskeyView']>;
export type Qr = Full<S['QrView']>;
export type Rubric = Full<S['RubricView']>;
export type Brand = Full<S['BrandView']>;
export type Member = Full<S['MemberView']>;
export type Invitation = Full<S['InvitationView']>;
export type NoticeKind = S['NoticeKind'];
export type NoticeWays = S['NoticeWays'];
export type Invite = Full<S['InviteView']>;
export type NoticePage = Full<S['NoticePage']>;
export type Notice = NoticePage['items'][number];
export type Note = Full<S['NoteView']>;
export type Task = Full<S['TaskView']>;
export type Scope = S['Scope'];
export type Token = Full<S['TokenView']>;
export type Topic = S['Topic'];
export type Webhook = Full<S['WebhookView']>;
export type WebhookMessage = Full<S['MessageView']>;
export type InvitationBrief = Full<S['InvitationInfo']>;

export type FieldInput = Full<S['InputView']>;
export type Field = Full<S['FieldView']>;
export type MediaRule = Full<S['MediaRuleView']>;
export type Format = Full<S['FormatView']>;
export type Network = Full<S['NetworkView']>;
export type Slot = Full<S['SlotTime']>;
export type ChannelHealth = Full<S['ChannelHealth']>;
export type Channel = Full<S['ChannelView']>;
export type Connected = Full<S['ConnectView']>;

export type PostState = S['PostState'];
export type MediaRef = Full<S['MediaRef']>;
export type VariantPatch = Full<S['VariantPatch']>;
export type Poll = Full<S['Poll']>;
export type Content = Full<S['Content']>;
export type Schedule = Full<S['ScheduleView']>;
export type RepeatRule = Full<S['RepeatRule']>;
export type Author = Full<S['AuthorView']>;
export type Post = With<Full<S['PostView']>, { problems: Problem[] }>;
export type PostBrief = Full<S['PostBriefView']>;
export type When = S['When'];
export type PreviewMedia = Full<S['MediaPreview']>;
export type ChannelCheck = With<Full<S['ChannelCheck']>, { problems: Problem[] }>;
export type PostCheck = With<Full<S['CheckView']>, { channels: ChannelCheck[] }>;
export type RepeatDate = Full<S['OccurrenceView']>;
export type CalendarAnswer = Full<S['CalendarView']>;
export type Today = Full<S['TodayView']>;

export type DeliveryState = S['State'];
export type Delivery = Full<S['DeliveryView']>;
export type Attempt = Full<S['AttemptView']>;
export type DeliveryStory = Full<S['DeliveryDetail']>;
export type CommentPage = Full<S['CommentPage']>;
export type DeliveryPage = Full<S['DeliveryPage']>;
export type Resolution = S['Resolution'];

export type Standing = S['Standing'];
export type Approval = Full<S['ApprovalView']>;
export type ApprovalItem = Full<S['ApprovalItem']>;
export type ApprovalEvent = Full<S['ApprovalEventView']>;
export type ReviewLink = Full<S['ReviewLinkView']>;
export type ReviewPost = With<Full<S['ReviewPost']>, { channels: ReviewChannel[] }>;
export type ReviewChannel = With<Full<S['ReviewChannel']>, { check: ChannelCheck }>;
export type LinkCard = Full<S['CardView']>;
export type ApprovalPolicy = Full<S['PolicyView']>;

export type Asset = Full<S['AssetView']>;
export type AssetPage = Full<S['AssetPage']>;

export type ImportRow = With<Full<S['ImportRow']>, { problems: Problem[] }>;
export type ImportReport = With<Full<S['ImportReport']>, { rows: ImportRow[] }>;

export type Series = Full<S['Series']>;
export type MetricInfo = With<Full<S['MetricInfo']>, { unit: 'count' | 'ratio' | 'seconds' }>;
export type PostNumbers = Full<S['PostNumbers']>;
export type PostStats = With<Full<S['PostStats']>, { metrics: MetricInfo[] }>;
export type ChannelStats = With<Full<S['ChannelStats']>, { metrics: MetricInfo[] }>;
export type Tile = Full<S['Tile']>;
export type RubricNumbers = Full<S['RubricNumbers']>;
export type Overview = With<Full<S['Overview']>, { metrics: MetricInfo[] }>;
export type ImportedBrand = Full<S['ImportedBrand']>;
export type HistoryPage = Full<S['HistoryPage']>;
export type PostVersion = Full<S['VersionView']>;
export type AuditLine = Full<S['AuditView']>;
export type AuditPage = Full<S['AuditPage']>;
export type Health = Full<S['HealthView']>;
