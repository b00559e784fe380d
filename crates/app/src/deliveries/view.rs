//! A delivery and its story as the API shows them.

use std::collections::BTreeMap;

use sarafan_domain::channel::Channel;
use sarafan_domain::delivery::{Command, State};
use sarafan_domain::id::{ChannelId, DeliveryId, PostId};
use sarafan_domain::problem::{Arg, Problem};
use sarafan_domain::schedule::wall_text;
use sarafan_store::attempts::AttemptRow;
use sarafan_store::deliveries::DeliveryRow;
use serde::Serialize;
use utoipa::ToSchema;

use crate::view::instant;
use crate::{Actor, App};

/// A delivery in the queue.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct DeliveryView {
    /// Its id.
    pub id: DeliveryId,
    /// Of which post.
    pub post: PostId,
    /// The post's first line.
    pub title: String,
    /// To which channel.
    pub channel: ChannelId,
    /// The channel's network; empty where the channel is gone.
    pub network: String,
    /// The channel's name.
    pub channel_name: String,
    /// Where it stands.
    pub state: State,
    /// When it is due.
    pub due_at: String,
    /// What the wall shows then.
    pub wall: String,
    /// In which zone.
    pub zone: String,
    /// When it went out.
    pub sent_at: Option<String>,
    /// Where it can be seen.
    pub url: Option<String>,
    /// The network's id of it.
    pub external_id: Option<String>,
    /// What was tried so far, words of a person included.
    pub attempts: i64,
    /// Why it failed, waits or is held.
    pub reason: Option<ReasonView>,
    /// When something is done next.
    pub next_at: Option<String>,
    /// How late it went out, in milliseconds.
    pub late_ms: Option<i64>,
    /// What can be done with it.
    pub can: Vec<Command>,
}

/// A reason in words.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct ReasonView {
    /// The code.
    pub code: String,
    /// What happened.
    pub message: String,
    /// What helps.
    pub remedy: Option<String>,
}

/// A page of the queue.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct DeliveryPage {
    /// The deliveries.
    pub items: Vec<DeliveryView>,
    /// Where the next page begins.
    pub next: Option<String>,
    /// How many there are in each state.
    pub counts: BTreeMap<String, i64>,
}

/// A delivery with the story of its attempts.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct DeliveryDetail {
    /// The delivery.
    #[serde(flatten)]
    pub delivery: DeliveryView,
    /// What was tried, first to last.
    pub history: Vec<AttemptView>,
}

/// One request, or one word of a person.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct AttemptView {
    /// Counts from 1.
    pub n: i64,
    /// Which step of the delivery, from 0.
    pub step: u32,
    /// `publish`, `resume`, `find`, `edit`, `delete`, `by_hand`, `resolved`.
    pub kind: String,
    /// When it began.
    pub started_at: String,
    /// When it ended; missing while it runs, or where the process died.
    pub ended_at: Option<String>,
    /// The outcome's code.
    pub outcome: String,
    /// What happened, in a sentence.
    pub words: String,
    /// Who said so, for words of a person.
    pub by: Option<String>,
}

impl App {
    pub(crate) fn delivery_view(&self, actor: &Actor, row: &DeliveryRow, channel: Option<&Channel>) -> DeliveryView {
        let d = &row.delivery;
        let network = channel.and_then(|channel| self.networks().get(&channel.network));
        let can = d.can().into_iter().filter(|command| match command {
            Command::Update => network.is_some_and(|network| network.edit().is_some()),
            Command::Delete => network.is_some_and(|network| network.delete().is_some()),
            Command::Cancel | Command::SendNow | Command::Retry | Command::Resolve => true,
        });
        DeliveryView {
            id: d.id,
            post: d.post,
            title: row.title.clone(),
            channel: d.channel,
            network: channel.map(|channel| channel.network.clone()).unwrap_or_default(),
            channel_name: channel.map(|channel| channel.name.clone()).unwrap_or_default(),
            state: d.state,
            due_at: instant(d.due.at),
            wall: wall_text::format(d.due.wall),
            zone: d.due.zone.clone(),
            sent_at: d.sent_at.map(instant),
            url: d.published.as_ref().and_then(|published| published.url.clone()),
            external_id: d.published.as_ref().map(|p| p.external_id.clone()).filter(|id| !id.is_empty()),
            attempts: row.attempts,
            reason: d.reason.as_ref().map(|problem| self.reason_view(actor, problem)),
            next_at: d.next_at.map(instant),
            late_ms: d.sent_at.map(|sent| {
                let late = sent.duration_since(d.due.at).as_millis().max(0);
                i64::try_from(late).unwrap_or(i64::MAX)
            }),
            can: can.collect(),
        }
    }

    pub(crate) fn reason_view(&self, actor: &Actor, problem: &Problem) -> ReasonView {
        let said = self.texts().problem(actor.language, problem);
        ReasonView { code: problem.code.to_string(), message: said.message, remedy: said.remedy }
    }

    pub(crate) fn attempt_view(&self, actor: &Actor, row: AttemptRow) -> AttemptView {
        let outcome = row.outcome.unwrap_or_else(|| "running".to_owned());
        let mut args: Vec<(&str, Arg)> = vec![("step", (row.step + 1).into())];
        if let Some(by) = &row.by {
            args.push(("by", by.as_str().into()));
        }
        let words = match &row.detail {
            Some(problem) => self.texts().problem(actor.language, problem).message,
            None => self.texts().say(actor.language, &format!("attempt-{outcome}"), &args),
        };
        AttemptView {
            n: row.n,
            step: row.step,
            kind: row.kind,
            started_at: instant(row.started_at),
            ended_at: row.ended_at.map(instant),
            outcome,
            words,
            by: row.by,
        }
    }
}
