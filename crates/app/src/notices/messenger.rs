//! Notices by messenger: a person links a chat of theirs with the account of this installation, and is written to there.
//!
//! The account is listened to only while somebody is about to link a chat: nothing else that is said to it matters.

use jiff::SignedDuration;
use sarafan_domain::id::{BrandId, NoticeId, PersonId};
use sarafan_domain::problem::{Arg, Problem};
use sarafan_domain::time::Timestamp;
use sarafan_network::NetError;
use sarafan_network::messenger::{Greeting, Heard, Messenger};
use sarafan_store::jobs::{ClaimedJob, NewJob};
use sarafan_store::messengers::{self, ChatRow};
use sarafan_store::notices::{self, MOST, Way};
use sarafan_store::{Conn, brands, jobs, members, persons, settings};
use serde::Serialize;
use serde_json::json;
use utoipa::ToSchema;

use super::digest;
use crate::actor::{note, record};
use crate::jobs::{Kind, Outcome};
use crate::lease::Lease;
use crate::letters::{NO_BRAND, NoticeItem};
use crate::sessions::{Token, digest as hash};
use crate::view::instant;
use crate::{Actor, App, AppError};

/// Somebody who wants to link a chat does so within this.
const LINKED_WITHIN: SignedDuration = SignedDuration::from_mins(15);
/// Until then the account is listened to this often.
const LISTENS: SignedDuration = SignedDuration::from_secs(2);
/// What could not be said is said again after this, so many times.
const AGAIN: (SignedDuration, u32) = (SignedDuration::from_secs(60), 10);
/// From where the account listens on.
const HEARD: &str = "messenger.heard";

/// How a person is reached by messenger.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct MessengerView {
    /// The messenger, where this installation has one.
    pub title: Option<String>,
    /// What the person is called there, once linked.
    pub name: Option<String>,
}

/// How to link a chat.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct InviteView {
    /// Opens the chat and says the word.
    pub link: String,
    /// What is to be said there, for whom the link does not work.
    pub word: String,
    /// Good until then.
    pub expires_at: String,
}

impl App {
    pub(crate) fn messenger(&self) -> Option<&dyn Messenger> {
        self.0.messenger.as_deref()
    }

    /// How the person is reached by messenger.
    ///
    /// # Errors
    /// [`AppError::NotForTokens`], [`AppError::SignedOut`].
    pub async fn my_messenger(&self, actor: &Actor) -> Result<MessengerView, AppError> {
        let person = actor.in_person()?;
        let chat = messengers::chat(&mut *self.store().read().await?, person).await?;
        let title = self.messenger().map(|messenger| messenger.title().to_owned());
        Ok(MessengerView { title, name: chat.map(|chat| chat.name) })
    }

    /// Begins to link a chat: whoever says the word there is the person.
    ///
    /// # Errors
    /// [`AppError::Refused`] `messenger-off`, `messenger-away`; as [`App::my_messenger`].
    pub async fn link_messenger(&self, actor: &Actor) -> Result<InviteView, AppError> {
        let person = actor.in_person()?;
        let away = |code| AppError::Refused(Problem::error(code, "messenger"));
        let messenger = self.messenger().ok_or_else(|| away("messenger-off"))?;
        let (word, now) = (Token::fresh(), self.now());
        let link = messenger.invite(self.door(), word.expose(), now).await.map_err(|error| {
            tracing::warn!(%error, "the messenger does not say who it is");
            away("messenger-away")
        })?;
        let expires_at = now.checked_add(LINKED_WITHIN).unwrap_or(now);
        let (app, who, kept) = (self.clone(), actor.clone(), word.digest());
        self.store()
            .write(move |conn| {
                let (app, who, kept) = (app.clone(), who.clone(), kept.clone());
                Box::pin(async move {
                    messengers::expect(conn, person, &kept, expires_at).await?;
                    record(conn, &app, &who, None, "messenger.invite", &person.to_string(), json!({})).await?;
                    listen_at(conn, &app, now).await
                })
            })
            .await?;
        self.wake();
        Ok(InviteView { link, word: word.expose().to_owned(), expires_at: instant(expires_at) })
    }

    /// The person is not written to by messenger any more.
    ///
    /// # Errors
    /// As [`App::my_messenger`].
    pub async fn unlink_messenger(&self, actor: &Actor) -> Result<(), AppError> {
        let person = actor.in_person()?;
        let (app, who) = (self.clone(), actor.clone());
        self.store()
            .write(move |conn| {
                let (app, who) = (app.clone(), who.clone());
                Box::pin(async move {
                    if messengers::unlink(conn, person).await? {
                        record(conn, &app, &who, None, "messenger.unlink", &person.to_string(), json!({})).await?;
                    }
                    Ok::<_, AppError>(())
                })
            })
            .await
    }
}

/// Puts the one job that listens.
async fn listen_at(conn: &mut Conn, app: &App, run_at: Timestamp) -> Result<(), AppError> {
    let job = NewJob {
        id: app.new_id(),
        kind: Kind::Listen.code().to_owned(),
        payload: json!({}),
        run_at,
        serial: None,
        dedupe: Some(Kind::Listen.code().to_owned()),
    };
    Ok(jobs::put(conn, NO_BRAND, &job).await?)
}

