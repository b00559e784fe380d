//! A delivery: one variant on its way to one channel, and every decision about it.
//!
//! The worker loads a delivery, calls [`decide`] with what happened and `now`, and saves the new state with its
//! effects in one transaction. Nothing here sends anything. What this file guarantees, and `tests.rs` proves on
//! random histories: from [`State::Unknown`] no path leads to a second send without the network's own key, a
//! negative find, or a person.
//!
//! Long because states, events and the decisions between them are read together or not understood.

use jiff::SignedDuration;
use serde::{Deserialize, Serialize};

use crate::id::{BrandId, ChannelId, DeliveryId, PostId};
use crate::problem::Problem;
use crate::time::{Timestamp, Wall};

mod failure;
#[cfg(test)]
mod model;
#[cfg(test)]
mod tests;

pub use failure::{Failure, MAX_TRIES, Repeat, Scope, Verdict, verdict};

/// Where a delivery stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "lowercase")]
pub enum State {
    /// Waits for its time, or for the next try of something that surely did not happen.
    Scheduled,
    /// A request is on its way.
    Sending,
    /// The network works on it, or the next step is due.
    Waiting,
    /// It is out.
    Sent,
    /// Refused; somebody must mend it.
    Failed,
    /// A request left and nobody knows what came of it.
    Unknown,
    /// It waits for a person's word: it would go out too late, or nobody has approved it.
    Held,
    /// Called off before it left.
    Cancelled,
    /// It was out and has been taken down.
    Deleted,
}

impl State {
    /// All states.
    pub const ALL: [Self; 9] = [
        Self::Scheduled,
        Self::Sending,
        Self::Waiting,
        Self::Sent,
        Self::Failed,
        Self::Unknown,
        Self::Held,
        Self::Cancelled,
        Self::Deleted,
    ];

    /// The word in the database and the API.
    pub fn code(self) -> &'static str {
        match self {
            Self::Scheduled => "scheduled",
            Self::Sending => "sending",
            Self::Waiting => "waiting",
            Self::Sent => "sent",
            Self::Failed => "failed",
            Self::Unknown => "unknown",
            Self::Held => "held",
            Self::Cancelled => "cancelled",
            Self::Deleted => "deleted",
        }
    }

    /// Reads [`Self::code`].
    pub fn parse(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|state| state.code() == code)
    }
}

/// When it is to go out: what the wall showed the author, and the instant computed from it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Due {
    /// The instant.
    pub at: Timestamp,
    /// What the wall clock shows then.
    pub wall: Wall,
    /// In which IANA zone.
    pub zone: String,
}

/// What is out there.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Published {
    /// The network's id of the post, or of the first part of a thread.
    pub external_id: String,
    /// Where it can be seen.
    pub url: Option<String>,
    /// The ids of what belongs to it: further parts of a thread, pictures of an album, the first comment.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub parts: Vec<String>,
}

impl Published {
    /// A post of one part.
    pub fn one(external_id: impl Into<String>, url: Option<String>) -> Self {
        Self { external_id: external_id.into(), url, parts: Vec::new() }
    }
}

/// The result of at most one irreversible request.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub enum Step {
    /// All of it is out.
    Done(Published),
    /// More is to be done: the network works on it, or the next part follows.
    Wait {
        /// What the connector needs to go on; opaque to everybody else, free of secrets.
        resume: serde_json::Value,
        /// How long to wait first.
        wait: std::time::Duration,
        /// The main post, once it can be seen by others.
        published: Option<Published>,
    },
}

/// A variant on its way.
#[derive(Debug, Clone, PartialEq)]
pub struct Delivery {
    /// Its id; together with the step number the idempotency key.
    pub id: DeliveryId,
    /// Whose.
    pub brand: BrandId,
    /// Of which post.
    pub post: PostId,
    /// To which channel.
    pub channel: ChannelId,
    /// Where it stands.
    pub state: State,
    /// When it is to go out.
    pub due: Due,
    /// Irreversible steps finished so far.
    pub step: u32,
    /// Requests started for the present step since a person last touched it.
    pub tries: u32,
    /// Was the credential renewed for this step already?
    pub refreshed: bool,
    /// What the connector wants to see again at the next step.
    pub resume: Option<serde_json::Value>,
    /// When something is to be done next; `None` where only a person moves it.
    pub next_at: Option<Timestamp>,
    /// What is out so far.
    pub published: Option<Published>,
    /// When it went out.
    pub sent_at: Option<Timestamp>,
    /// Why it failed, is held, or waits.
    pub reason: Option<Problem>,
    /// Counts up when a person allows the same text to be sent again after a negative answer; part of the
    /// idempotency key, so that the network does not take the second send for an echo of the first.
    pub round: u32,
}

