//! Webhooks out: endpoints of programs elsewhere, told what happens in a brand.
//!
//! What is to be told is written down in the transaction in which it happens (`tell`) and sent by a job (`jobs::webhook`)
//! through the one door, signed. Each endpoint may be told the same message more than once, and is told its id.

use jiff::SignedDuration;
use sarafan_domain::id::{BrandId, MessageId, WebhookId};
use sarafan_domain::member::Action;
use sarafan_domain::notice::Kind as NoticeKind;
use sarafan_domain::problem::Problem;
use sarafan_domain::time::Timestamp;
use sarafan_domain::webhook::Topic;
use sarafan_store::Conn;
use sarafan_store::jobs::{self, NewJob};
use sarafan_store::webhooks::{self as rows, MessageRow, MessageState, WebhookRow};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use url::Url;

use crate::actor::{note, record};
use crate::jobs::Kind;
use crate::live::Event;
use crate::notices::{self, Leads, Told};
use crate::persons::check_name;
use crate::view::instant;
use crate::{Actor, App, AppError};

mod secret;
mod view;

pub(crate) use secret::Secrets;
pub(crate) use secret::told as told_id;
pub use view::{MessageDetail, MessagePage, MessageView, TryView, WebhookInput, WebhookPatch, WebhookView};

/// After a rotation the old secret signs as well for so long.
const OVERLAP: SignedDuration = SignedDuration::from_hours(24);
/// Messages that are over are kept for so long.
const KEPT: SignedDuration = SignedDuration::from_hours(24 * 30);
/// So many endpoints a brand can have.
const MOST: usize = 50;
/// The longest address.
const LONGEST_URL: usize = 2000;
/// What a test says happened.
const TEST: &str = "webhook.test";

/// What a job of a message is given.
#[derive(Debug, Serialize, Deserialize)]
pub(crate) struct OfMessage {
    pub(crate) message: MessageId,
}

impl App {
    /// The endpoints of a brand.
    ///
    /// # Errors
    /// [`AppError::MayNot`]: addresses and answers of programs elsewhere are for those who set them up.
    pub async fn list_webhooks(&self, actor: &Actor, brand: BrandId) -> Result<Vec<WebhookView>, AppError> {
        let mut conn = self.store().read().await?;
        self.enter_with(&mut conn, actor, brand, Action::BrandSettings).await?;
        let all = rows::list(&mut conn, brand).await?;
        all.into_iter().map(|row| self.webhook_view(actor, row, None)).collect()
    }

    /// One endpoint.
    ///
    /// # Errors
    /// [`AppError::NotFound`], also for another brand's.
    pub async fn webhook(&self, actor: &Actor, brand: BrandId, id: WebhookId) -> Result<WebhookView, AppError> {
        let mut conn = self.store().read().await?;
        self.enter_with(&mut conn, actor, brand, Action::BrandSettings).await?;
        let row = rows::get(&mut conn, brand, id).await?;
        self.webhook_view(actor, row, None)
    }

    /// Makes an endpoint. Its secret is in the answer and nowhere else.
    ///
    /// # Errors
    /// [`AppError::Invalid`] for bad fields or too many endpoints.
    pub async fn create_webhook(
        &self,
        actor: &Actor,
        brand: BrandId,
        input: WebhookInput,
    ) -> Result<WebhookView, AppError> {
        self.enter(actor, brand, Action::BrandSettings).await?;
        let (id, secrets): (WebhookId, _) = (self.new_id(), Secrets::fresh());
        let row = WebhookRow {
            id,
            brand,
            name: check_name(&input.name)?,
            url: check_url(&input.url)?,
            topics: check_topics(input.topics)?,
            live: true,
            reason: None,
            secrets: secrets.seal(self.keyring(), id)?,
            failed: 0,
            created_at: self.now(),
            created_by: actor.author(),
        };
        let (app, who) = (self.clone(), actor.clone());
        let row = self
            .store()
            .write(move |conn| {
                let (app, who, row) = (app.clone(), who.clone(), row.clone());
                Box::pin(async move {
                    if rows::list(conn, brand).await?.len() >= MOST {
                        return Err(Problem::error("webhooks-too-many", "url").with("max", MOST).into());
                    }
                    rows::insert(conn, &row).await?;
                    record(conn, &app, &who, Some(brand), "webhook.create", &id.to_string(), words(&row)).await?;
                    Ok::<_, AppError>(row)
                })
            })
            .await?;
        self.live().tell(brand, Event::Brand {});
        self.webhook_view(actor, row, Some(&secrets))
    }

