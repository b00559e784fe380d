//! Who did what: the audit log for those who may read it, in words, page by page and as a file of any length. Lines are
//! written by `actor::record`; nothing here changes one.

use bytes::Bytes;
use futures::Stream;
use sarafan_domain::audit::SubjectKind;
use sarafan_domain::id::{BrandId, PersonId};
use sarafan_domain::language::Lang;
use sarafan_domain::member::Action;
use sarafan_domain::plan;
use sarafan_domain::time::Timestamp;
use sarafan_store::Cursor;
use sarafan_store::audit::{self, AuditFilter, AuditRow, By};
use serde::{Deserialize, Serialize};
use serde_json::Value;
use utoipa::ToSchema;
use uuid::Uuid;

use crate::paging::cursor;
use crate::view::instant;
use crate::{Actor, App, AppError};

/// Everything that is ever written down; a test reads the code for what is missing. Each has its words in
/// `audit-did-<area>-<verb>`, each area in `audit-area-<area>`.
pub const ACTIONS: [&str; 95] = [
    "approval.approved",
    "approval.changes_asked",
    "approval.commented",
    "approval.dropped",
    "approval.policy",
    "approval.submitted",
    "approval.withdrawn",
    "asset.change",
    "asset.create",
    "asset.delete",
    "brand.change",
    "brand.create",
    "brand.export",
    "brand.import",
    "brand.pause",
    "brand.resume",
    "brand.transfer",
    "channel.change",
    "channel.connect",
    "channel.pause",
    "channel.reconnect",
    "channel.remove",
    "channel.resume",
    "channel.slots",
    "delivery.cancel",
    "delivery.delete",
    "delivery.resolve_not_sent",
    "delivery.resolve_sent",
    "delivery.retry",
    "delivery.send_now",
    "delivery.update",
    "factor.add",
    "factor.begin",
    "factor.codes",
    "factor.name",
    "factor.recover",
    "factor.remove",
    "factor.reset",
    "identity.allow",
    "identity.link",
    "identity.unlink",
    "installation.keys",
    "installation.pause",
    "installation.restore",
    "installation.resume",
    "mail.test",
    "member.change",
    "member.invite",
    "member.join",
    "member.limit",
    "member.remove",
    "member.withdraw",
    "messenger.gone",
    "messenger.invite",
    "messenger.link",
    "messenger.unlink",
    "note.change",
    "note.create",
    "note.remove",
    "notice.choose",
    "password.ask",
    "password.link",
    "password.reset",
    "person.change",
    "person.owner",
    "post.create",
    "post.delete",
    "post.import",
    "post.restore",
    "post.schedule",
    "post.unschedule",
    "post.update",
    "review_link.create",
    "review_link.revoke",
    "rubric.change",
    "rubric.create",
    "rubric.delete",
    "session.close",
    "session.end",
    "session.end_all",
    "session.open",
    "task.change",
    "task.create",
    "task.done",
    "task.remove",
    "task.reopen",
    "token.create",
    "token.revoke",
    "webhook.change",
    "webhook.create",
    "webhook.delete",
    "webhook.off",
    "webhook.replay",
    "webhook.secret",
    "webhook.test",
];

/// So many lines are read at once for a file.
const AT_ONCE: usize = 500;

/// Which lines.
#[derive(Debug, Clone, Default)]
pub struct AuditQuery {
    /// Only theirs: a person's id, or `nobody` for Sarafan itself and the command line.
    pub person: Option<String>,
    /// Only this action, or those of an area: `post.publish`, `post`.
    pub action: Option<String>,
    /// Only about the thing with this id.
    pub subject: Option<String>,
    /// At or after.
    pub from: Option<Timestamp>,
    /// Before.
    pub to: Option<Timestamp>,
    /// Where the page begins.
    pub cursor: Option<String>,
    /// How many; at most 200.
    pub limit: Option<usize>,
}

/// A line of the log.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
pub struct AuditView {
    /// Its id.
    pub id: Uuid,
    /// When.
    pub at: String,
    /// Who; nobody for Sarafan itself and the command line.
    pub person: Option<AuditPerson>,
    /// What was done: `post.schedule`.
    pub action: String,
    /// The same in the reader's words.
    pub words: String,
    /// To what.
    pub subject: AuditSubject,
    /// What was written down beside it, for programs.
    #[schema(value_type = Object)]
    pub detail: Value,
}

