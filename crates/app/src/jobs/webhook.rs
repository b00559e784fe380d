//! Tells an endpoint a message, signed, and decides what follows. Told twice is harmless: the message has an id.

use std::time::Instant;

use sarafan_domain::problem::Problem;
use sarafan_domain::webhook::{self, Next, Tried};
use sarafan_network::http::{Body, Effect, Http, HttpError, Reply, Request};
use sarafan_store::StoreError;
use sarafan_store::jobs::ClaimedJob;
use sarafan_store::webhooks::{self as rows, MessageRow, MessageState, TryRow, WebhookRow};

use super::Outcome;
use crate::lease::Lease;
use crate::webhooks::{OfMessage, Secrets, switch_off, told_id};
use crate::{App, AppError};

/// So much of an answer is kept, in characters.
const SHOWN: usize = 500;

pub(super) async fn run(app: &App, job: &ClaimedJob, lease: &Lease) -> Result<Outcome, AppError> {
    let OfMessage { message } = super::payload(job)?;
    let found = {
        let mut conn = app.store().read().await?;
        match rows::message_of(&mut conn, job.job.brand, message).await {
            Ok(row) => Some((rows::get(&mut conn, row.brand, row.webhook).await?, row)),
            Err(StoreError::NotFound) => None,
            Err(error) => return Err(error.into()),
        }
    };
    let Some((endpoint, row)) = found.filter(|(_, row)| row.state == MessageState::Waiting) else {
        return Ok(Outcome::Done);
    };
    let (at, begun) = (app.now(), Instant::now());
    let request = request(app, &endpoint, &row)?;
    let result = lease.keep(app, job, app.door().send(request)).await?;
    let (status, problem) = match &result {
        Ok(reply) => (Some(reply.status), None),
        Err(error) => (None, Some(Problem::error(why(error), "url"))),
    };
    let tried = TryRow {
        n: row.tries + 1,
        at,
        millis: i64::try_from(begun.elapsed().as_millis()).unwrap_or(i64::MAX),
        status,
        problem,
        answer: result.as_ref().map(shown).unwrap_or_default(),
    };
    let inner = app.clone();
    lease
        .written(app, move |conn| {
            let (app, row, tried) = (inner.clone(), row.clone(), tried.clone());
            Box::pin(async move { settle(&app, conn, row, &tried).await })
        })
        .await
}

fn request(app: &App, endpoint: &WebhookRow, row: &MessageRow) -> Result<Request, AppError> {
    let now = app.now();
    let secrets = Secrets::open(app.keyring(), endpoint.id, &endpoint.secrets)?;
    let body = Body::Raw { mime: "application/json".to_owned(), bytes: row.body.clone().into() };
    Ok(Request::new(Effect::Prepare, "POST", endpoint.url.as_str())
        .header("webhook-id", told_id(row.id))
        .header("webhook-timestamp", now.as_second().to_string())
        .header("webhook-signature", secrets.sign(row.id, now, &row.body)?)
        .body(body))
}

/// Writes the try down with what follows from it.
async fn settle(
    app: &App,
    conn: &mut sarafan_store::Conn,
    read: MessageRow,
    tried: &TryRow,
) -> Result<Outcome, AppError> {
    let mut row = rows::message_of(conn, read.brand, read.id).await?;
    let mut endpoint = rows::get(conn, row.brand, row.webhook).await?;
    rows::tried(conn, row.brand, row.id, tried).await?;
    let next = webhook::decide(Tried::of(tried.status), row.step, endpoint.failed);
    (row.tries, row.status, row.step, row.next_at) = (tried.n, tried.status, row.step + 1, None);
    let again = match next {
        Next::Again(wait) => {
            let at = app.now().checked_add(wait).unwrap_or(app.now());
            row.next_at = Some(at);
            Outcome::Again(at)
        }
        Next::Delivered => {
            row.state = MessageState::Delivered;
            endpoint.failed = 0;
            rows::update(conn, &endpoint).await?;
            Outcome::Done
        }
        Next::Failed { off } => {
            row.state = MessageState::Failed;
            endpoint.failed = endpoint.failed.saturating_add(1);
            match off && endpoint.live {
                true if tried.status == Some(410) => switch_off(app, conn, &endpoint, "webhook-unwanted").await?,
                true => switch_off(app, conn, &endpoint, "webhook-dead").await?,
                false => rows::update(conn, &endpoint).await?,
            }
            Outcome::Done
        }
    };
    rows::move_message(conn, &row).await?;
    Ok(again)
}

fn why(error: &HttpError) -> &'static str {
    match error {
        HttpError::NotSent | HttpError::Quota { .. } => "webhook-unreachable",
        HttpError::Forbidden => "webhook-forbidden",
        HttpError::NoAnswer(_) => "webhook-silent",
    }
}

/// The first bytes of an answer as text.
fn shown(reply: &Reply) -> String {
    let text = String::from_utf8_lossy(&reply.body);
    text.chars().filter(|c| !c.is_control() || *c == '\n').take(SHOWN).collect()
}