    /// Changes an endpoint. Switched on again, it begins with a clean sheet; what was given up is not told by itself.
    ///
    /// # Errors
    /// [`AppError::Invalid`] for bad fields; [`AppError::NotFound`].
    pub async fn update_webhook(
        &self,
        actor: &Actor,
        brand: BrandId,
        id: WebhookId,
        patch: WebhookPatch,
    ) -> Result<WebhookView, AppError> {
        self.enter(actor, brand, Action::BrandSettings).await?;
        let name = patch.name.as_deref().map(check_name).transpose()?;
        let url = patch.url.as_deref().map(check_url).transpose()?;
        let topics = patch.topics.map(check_topics).transpose()?;
        let live = patch.live;
        self.change_webhook(actor, brand, id, "webhook.change", move |mut row| {
            row.name = name.clone().unwrap_or(row.name);
            row.url = url.clone().unwrap_or(row.url);
            row.topics = topics.clone().unwrap_or(row.topics);
            if let Some(live) = live {
                (row.live, row.reason, row.failed) = (live, None, 0);
            }
            Ok(row)
        })
        .await
    }

    /// Gives an endpoint a new secret, which is in the answer and nowhere else. The old one signs as well for a day.
    ///
    /// # Errors
    /// [`AppError::NotFound`].
    pub async fn rotate_webhook(&self, actor: &Actor, brand: BrandId, id: WebhookId) -> Result<WebhookView, AppError> {
        self.enter(actor, brand, Action::BrandSettings).await?;
        let row = rows::get(&mut *self.store().read().await?, brand, id).await?;
        let until = self.now().checked_add(OVERLAP).unwrap_or(Timestamp::MAX);
        let secrets = Secrets::open(self.keyring(), id, &row.secrets)?.rotated(until);
        let sealed = secrets.seal(self.keyring(), id)?;
        let before = row.secrets;
        let view = self
            .change_webhook(actor, brand, id, "webhook.secret", move |row| {
                if row.secrets != before {
                    return Err(AppError::Conflict);
                }
                Ok(WebhookRow { secrets: sealed.clone(), ..row })
            })
            .await?;
        Ok(WebhookView { secret: Some(secrets.expose()), ..view })
    }

    /// Removes an endpoint with its log.
    ///
    /// # Errors
    /// [`AppError::NotFound`].
    pub async fn delete_webhook(&self, actor: &Actor, brand: BrandId, id: WebhookId) -> Result<(), AppError> {
        self.enter(actor, brand, Action::BrandSettings).await?;
        let (app, who) = (self.clone(), actor.clone());
        self.store()
            .write(move |conn| {
                let (app, who) = (app.clone(), who.clone());
                Box::pin(async move {
                    let row = rows::get(conn, brand, id).await?;
                    rows::delete(conn, brand, id).await?;
                    record(conn, &app, &who, Some(brand), "webhook.delete", &id.to_string(), words(&row)).await
                })
            })
            .await?;
        self.live().tell(brand, Event::Brand {});
        Ok(())
    }

    /// Tells the endpoint that somebody tries it out, also one that is switched off.
    ///
    /// # Errors
    /// [`AppError::NotFound`].
    pub async fn test_webhook(&self, actor: &Actor, brand: BrandId, id: WebhookId) -> Result<MessageView, AppError> {
        self.enter(actor, brand, Action::BrandSettings).await?;
        let (app, who) = (self.clone(), actor.clone());
        let message: MessageId = self.new_id();
        let row = self
            .store()
            .write(move |conn| {
                let (app, who) = (app.clone(), who.clone());
                Box::pin(async move {
                    let webhook = rows::get(conn, brand, id).await?;
                    let row = put(&app, conn, &webhook, message, TEST, &json!({ "brand": brand })).await?;
                    record(conn, &app, &who, Some(brand), "webhook.test", &id.to_string(), json!({})).await?;
                    Ok::<_, AppError>(row)
                })
            })
            .await?;
        self.wake();
        Ok(MessageView::from(&row))
    }