/// Who did it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct AuditPerson {
    /// Its id.
    pub id: PersonId,
    /// As shown to others; empty where the person is gone.
    pub name: String,
}

/// What it was done to.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct AuditSubject {
    /// Its id.
    pub id: String,
    /// What it is, while it is there.
    pub kind: Option<SubjectKind>,
    /// Its name, or the one it had.
    pub name: Option<String>,
}

/// Something that lines can be filtered by, in words.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct AuditArea {
    /// The word to filter by.
    pub code: String,
    /// What people call it.
    pub words: String,
    /// What is done there.
    pub actions: Vec<AuditAction>,
}

/// Something that can be done, in words.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct AuditAction {
    /// The word to filter by.
    pub code: String,
    /// What people call it.
    pub words: String,
}

/// A page of the log.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
pub struct AuditPage {
    /// The lines, the newest first.
    pub items: Vec<AuditView>,
    /// Where the next page begins.
    pub next: Option<String>,
    /// What can be filtered by.
    pub areas: Vec<AuditArea>,
}

/// How a file of lines is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Deserialize, ToSchema)]
#[serde(rename_all = "lowercase")]
pub enum AuditForm {
    /// A table that every spreadsheet opens.
    #[default]
    Csv,
    /// A JSON object per line.
    Jsonl,
}

impl App {
    /// A page of the log of a brand, or of the installation.
    ///
    /// # Errors
    /// [`AppError::MayNot`]; [`AppError::Invalid`] for a cursor that is none of ours.
    pub async fn list_audit(
        &self,
        actor: &Actor,
        brand: Option<BrandId>,
        query: &AuditQuery,
    ) -> Result<AuditPage, AppError> {
        let begin = cursor(query.cursor.as_deref())?;
        let limit = query.limit.unwrap_or(50).clamp(1, 200);
        let (items, next) = self.audit_page(actor, brand, &filter(query), begin, limit).await?;
        Ok(AuditPage { items, next: next.map(|next| next.to_string()), areas: self.audit_areas(actor.language) })
    }

    /// All lines that a query finds as a file, read in pages: its length does not matter.
    ///
    /// # Errors
    /// [`AppError::MayNot`] at once; the stream ends with an error where the right is lost while it runs.
    pub async fn export_audit(
        &self,
        actor: &Actor,
        brand: Option<BrandId>,
        query: &AuditQuery,
        form: AuditForm,
    ) -> Result<impl Stream<Item = Result<Bytes, AppError>> + Send + use<>, AppError> {
        self.may_audit(actor, brand).await?;
        let (app, actor, filter) = (self.clone(), actor.clone(), filter(query));
        let head = (form == AuditForm::Csv).then(|| app.audit_head(actor.language));
        let begin = Some((None, head));
        Ok(futures::stream::try_unfold(begin, move |state| {
            let (app, actor, filter) = (app.clone(), actor.clone(), filter.clone());
            async move {
                let Some((from, head)) = state else { return Ok(None) };
                let (items, next) = app.audit_page(&actor, brand, &filter, from, AT_ONCE).await?;
                let mut text = head.unwrap_or_default();
                for item in &items {
                    write(&mut text, item, form)?;
                }
                Ok(Some((Bytes::from(text), next.map(|next| (Some(next), None)))))
            }
        }))
    }

    async fn may_audit(&self, actor: &Actor, brand: Option<BrandId>) -> Result<(), AppError> {
        match brand {
            Some(brand) => self.enter(actor, brand, Action::AuditRead).await.map(|_| ()),
            None if actor.grant.is_some() => Err(AppError::NotForTokens),
            None if actor.installation_owner => Ok(()),
            None => Err(AppError::MayNot { action: Action::AuditRead }),
        }
    }

