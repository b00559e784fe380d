//! Endpoints, messages and tries as the API shows them.

use sarafan_domain::id::{MessageId, WebhookId};
use sarafan_domain::problem::Problem;
use sarafan_domain::webhook::Topic;
use sarafan_store::webhooks::{MessageRow, TryRow, WebhookRow};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::secret::Secrets;
use crate::deliveries::ReasonView;
use crate::view::instant;
use crate::{Actor, App, AppError};

/// An endpoint to be made.
#[derive(Debug, Clone, Deserialize, ToSchema)]
pub struct WebhookInput {
    /// What it is for.
    pub name: String,
    /// Where it listens.
    #[schema(example = "https://example.org/hooks/sarafan")]
    pub url: String,
    /// What it is told of.
    pub topics: Vec<Topic>,
}

/// Changes of an endpoint; what is left out stays.
#[derive(Debug, Clone, Default, Deserialize, ToSchema)]
pub struct WebhookPatch {
    /// What it is for.
    pub name: Option<String>,
    /// Where it listens.
    pub url: Option<String>,
    /// What it is told of.
    pub topics: Option<Vec<Topic>>,
    /// Is it told anything?
    pub live: Option<bool>,
}

/// An endpoint.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct WebhookView {
    /// Its id.
    pub id: WebhookId,
    /// What it is for.
    pub name: String,
    /// Where it listens.
    pub url: String,
    /// What it is told of.
    pub topics: Vec<Topic>,
    /// Is it told anything?
    pub live: bool,
    /// Why it was switched off, where not by a person.
    pub reason: Option<ReasonView>,
    /// So many of its last messages failed.
    pub failed: u32,
    /// When it was made.
    pub created_at: String,
    /// Until when the secret before the present one signs as well.
    pub old_secret_until: Option<String>,
    /// The secret that signs; shown once, when it is made.
    pub secret: Option<String>,
}

/// A message to an endpoint.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct MessageView {
    /// Its id.
    pub id: MessageId,
    /// What happened; `webhook.test` for a test.
    pub topic: String,
    /// `waiting`, `delivered` or `failed`.
    pub state: String,
    /// So often it was tried.
    pub tries: i64,
    /// What the endpoint answered last.
    pub status: Option<u16>,
    /// When it happened.
    pub created_at: String,
    /// When it is tried next.
    pub next_at: Option<String>,
}

impl From<&MessageRow> for MessageView {
    fn from(row: &MessageRow) -> Self {
        Self {
            id: row.id,
            topic: row.topic.clone(),
            state: row.state.code().to_owned(),
            tries: row.tries,
            status: row.status,
            created_at: instant(row.created_at),
            next_at: row.next_at.map(instant),
        }
    }
}

/// A page of messages.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct MessagePage {
    /// The messages, the newest first.
    pub items: Vec<MessageView>,
    /// Where the next page begins.
    pub next: Option<String>,
}

/// A message with every try to deliver it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct MessageDetail {
    /// The message.
    #[serde(flatten)]
    pub message: MessageView,
    /// The id that the endpoint is told.
    pub webhook_id: String,
    /// What is sent.
    pub body: String,
    /// What was tried, first to last.
    pub history: Vec<TryView>,
}

/// One try to deliver a message.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct TryView {
    /// Counts from 1.
    pub n: i64,
    /// When it began.
    pub at: String,
    /// How long it took.
    pub millis: i64,
    /// What was answered.
    pub status: Option<u16>,
    /// Why there is no answer.
    pub reason: Option<ReasonView>,
    /// The first bytes of the answer.
    pub answer: String,
}

impl App {
    pub(super) fn webhook_view(
        &self,
        actor: &Actor,
        row: WebhookRow,
        shown: Option<&Secrets>,
    ) -> Result<WebhookView, AppError> {
        let secrets = Secrets::open(self.keyring(), row.id, &row.secrets)?;
        Ok(WebhookView {
            id: row.id,
            name: row.name,
            url: row.url,
            topics: row.topics,
            live: row.live,
            reason: row.reason.map(|problem| self.reason(actor, &problem)),
            failed: row.failed,
            created_at: instant(row.created_at),
            old_secret_until: secrets.overlap(self.now()).map(instant),
            secret: shown.map(Secrets::expose),
        })
    }

    pub(super) fn try_view(&self, actor: &Actor, row: TryRow) -> TryView {
        TryView {
            n: row.n,
            at: instant(row.at),
            millis: row.millis,
            status: row.status,
            reason: row.problem.map(|problem| self.reason(actor, &problem)),
            answer: row.answer,
        }
    }

    fn reason(&self, actor: &Actor, problem: &Problem) -> ReasonView {
        let said = self.texts().problem(actor.language, problem);
        ReasonView { code: problem.code.to_string(), message: said.message, remedy: said.remedy }
    }
}