impl Delivery {
    /// A new delivery that waits for its time.
    pub fn new(id: DeliveryId, brand: BrandId, post: PostId, channel: ChannelId, due: Due) -> Self {
        Self {
            id,
            brand,
            post,
            channel,
            state: State::Scheduled,
            next_at: Some(due.at),
            due,
            step: 0,
            tries: 0,
            refreshed: false,
            resume: None,
            published: None,
            sent_at: None,
            reason: None,
            round: 0,
        }
    }

    /// The key sent with the present step: equal for every repeat of it, different for every other step.
    pub fn key(&self) -> String {
        format!("{}-{}-{}", self.id.0.simple(), self.round, self.step)
    }

    /// What a person can do with it now.
    pub fn can(&self) -> Vec<Command> {
        use Command as C;
        match self.state {
            State::Scheduled => vec![C::Cancel, C::SendNow],
            State::Waiting => Vec::new(),
            State::Sending => Vec::new(),
            State::Sent => vec![C::Update, C::Delete],
            State::Failed => vec![C::Retry, C::Cancel],
            State::Unknown => vec![C::Resolve],
            // A yes lets it go, and nothing else does.
            State::Held if self.reason.as_ref().is_some_and(|reason| reason.code == UNAPPROVED) => vec![C::Cancel],
            State::Held => vec![C::Retry, C::Cancel],
            State::Cancelled | State::Deleted => Vec::new(),
        }
    }
}

/// What a person can ask for; [`Event`] carries the details.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum Command {
    /// Call it off.
    Cancel,
    /// Send it without waiting for its time.
    SendNow,
    /// Try again after a refusal.
    Retry,
    /// Say what became of it.
    Resolve,
    /// Take it down over there.
    Delete,
    /// Send the changed text over there.
    Update,
}

/// What happened.
#[derive(Debug, Clone, PartialEq)]
pub enum Event {
    /// Its time came and a worker holds it.
    Claimed {
        /// Is the brand, the channel or everything paused?
        paused: bool,
        /// Was this very content approved, where it has to be?
        approved: bool,
        /// At most this late it still goes out by itself.
        late: SignedDuration,
        /// The network asked this channel to wait until then.
        blocked_until: Option<Timestamp>,
        /// How this network is saved from posting twice.
        repeat: Repeat,
        /// The step is in doubt, and the network has forgotten the key it was sent with: repeating it would not be
        /// recognised.
        key_forgotten: bool,
    },
    /// A request of the present step came to an end.
    Ended {
        /// How.
        result: Result<Step, Failure>,
        /// How this network is saved from posting twice.
        repeat: Repeat,
    },
    /// The credential was renewed after the network had called it expired.
    Refreshed,
    /// We looked for our post: what the step in doubt had produced, or `None` where it is surely not there.
    Looked(Result<Option<Step>, Failure>),
    /// A person calls it off.
    Cancel,
    /// A person calls off what may be out: a request of the present step has never been answered.
    CancelInDoubt,
    /// A person moves it.
    Move(Due),
    /// A person wants it out now, or again after it was mended.
    SendNow,
    /// A person looked: it is out.
    ResolvedSent(Published),
    /// A person looked: it is not out. Send it again?
    ResolvedNotSent {
        /// Yes.
        again: bool,
    },
    /// It was taken down over there.
    TakenDown,
    /// The pause is over, or it was approved.
    Resumed,
    /// It was put back from a back-up: whatever came of it since is not known here.
    Restored {
        /// Also what is due only later may have been sent since, by a person's hand.
        all: bool,
    },
    /// It came with its brand from another installation, which may still send it.
    Moved,
}

