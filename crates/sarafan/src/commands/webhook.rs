//! `sarafan webhook`: programs elsewhere that are told what happens.

use clap::{Args, Subcommand};
use sarafan_app::webhooks::{MessagePage, WebhookInput, WebhookPatch, WebhookView};
use sarafan_domain::id::{BrandId, WebhookId};
use sarafan_domain::webhook::Topic;

use super::{Desk, id, words};
use crate::args::OfBrand;
use crate::trouble::Outcome;

/// What can be done.
#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// List the webhooks of a brand
    List(OfBrand),
    /// Make a webhook; its secret is printed once
    #[command(
        long_about = "Make a webhook; its secret is printed once. Messages are signed as the Standard Webhooks specification \
            says, tried for a day, and kept in a log for 30 days. See docs/api.md.\n\n\
            Events: post.sent, delivery.sent, delivery.failed, delivery.unknown, approval.submitted, approval.approved, \
            approval.changes_asked, comment.received, channel.reconnect.",
        after_help = "Example:\n  \
            sarafan webhook create https://example.org/hooks --name Desk --on delivery.failed,comment.received"
    )]
    Create {
        /// Where it listens
        url: String,
        /// What it is for
        #[arg(long)]
        name: String,
        /// What it is told of; several by commas or by repeating
        #[arg(long, value_name = "EVENT", required = true)]
        on: Vec<String>,
        #[command(flatten)]
        brand: OfBrand,
    },
    /// Switch a webhook on, also one that was switched off by itself
    SwitchOn(Which),
    /// Switch a webhook off
    SwitchOff(Which),
    /// Give it a new secret; the old one signs as well for a day
    Rotate(Which),
    /// Send it a test message
    Test(Which),
    /// Show what it was told, the newest first
    Log(Which),
    /// Send a message once more
    Replay {
        #[command(flatten)]
        which: Which,
        /// The message's id
        message: String,
    },
    /// Remove a webhook with its log
    Remove(Which),
}

/// One webhook.
#[derive(Debug, Args)]
pub(crate) struct Which {
    /// The webhook's id
    id: String,
    #[command(flatten)]
    brand: OfBrand,
}

impl Which {
    async fn find(&self, desk: &Desk) -> Outcome<(BrandId, WebhookId)> {
        Ok((desk.brand(self.brand.brand.as_deref()).await?, id(&self.id)?))
    }
}

pub(crate) async fn run(desk: &Desk, command: Command) -> Outcome {
    let (app, actor) = (&desk.app, &desk.actor);
    match command {
        Command::List(brand) => {
            let all = app.list_webhooks(actor, desk.brand(brand.brand.as_deref()).await?).await?;
            desk.show(&all, || table(desk, &all));
        }
        Command::Create { url, name, on, brand } => {
            let brand = desk.brand(brand.brand.as_deref()).await?;
            let input = WebhookInput { name, url, topics: words(&on, Topic::parse)? };
            show(desk, &app.create_webhook(actor, brand, input).await?);
        }
        Command::SwitchOn(which) => switch(desk, &which, true).await?,
        Command::SwitchOff(which) => switch(desk, &which, false).await?,
        Command::Rotate(which) => {
            let (brand, id) = which.find(desk).await?;
            show(desk, &app.rotate_webhook(actor, brand, id).await?);
        }
        Command::Test(which) => {
            let (brand, id) = which.find(desk).await?;
            let message = app.test_webhook(actor, brand, id).await?;
            desk.show(&message, || desk.say("cli-webhook-tested", &[("id", message.id.to_string().into())]) + "\n");
        }
        Command::Log(which) => {
            let (brand, id) = which.find(desk).await?;
            let page = app.webhook_messages(actor, brand, id, None, Some(200)).await?;
            desk.show(&page, || log(desk, &page));
        }
        Command::Replay { which, message } => {
            let (brand, webhook) = which.find(desk).await?;
            let detail = app.replay_webhook(actor, brand, webhook, id(&message)?).await?;
            desk.show(&detail, || desk.say("cli-webhook-replayed", &[]) + "\n");
        }
        Command::Remove(which) => {
            let (brand, id) = which.find(desk).await?;
            app.delete_webhook(actor, brand, id).await?;
            desk.show(&serde_json::json!({ "id": id }), || desk.say("cli-webhook-gone", &[]) + "\n");
        }
    }
    Ok(())
}

async fn switch(desk: &Desk, which: &Which, live: bool) -> Outcome {
    let (brand, id) = which.find(desk).await?;
    let patch = WebhookPatch { live: Some(live), ..WebhookPatch::default() };
    show(desk, &desk.app.update_webhook(&desk.actor, brand, id, patch).await?);
    Ok(())
}

fn show(desk: &Desk, webhook: &WebhookView) {
    desk.show(webhook, || {
        let mut text = table(desk, std::slice::from_ref(webhook));
        if let Some(secret) = &webhook.secret {
            text.push_str(&desk.say("cli-webhook-secret", &[("secret", secret.as_str().into())]));
            text.push('\n');
        }
        text
    });
}

fn table(desk: &Desk, all: &[WebhookView]) -> String {
    let mut table = desk.table(&[
        "cli-head-id",
        "cli-head-name",
        "cli-head-state",
        "cli-head-url",
        "cli-head-topics",
        "cli-head-note",
    ]);
    for webhook in all {
        let topics: Vec<&str> = webhook.topics.iter().map(|topic| topic.code()).collect();
        table.row([
            webhook.id.to_string(),
            webhook.name.clone(),
            desk.say(if webhook.live { "cli-state-ok" } else { "cli-webhook-off" }, &[]),
            webhook.url.clone(),
            topics.join(", "),
            webhook.reason.as_ref().map(|reason| reason.message.clone()).unwrap_or_default(),
        ]);
    }
    table.text()
}

fn log(desk: &Desk, page: &MessagePage) -> String {
    let mut table = desk.table(&[
        "cli-head-id",
        "cli-head-time",
        "cli-head-topics",
        "cli-head-state",
        "cli-head-tries",
        "cli-head-status",
    ]);
    for message in &page.items {
        table.row([
            message.id.to_string(),
            message.created_at.clone(),
            message.topic.clone(),
            message.state.clone(),
            message.tries.to_string(),
            message.status.map(|status| status.to_string()).unwrap_or_default(),
        ]);
    }
    table.text()
}
