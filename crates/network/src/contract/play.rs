//! Runs one ability of a network against the scripted server and tells what came of it.

use std::collections::BTreeSet;

use sarafan_domain::delivery::Step;
use sarafan_domain::time::Timestamp;
use serde_json::Value;

use super::fixtures::{Fixtures, Recording};
use super::script::Script;
use crate::{Call, Connecting, IdempotencyKey, NetError, Opening};

/// One thing a network can be asked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Ability {
    Connect,
    Finish,
    Whoami,
    Refresh,
    Publish,
    Find,
    Edit,
    Delete,
    Stats,
    ChannelStats,
    Under,
    Since,
    Reply,
}

impl Ability {
    pub(super) const ALL: [Self; 13] = [
        Self::Connect,
        Self::Finish,
        Self::Whoami,
        Self::Refresh,
        Self::Publish,
        Self::Find,
        Self::Edit,
        Self::Delete,
        Self::Stats,
        Self::ChannelStats,
        Self::Under,
        Self::Since,
        Self::Reply,
    ];

    /// Name of its recordings.
    pub(super) fn file(self) -> &'static str {
        match self {
            Self::Connect => "connect",
            Self::Finish => "finish",
            Self::Whoami => "whoami",
            Self::Refresh => "refresh",
            Self::Publish => "publish",
            Self::Find => "find",
            Self::Edit => "edit",
            Self::Delete => "delete",
            Self::Stats => "stats",
            Self::ChannelStats => "channel_stats",
            Self::Under => "under",
            Self::Since => "since",
            Self::Reply => "reply",
        }
    }

    /// Recordings of it that must exist for this network.
    pub(super) fn needed(self, all: &Fixtures<'_>) -> bool {
        let network = all.network;
        match self {
            Self::Connect | Self::Whoami => true,
            Self::Finish => network.about().auth.oauth,
            Self::Refresh | Self::Find => false,
            Self::Publish => network.publish().is_some(),
            Self::Edit => network.edit().is_some(),
            Self::Delete => network.delete().is_some(),
            Self::Stats | Self::ChannelStats => network.stats().is_some(),
            Self::Under | Self::Since | Self::Reply => network.comments().is_some(),
        }
    }
}

/// What came of it.
#[derive(Debug, Default)]
pub(super) struct Outcome {
    /// How it failed.
    pub(super) error: Option<NetError>,
    /// Everything that leaves the connector and may be stored, logged or shown, as text.
    pub(super) visible: Vec<String>,
    /// Steps with the number of irreversible requests in each.
    pub(super) writes_per_step: Vec<usize>,
    /// The steps of a publication.
    pub(super) steps: Vec<Step>,
    /// Did `find` see it?
    pub(super) found: Option<bool>,
    /// Items on all pages, each counted once: what is read twice is known by its id.
    pub(super) items: usize,
    /// Pages read.
    pub(super) pages: usize,
}

/// A page that leads back to itself would never end; no recording has so many.
const MAX_PAGES: usize = 20;
const MAX_STEPS: usize = 40;

/// For which delivery something is asked, and when.
#[derive(Debug, Clone, Copy)]
pub(super) struct Turn {
    pub(super) delivery: &'static str,
    pub(super) now: Timestamp,
}

/// Asks the network; every step of a publication goes with its own key made from the delivery.
pub(super) async fn play(
    all: &Fixtures<'_>,
    ability: Ability,
    recording: &Recording,
    script: &Script,
    turn: Turn,
) -> Outcome {
    let mut outcome = Outcome::default();
    let result = run(all, ability, recording, script, turn, &mut outcome).await;
    if let Err(error) = result {
        outcome.visible.push(format!("{error:?} {error} {:?}", error.problem()));
        outcome.error = Some(error);
    }
    for request in script.asked() {
        outcome.visible.push(format!("{request:?}"));
    }
    outcome
}