/// What must be done after the new state is saved.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Effect {
    /// Start the next request of the present step (state is `Sending`).
    Send,
    /// Renew the credential, then report [`Event::Refreshed`].
    Refresh,
    /// Look for our post, then report [`Event::Looked`].
    Look,
    /// Come back at `next_at`.
    Wake,
    /// It is out: collect its numbers, plan its removal.
    Out,
    /// Somebody must know: failed, unknown or held.
    Tell,
    /// It is due and nobody has approved it.
    AskApproval,
    /// The credential is dead: mark the channel.
    AskReconnect,
    /// Hold back the whole channel until `next_at`.
    BlockChannel,
}

/// The new delivery and what follows.
#[derive(Debug, Clone, PartialEq)]
pub struct Decision {
    /// To be saved.
    pub delivery: Delivery,
    /// To be done once it is saved.
    pub effects: Vec<Effect>,
}

/// The event cannot happen in this state; nothing changes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("a delivery that is {state:?} cannot do that")]
pub struct Refused {
    /// Where it stands.
    pub state: State,
}

/// What becomes of a delivery when `event` happens at `now`.
///
/// # Errors
/// [`Refused`] where the event makes no sense in this state, such as cancelling what is already being sent.
pub fn decide(mut d: Delivery, event: Event, now: Timestamp) -> Result<Decision, Refused> {
    let refused = Err(Refused { state: d.state });
    let effects = match (d.state, event) {
        (State::Scheduled | State::Waiting, Event::Claimed { key_forgotten: true, .. }) => doubt(&mut d),
        (State::Scheduled | State::Waiting, Event::Claimed { paused, approved, late, blocked_until, .. }) => {
            claim(&mut d, now, &Gate { paused, approved }, late, blocked_until)
        }
        // The worker that was sending died: its lease ran out with a request open.
        (State::Sending, Event::Claimed { key_forgotten: true, .. }) => doubt(&mut d),
        (State::Sending, Event::Claimed { repeat, .. }) => ended(&mut d, Err(Failure::Unknown), repeat, now),
        (State::Sending, Event::Ended { result, repeat }) => ended(&mut d, result, repeat, now),
        (State::Scheduled | State::Waiting, Event::Refreshed) => {
            d.refreshed = true;
            wake(&mut d, now)
        }
        (State::Unknown, Event::Claimed { repeat: Repeat::FindOwn, .. }) => vec![Effect::Look],
        (State::Unknown, Event::Looked(found)) => looked(&mut d, found, now),
        (State::Scheduled | State::Failed | State::Held, Event::Cancel) => {
            stop(&mut d, State::Cancelled);
            vec![]
        }
        (State::Scheduled | State::Failed | State::Held, Event::CancelInDoubt) => doubt(&mut d),
        (State::Scheduled | State::Held, Event::Move(due)) if d.step == 0 => {
            let at = due.at;
            d.due = due;
            again(&mut d, at)
        }
        (State::Failed | State::Cancelled, Event::Move(due)) if d.step == 0 => {
            let at = due.at;
            d.due = due;
            again(&mut d, at)
        }
        (State::Scheduled | State::Failed | State::Held, Event::SendNow) => {
            if d.step == 0 && d.due.at > now {
                d.due.at = now;
            }
            // A person said so: lateness is no longer a question.
            let effects = again(&mut d, now);
            d.reason = Some(Problem::warning("by-hand", "at"));
            effects
        }
        (State::Held, Event::Resumed) => again(&mut d, now),
        (State::Unknown, Event::ResolvedSent(published)) => {
            // What was in doubt may be a later part: then it is known already where the post is.
            d.published = Some(match d.published.take() {
                Some(known) if published.external_id.is_empty() => {
                    Published { url: published.url.or(known.url), ..known }
                }
                _ => published,
            });
            out(&mut d, now)
        }
        (State::Unknown, Event::ResolvedNotSent { again: true }) => {
            d.round += 1;
            let effects = again(&mut d, now);
            d.reason = Some(Problem::warning("by-hand", "at"));
            effects
        }
        (State::Unknown, Event::ResolvedNotSent { again: false }) => {
            stop(&mut d, State::Cancelled);
            vec![]
        }
        (_, Event::Restored { all }) => {
            if may_be_out(&d, all, now) {
                doubt(&mut d);
                d.reason = Some(Problem::error("restored", "channel"));
            }
            vec![]
        }
        (State::Scheduled | State::Held, Event::Moved) => {
            d.state = State::Held;
            d.next_at = None;
            d.reason = Some(Problem::error("moved", "channel"));
            vec![]
        }
        (State::Sending | State::Waiting, Event::Moved) => doubt(&mut d),
        (_, Event::Moved) => vec![],
        (State::Sent, Event::TakenDown) => {
            stop(&mut d, State::Deleted);
            vec![]
        }
        _ => return refused,
    };
    Ok(Decision { delivery: d, effects })
}