    /// What an endpoint was told and is to be told, the newest first.
    ///
    /// # Errors
    /// [`AppError::NotFound`]; [`AppError::Invalid`] for a cursor we did not make.
    pub async fn webhook_messages(
        &self,
        actor: &Actor,
        brand: BrandId,
        id: WebhookId,
        cursor: Option<&str>,
        limit: Option<usize>,
    ) -> Result<MessagePage, AppError> {
        let mut conn = self.store().read().await?;
        self.enter_with(&mut conn, actor, brand, Action::BrandSettings).await?;
        rows::get(&mut conn, brand, id).await?;
        let limit = limit.unwrap_or(50).clamp(1, 200);
        let (found, next) = rows::messages(&mut conn, brand, id, crate::paging::cursor(cursor)?, limit).await?;
        let items = found.iter().map(MessageView::from).collect();
        Ok(MessagePage { items, next: next.map(|next| next.to_string()) })
    }

    /// A message with every try to deliver it.
    ///
    /// # Errors
    /// [`AppError::NotFound`], also for a message of another endpoint.
    pub async fn webhook_message(
        &self,
        actor: &Actor,
        brand: BrandId,
        id: WebhookId,
        message: MessageId,
    ) -> Result<MessageDetail, AppError> {
        let mut conn = self.store().read().await?;
        self.enter_with(&mut conn, actor, brand, Action::BrandSettings).await?;
        let row = of(&mut conn, brand, id, message).await?;
        let history = rows::tries(&mut conn, brand, message).await?;
        Ok(MessageDetail {
            message: MessageView::from(&row),
            webhook_id: told_id(message),
            body: row.body,
            history: history.into_iter().map(|row| self.try_view(actor, row)).collect(),
        })
    }

    /// Puts a message on its way once more, under the id that it had.
    ///
    /// # Errors
    /// [`AppError::NotFound`]; [`AppError::Refused`] `webhook-waiting` while it is on its way anyway.
    pub async fn replay_webhook(
        &self,
        actor: &Actor,
        brand: BrandId,
        id: WebhookId,
        message: MessageId,
    ) -> Result<MessageDetail, AppError> {
        self.enter(actor, brand, Action::BrandSettings).await?;
        let (app, who) = (self.clone(), actor.clone());
        self.store()
            .write(move |conn| {
                let (app, who) = (app.clone(), who.clone());
                Box::pin(async move {
                    let mut row = of(conn, brand, id, message).await?;
                    if row.state == MessageState::Waiting {
                        return Err(AppError::Refused(Problem::error("webhook-waiting", "state")));
                    }
                    (row.state, row.step, row.next_at) = (MessageState::Waiting, 0, Some(app.now()));
                    rows::move_message(conn, &row).await?;
                    put_job(&app, conn, brand, message, app.now()).await?;
                    let detail = json!({ "message": message });
                    record(conn, &app, &who, Some(brand), "webhook.replay", &id.to_string(), detail).await
                })
            })
            .await?;
        self.wake();
        self.webhook_message(actor, brand, id, message).await
    }

    async fn change_webhook(
        &self,
        actor: &Actor,
        brand: BrandId,
        id: WebhookId,
        action: &'static str,
        change: impl Fn(WebhookRow) -> Result<WebhookRow, AppError> + Clone + Send + Sync + 'static,
    ) -> Result<WebhookView, AppError> {
        let (app, who) = (self.clone(), actor.clone());
        let row = self
            .store()
            .write(move |conn| {
                let (app, who, change) = (app.clone(), who.clone(), change.clone());
                Box::pin(async move {
                    let row = change(rows::get(conn, brand, id).await?)?;
                    rows::update(conn, &row).await?;
                    record(conn, &app, &who, Some(brand), action, &id.to_string(), words(&row)).await?;
                    Ok::<_, AppError>(row)
                })
            })
            .await?;
        self.live().tell(brand, Event::Brand {});
        self.webhook_view(actor, row, None)
    }
}