    async fn audit_page(
        &self,
        actor: &Actor,
        brand: Option<BrandId>,
        filter: &AuditFilter,
        begin: Option<Cursor>,
        limit: usize,
    ) -> Result<(Vec<AuditView>, Option<Cursor>), AppError> {
        self.may_audit(actor, brand).await?;
        let mut conn = self.store().read().await?;
        let (rows, next) = audit::list(&mut conn, brand, filter, begin, limit).await?;
        let mut ids: Vec<Uuid> = rows.iter().filter_map(|row| row.subject.parse().ok()).collect();
        ids.sort_unstable();
        ids.dedup();
        let things = match brand {
            Some(brand) => audit::things(&mut conn, brand, &ids).await?,
            None => Default::default(),
        };
        let mut people: Vec<PersonId> = rows.iter().filter_map(|row| row.person).collect();
        people.sort_unstable();
        people.dedup();
        let people = audit::persons(&mut conn, &people).await?;
        let view = |row: AuditRow| {
            let thing = row.subject.parse().ok().and_then(|id: Uuid| things.get(&id));
            let name =
                thing.map(|(_, name)| name.clone()).or_else(|| told(&row.detail)).filter(|name| !name.is_empty());
            AuditView {
                id: row.id,
                at: instant(row.at),
                person: row.person.map(|id| AuditPerson { id, name: people.get(&id).cloned().unwrap_or_default() }),
                words: self.audit_words(actor.language, &row.action),
                action: row.action,
                subject: AuditSubject { id: row.subject, kind: thing.map(|(kind, _)| *kind), name },
                detail: row.detail,
            }
        };
        Ok((rows.into_iter().map(view).collect(), next))
    }

    /// What was done in words; the code where a newer Sarafan wrote the line.
    fn audit_words(&self, lang: Lang, action: &str) -> String {
        let key = format!("audit-did-{}", action.replace(['.', '_'], "-"));
        self.texts().find(lang, &key, []).unwrap_or_else(|| action.to_owned())
    }

    fn audit_areas(&self, lang: Lang) -> Vec<AuditArea> {
        let mut areas: Vec<AuditArea> = Vec::new();
        for code in ACTIONS {
            let area = code.split('.').next().unwrap_or(code);
            let action = AuditAction { code: code.to_owned(), words: self.audit_words(lang, code) };
            let key = format!("audit-area-{}", area.replace('_', "-"));
            match areas.last_mut() {
                Some(last) if last.code == area => last.actions.push(action),
                _ => areas.push(AuditArea {
                    code: area.to_owned(),
                    words: self.texts().say(lang, &key, &[]),
                    actions: vec![action],
                }),
            }
        }
        areas
    }

    fn audit_head(&self, lang: Lang) -> String {
        let heads = ["audit-when", "audit-who", "audit-what", "audit-about", "audit-code", "audit-id", "audit-detail"];
        let mut text = String::from("\u{feff}");
        plan::line(&mut text, heads.into_iter().map(|key| self.texts().say(lang, key, &[])));
        text
    }
}

fn filter(query: &AuditQuery) -> AuditFilter {
    let given = |text: &Option<String>| text.clone().filter(|text| !text.is_empty());
    AuditFilter {
        // Nobody has an id that is none.
        by: given(&query.person).map(|who| match who.as_str() {
            "nobody" => By::Nobody,
            id => By::Person(id.parse().unwrap_or(PersonId(Uuid::nil()))),
        }),
        action: given(&query.action),
        subject: given(&query.subject),
        from: query.from,
        to: query.to,
    }
}

/// The name that was written down with a line: what is gone is known by it.
fn told(detail: &Value) -> Option<String> {
    ["title", "name", "email"].iter().find_map(|key| detail.get(key)?.as_str()).map(str::to_owned)
}

fn write(text: &mut String, item: &AuditView, form: AuditForm) -> Result<(), AppError> {
    match form {
        AuditForm::Jsonl => {
            text.push_str(&json(item)?);
            text.push('\n');
        }
        AuditForm::Csv => {
            let cells = [
                item.at.clone(),
                item.person.as_ref().map(|person| person.name.clone()).unwrap_or_default(),
                item.words.clone(),
                item.subject.name.clone().unwrap_or_default(),
                item.action.clone(),
                item.subject.id.clone(),
                json(&item.detail)?,
            ];
            plan::line(text, cells.into_iter());
        }
    }
    Ok(())
}

fn json(value: &impl Serialize) -> Result<String, AppError> {
    serde_json::to_string(value).map_err(|error| AppError::Broken(format!("not JSON: {error}")))
}