/// What stands in the way of everything.
struct Gate {
    paused: bool,
    approved: bool,
}

fn claim(
    d: &mut Delivery,
    now: Timestamp,
    gate: &Gate,
    late: SignedDuration,
    blocked: Option<Timestamp>,
) -> Vec<Effect> {
    if d.next_at.is_none_or(|at| at > now) {
        return vec![Effect::Wake];
    }
    let by_hand = d.reason.as_ref().is_some_and(|reason| reason.code == "by-hand");
    if gate.paused && d.step == 0 {
        d.state = State::Held;
        d.next_at = None;
        d.reason = Some(Problem::warning("held-paused", "at"));
        return vec![];
    }
    if let Some(until) = blocked.filter(|until| *until > now) {
        d.next_at = Some(until);
        d.reason = Some(Problem::warning("rate-limited", "at").with("until", until.to_string()));
        return vec![Effect::Wake];
    }
    // At every step: what follows in a thread was approved together with what began it.
    if !gate.approved {
        d.state = State::Held;
        d.next_at = None;
        d.reason = Some(Problem::error(UNAPPROVED, "at"));
        return vec![Effect::Tell, Effect::AskApproval];
    }
    let first = d.step == 0 && d.tries == 0 && !by_hand;
    if first && now.duration_since(d.due.at) > late {
        d.state = State::Held;
        d.next_at = None;
        d.reason = Some(Problem::error("held-late", "at").with("minutes", now.duration_since(d.due.at).as_mins()));
        return vec![Effect::Tell];
    }
    d.state = State::Sending;
    d.tries += 1;
    d.next_at = None;
    d.reason = None;
    vec![Effect::Send]
}

fn ended(d: &mut Delivery, result: Result<Step, Failure>, repeat: Repeat, now: Timestamp) -> Vec<Effect> {
    match result {
        Ok(step) => advance(d, step, now),
        Err(failure) => match verdict(&failure, repeat, d.tries, d.refreshed, now) {
            Verdict::TryAgain(at) => {
                d.state = if d.step == 0 { State::Scheduled } else { State::Waiting };
                d.next_at = Some(at);
                d.reason = Some(failure.problem());
                vec![Effect::Wake]
            }
            Verdict::Pause(scope, until) => {
                d.state = if d.step == 0 { State::Scheduled } else { State::Waiting };
                d.tries = d.tries.saturating_sub(1);
                d.next_at = Some(until);
                d.reason = Some(failure.problem());
                if scope == Scope::Endpoint { vec![Effect::Wake] } else { vec![Effect::BlockChannel, Effect::Wake] }
            }
            Verdict::RefreshThenTry => {
                d.state = if d.step == 0 { State::Scheduled } else { State::Waiting };
                d.refreshed = true;
                d.next_at = Some(now);
                d.reason = Some(failure.problem());
                vec![Effect::Refresh]
            }
            Verdict::AskReconnect => fail(d, &failure, vec![Effect::AskReconnect, Effect::Tell]),
            Verdict::TellAuthor => fail(d, &failure, vec![Effect::Tell]),
            Verdict::Look => {
                d.state = State::Unknown;
                d.next_at = Some(now.saturating_add(LOOK_AFTER).unwrap_or(now));
                d.reason = Some(failure.problem());
                vec![Effect::Wake, Effect::Tell]
            }
            Verdict::AskPerson => {
                d.state = State::Unknown;
                d.next_at = None;
                d.reason = Some(failure.problem());
                vec![Effect::Tell]
            }
        },
    }
}