async fn run(
    all: &Fixtures<'_>,
    ability: Ability,
    recording: &Recording,
    script: &Script,
    turn: Turn,
    outcome: &mut Outcome,
) -> Result<(), NetError> {
    let (channel, credential) = (all.channel(), all.credential());
    let key = IdempotencyKey(format!("{}-0-0", turn.delivery));
    let call = Call { http: script, channel: &channel, credential: &credential, key: &key, now: turn.now };
    let opening = Opening { http: script, redirect: "https://sarafan.example/oauth", nonce: "nonce-1", now: turn.now };
    let network = all.network;
    let published = &all.place.published;
    match ability {
        Ability::Connect => {
            let form = recording.form.as_ref().unwrap_or(&all.place.form);
            let connecting = network.auth().connect(&opening, form).await?;
            if let Connecting::Choose(places) = &connecting {
                outcome.items = places.len();
                outcome.visible.extend(places.iter().map(|place| place.facts.to_string()));
            }
            outcome.visible.push(format!("{connecting:?}"));
        }
        Ability::Finish => {
            let saved = crate::Secret::new(recording.saved.clone());
            let places = network.auth().finish(&opening, &saved, &recording.query).await?;
            outcome.items = places.len();
            outcome.visible.push(format!("{places:?}"));
        }
        Ability::Whoami => outcome.visible.push(format!("{:?}", network.auth().whoami(&call).await?)),
        Ability::Refresh => outcome.visible.push(format!("{:?}", network.auth().refresh(&call).await?)),
        Ability::Publish => publish(all, recording, script, turn, outcome).await?,
        Ability::Find => {
            let Some(publish) = network.publish() else { return Ok(()) };
            let found = publish.find(&call, &recording.outgoing(), recording.resume.clone()).await?;
            outcome.found = Some(found.is_some());
            outcome.visible.push(format!("{found:?}"));
        }
        Ability::Edit => {
            let Some(edit) = network.edit() else { return Ok(()) };
            outcome.visible.push(format!("{:?}", edit.edit(&call, published, &recording.outgoing()).await?));
        }
        Ability::Delete => {
            let Some(delete) = network.delete() else { return Ok(()) };
            delete.delete(&call, published).await?;
        }
        Ability::Stats => {
            let Some(stats) = network.stats() else { return Ok(()) };
            let counts = stats.posts(&call, std::slice::from_ref(published)).await?;
            outcome.items = counts.len();
            outcome.visible.push(format!("{counts:?}"));
        }
        Ability::ChannelStats => {
            let Some(stats) = network.stats() else { return Ok(()) };
            outcome.visible.push(format!("{:?}", stats.channel(&call).await?));
        }
        Ability::Under | Ability::Since => {
            let Some(comments) = network.comments() else { return Ok(()) };
            let mut cursor: Option<String> = None;
            let mut seen = BTreeSet::new();
            while outcome.pages < MAX_PAGES {
                let page = if ability == Ability::Under {
                    comments.under(&call, published, cursor.as_deref()).await?
                } else {
                    comments.since(&call, cursor.as_deref()).await?
                };
                outcome.pages += 1;
                outcome.visible.push(format!("{page:?}"));
                seen.extend(page.items.into_iter().map(|item| item.external_id));
                outcome.items = seen.len();
                match page.next {
                    Some(next) => cursor = Some(next),
                    None => break,
                }
            }
        }
        Ability::Reply => {
            let Some(comments) = network.comments() else { return Ok(()) };
            let reply = comments.reply(&call, &all.place.comment, "Спасибо!").await?;
            outcome.writes_per_step.push(script.writes());
            outcome.visible.push(format!("{reply:?}"));
        }
    }
    Ok(())
}

async fn publish(
    all: &Fixtures<'_>,
    recording: &Recording,
    script: &Script,
    turn: Turn,
    outcome: &mut Outcome,
) -> Result<(), NetError> {
    let Some(publish) = all.network.publish() else { return Ok(()) };
    let (channel, credential) = (all.channel(), all.credential());
    let post = recording.outgoing();
    let mut resume: Option<Value> = None;
    for number in 0..MAX_STEPS {
        let key = IdempotencyKey(format!("{}-0-{number}", turn.delivery));
        let call = Call { http: script, channel: &channel, credential: &credential, key: &key, now: turn.now };
        let before = script.writes();
        let result = match resume.take() {
            None => publish.start(&call, &post).await,
            Some(resume) => publish.resume(&call, &post, resume).await,
        };
        outcome.writes_per_step.push(script.writes() - before);
        let step = result?;
        outcome.visible.push(serde_json::to_string(&step).unwrap_or_default());
        outcome.visible.push(format!("{step:?}"));
        outcome.steps.push(step.clone());
        match step {
            Step::Done(_) => return Ok(()),
            Step::Wait { resume: next, .. } => resume = Some(next),
        }
    }
    Err(NetError::Protocol { detail: format!("not done after {MAX_STEPS} steps") })
}