/// Writes down, in the transaction in which it happens, what the endpoints of the brand are to be told.
pub(crate) async fn tell(
    app: &App,
    conn: &mut Conn,
    brand: BrandId,
    topic: Topic,
    data: impl FnOnce() -> Value,
) -> Result<(), AppError> {
    let all = rows::list(conn, brand).await?;
    let wanting: Vec<WebhookRow> = all.into_iter().filter(|row| row.live && row.topics.contains(&topic)).collect();
    if wanting.is_empty() {
        return Ok(());
    }
    let data = data();
    for webhook in &wanting {
        put(app, conn, webhook, app.new_id(), topic.code(), &data).await?;
    }
    app.wake();
    Ok(())
}

/// Switches an endpoint off inside the caller's transaction. Who may switch it on again sees why.
pub(crate) async fn switch_off(
    app: &App,
    conn: &mut Conn,
    row: &WebhookRow,
    code: &'static str,
) -> Result<(), AppError> {
    let reason = Problem::error(code, "live");
    let row = WebhookRow { live: false, reason: Some(reason), ..row.clone() };
    rows::update(conn, &row).await?;
    let detail = json!({ "name": row.name, "reason": code });
    note(conn, app, Some(row.brand), None, "webhook.off", &row.id.to_string(), &detail).await?;
    let told = Told { who: String::new(), what: row.name.clone(), words: String::new(), leads: Leads::Webhooks };
    let able = notices::able(conn, row.brand, Action::BrandSettings).await?;
    notices::tell(conn, app, row.brand, able, None, NoticeKind::WebhookOff, &told).await?;
    app.live().tell(row.brand, Event::Brand {});
    Ok(())
}

async fn put(
    app: &App,
    conn: &mut Conn,
    webhook: &WebhookRow,
    id: MessageId,
    topic: &str,
    data: &Value,
) -> Result<MessageRow, AppError> {
    let now = app.now();
    let row = MessageRow {
        id,
        brand: webhook.brand,
        webhook: webhook.id,
        topic: topic.to_owned(),
        state: MessageState::Waiting,
        step: 0,
        tries: 0,
        status: None,
        created_at: now,
        next_at: Some(now),
        body: json!({ "type": topic, "timestamp": instant(now), "data": data }).to_string(),
    };
    rows::put(conn, &row, now.checked_sub(KEPT).unwrap_or(now)).await?;
    put_job(app, conn, webhook.brand, id, now).await?;
    Ok(row)
}

async fn put_job(
    app: &App,
    conn: &mut Conn,
    brand: BrandId,
    message: MessageId,
    at: Timestamp,
) -> Result<(), AppError> {
    let job = NewJob {
        id: app.new_id(),
        kind: Kind::Webhook.code().to_owned(),
        payload: json!(OfMessage { message }),
        run_at: at,
        serial: None,
        dedupe: Some(format!("{}:{message}", Kind::Webhook.code())),
    };
    jobs::put(conn, brand, &job).await?;
    Ok(())
}

async fn of(conn: &mut Conn, brand: BrandId, id: WebhookId, message: MessageId) -> Result<MessageRow, AppError> {
    let row = rows::message_of(conn, brand, message).await?;
    if row.webhook == id { Ok(row) } else { Err(AppError::NotFound) }
}

/// What the log says of an endpoint: its server, for the rest of an address may be secret.
fn words(row: &WebhookRow) -> Value {
    let host = Url::parse(&row.url).ok().and_then(|url| url.host_str().map(str::to_owned));
    json!({ "name": row.name, "host": host, "topics": row.topics, "live": row.live })
}

fn check_url(text: &str) -> Result<String, Problem> {
    let bad = || Problem::error("webhook-url-bad", "url").with("max", LONGEST_URL);
    let url = Url::parse(text.trim()).map_err(|_| bad())?;
    let good = matches!(url.scheme(), "https" | "http") && url.has_host() && url.username().is_empty();
    if !good || url.password().is_some() || text.len() > LONGEST_URL {
        return Err(bad());
    }
    Ok(url.to_string())
}

fn check_topics(mut topics: Vec<Topic>) -> Result<Vec<Topic>, Problem> {
    topics.sort_unstable();
    topics.dedup();
    if topics.is_empty() { Err(Problem::error("webhook-topics-none", "topics")) } else { Ok(topics) }
}