/// Why it is held where nobody has approved it.
pub const UNAPPROVED: &str = "held-approval";

/// A wall shows a new post only after a moment: looking at once would find nothing and send it twice.
const LOOK_AFTER: SignedDuration = SignedDuration::from_secs(10);

fn advance(d: &mut Delivery, step: Step, now: Timestamp) -> Vec<Effect> {
    d.step += 1;
    d.tries = 0;
    d.refreshed = false;
    d.reason = None;
    match step {
        Step::Done(published) => {
            d.published = Some(published);
            out(d, now)
        }
        Step::Wait { resume, wait, published } => {
            d.state = State::Waiting;
            d.resume = Some(resume);
            d.published = published.or(d.published.take());
            if d.published.is_some() && d.sent_at.is_none() {
                d.sent_at = Some(now);
            }
            let wait = SignedDuration::try_from(wait).unwrap_or(SignedDuration::ZERO);
            d.next_at = Some(now.saturating_add(wait).unwrap_or(now));
            vec![Effect::Wake]
        }
    }
}

fn looked(d: &mut Delivery, found: Result<Option<Step>, Failure>, now: Timestamp) -> Vec<Effect> {
    match found {
        Ok(Some(step)) => advance(d, step, now),
        // Surely not there: the same step may be sent again, with the same key.
        Ok(None) if d.tries < MAX_TRIES => {
            d.state = if d.step == 0 { State::Scheduled } else { State::Waiting };
            wake(d, now)
        }
        Ok(None) => fail(d, &Failure::Transient { after: None }, vec![Effect::Tell]),
        // Could not look: stay in doubt and look again later, as long as that is worth it.
        Err(failure) => {
            d.tries += 1;
            d.reason = Some(Failure::Unknown.problem());
            d.next_at = (d.tries < MAX_TRIES).then(|| failure::retry_at(&failure, d.tries, now));
            if d.next_at.is_some() { vec![Effect::Wake] } else { vec![Effect::Tell] }
        }
    }
}

/// Nobody knows, and no key helps any more: only a person can tell.
fn doubt(d: &mut Delivery) -> Vec<Effect> {
    d.state = State::Unknown;
    d.next_at = None;
    d.reason = Some(Failure::Unknown.problem());
    vec![Effect::Tell]
}

/// May it have gone out after the back-up it comes from was made? What only a person moves is left to that person.
fn may_be_out(d: &Delivery, all: bool, now: Timestamp) -> bool {
    let goes_on = d.reason.as_ref().is_some_and(|reason| matches!(reason.code.as_ref(), "held-paused" | UNAPPROVED));
    match d.state {
        State::Sending | State::Waiting | State::Unknown => true,
        State::Scheduled => all || d.tries > 0 || d.due.at <= now || d.next_at.is_none_or(|at| at <= now),
        State::Held => goes_on,
        State::Sent | State::Failed | State::Cancelled | State::Deleted => false,
    }
}

fn wake(d: &mut Delivery, at: Timestamp) -> Vec<Effect> {
    d.next_at = Some(at);
    vec![Effect::Wake]
}

/// Back on the way after a person's word; steps that are done stay done.
fn again(d: &mut Delivery, at: Timestamp) -> Vec<Effect> {
    d.state = if d.step == 0 { State::Scheduled } else { State::Waiting };
    d.tries = 0;
    d.refreshed = false;
    d.reason = None;
    wake(d, at)
}

fn fail(d: &mut Delivery, failure: &Failure, effects: Vec<Effect>) -> Vec<Effect> {
    stop(d, State::Failed);
    d.reason = Some(failure.problem());
    effects
}

fn out(d: &mut Delivery, now: Timestamp) -> Vec<Effect> {
    stop(d, State::Sent);
    d.resume = None;
    if d.sent_at.is_none() {
        d.sent_at = Some(now);
    }
    vec![Effect::Out]
}

fn stop(d: &mut Delivery, state: State) {
    d.state = state;
    d.next_at = None;
    d.reason = None;
}