/// Listens to the account, as long as somebody is expected to say a word.
pub(crate) async fn listen(app: &App, job: &ClaimedJob, lease: &Lease) -> Result<Outcome, AppError> {
    let Some(messenger) = app.messenger() else { return Ok(Outcome::Done) };
    let from = settings::get(&mut *app.store().read().await?, HEARD).await?;
    let from = from.and_then(|text| text.parse().ok()).unwrap_or(0);
    let heard = match lease.keep(app, job, messenger.hear(app.door(), from, app.now())).await? {
        Ok(heard) => heard,
        Err(error) => {
            tracing::warn!(%error, "the messenger could not be listened to");
            Heard { greetings: Vec::new(), next: from }
        }
    };
    let Heard { greetings, next } = heard;
    let (inner, said) = (app.clone(), greetings);
    let (linked, more) = lease
        .written(app, move |conn| {
            let (app, greetings) = (inner.clone(), said.clone());
            Box::pin(async move {
                if next != from {
                    settings::set(conn, HEARD, &next.to_string()).await?;
                }
                let mut linked = Vec::new();
                for greeting in greetings {
                    linked.extend(greet(conn, &app, greeting).await?);
                }
                Ok((linked, messengers::expected(conn, app.now()).await?))
            })
        })
        .await?;
    for (chat, hello) in linked {
        // Whether this arrives or not, the chat is linked.
        if let Err(error) = lease.keep(app, job, messenger.tell(app.door(), &chat, &hello, app.now())).await? {
            tracing::info!(%error, "the messenger did not take a greeting");
        }
    }
    let then = app.now().checked_add(LISTENS).unwrap_or(Timestamp::MAX);
    Ok(if more { Outcome::Again(then) } else { Outcome::Done })
}

/// Links the chat in which the word of somebody was said; what to answer there.
async fn greet(conn: &mut Conn, app: &App, greeting: Greeting) -> Result<Option<(String, String)>, AppError> {
    let now = app.now();
    let Some(person) = messengers::take(conn, &hash(&greeting.word), now).await? else { return Ok(None) };
    let row = ChatRow { person, chat: greeting.chat.clone(), name: greeting.name.clone(), linked_at: now };
    messengers::link(conn, &row).await?;
    let detail = json!({ "name": greeting.name });
    note(conn, app, None, Some(person), "messenger.link", &person.to_string(), &detail).await?;
    let reader = persons::get(conn, person).await?;
    let name = [("name", Arg::from(reader.name.as_str()))];
    Ok(Some((greeting.chat, app.texts().say(reader.language, "notices-messenger-hello", &name))))
}

/// One message with all that somebody has not read.
pub(super) async fn run(app: &App, job: &ClaimedJob, lease: &Lease, person: PersonId) -> Result<Outcome, AppError> {
    let brand = job.job.brand;
    let (rows, items, chat, home, language) = {
        let mut conn = app.store().read().await?;
        let found = digest::unread(&mut conn, app, brand, person, Way::Messenger).await?;
        let Some((reader, rows, items)) = found else { return Ok(Outcome::Done) };
        let is_member = members::role(&mut conn, brand, person).await?.is_some();
        let chat = messengers::chat(&mut conn, person).await?.filter(|_| is_member);
        (rows, items, chat, brands::get(&mut conn, brand).await?.name, reader.language)
    };
    let ids: Vec<NoticeId> = rows.iter().map(|row| row.id).collect();
    let more = rows.len() == MOST;
    let (Some(chat), Some(messenger)) = (chat, app.messenger()) else {
        return went(app, lease, brand, person, ids, false, false).await;
    };
    let mut text = words(&home, &items);
    let rest = rows.len().saturating_sub(items.len());
    if rest > 0 {
        let args = [("count", Arg::from(rest))];
        text.push_str(&format!("\n{}\n", app.texts().say(language, "letters-notices-more", &args)));
    }
    let said = lease.keep(app, job, messenger.tell(app.door(), &chat.chat, &text, app.now())).await?;
    let gone = match said {
        // One that came or did not, nobody knows, is not said twice: it is in the application as well.
        Ok(()) | Err(NetError::Unknown) => false,
        Err(NetError::Gone) => true,
        Err(NetError::RateLimited { until, .. }) => return Ok(Outcome::Again(until)),
        Err(NetError::Transient { .. }) if job.job.tries < AGAIN.1 => {
            return Ok(Outcome::Again(app.now().checked_add(AGAIN.0).unwrap_or(Timestamp::MAX)));
        }
        Err(error) => {
            tracing::warn!(%error, "a notice could not be told by messenger");
            false
        }
    };
    went(app, lease, brand, person, ids, gone, more).await
}

async fn went(
    app: &App,
    lease: &Lease,
    brand: BrandId,
    person: PersonId,
    ids: Vec<NoticeId>,
    gone: bool,
    more: bool,
) -> Result<Outcome, AppError> {
    let (now, writes) = (app.now(), app.clone());
    lease
        .written(app, move |conn| {
            let (app, ids) = (writes.clone(), ids.clone());
            Box::pin(async move {
                notices::went(conn, brand, person, Way::Messenger, &ids).await?;
                if gone && messengers::unlink(conn, person).await? {
                    note(conn, &app, None, None, "messenger.gone", &person.to_string(), &json!({})).await?;
                }
                Ok(())
            })
        })
        .await?;
    Ok(if more { Outcome::Again(now) } else { Outcome::Done })
}

fn words(brand: &str, items: &[NoticeItem]) -> String {
    let mut text = format!("{brand}\n");
    for item in items {
        text.push_str(&format!("\n{}\n", item.text));
        if !item.words.is_empty() {
            text.push_str(&format!("{}\n", item.words));
        }
        text.push_str(&format!("{}\n", item.link));
    }
    text
}
