//! The contract every social network fulfils.
//!
//! A network is described by data ([`About`]) and by the abilities it returns. An ability that is `None` does not
//! exist: no button, no job, no "not implemented" at run time. What is absent on purpose: the name of any
//! network, SQL, and policy: a connector never retries, pauses or renews by itself.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::fmt;
use std::time::Duration;

use async_trait::async_trait;
use sarafan_domain::channel::Channel;
use sarafan_domain::post::Variant;
use sarafan_domain::problem::Problem;
use sarafan_domain::time::Timestamp;
use serde_json::Value;

pub use sarafan_domain::delivery::{Failure as NetError, Published, Repeat, Scope, Step};

pub mod about;
pub mod check;
#[cfg(feature = "contract")]
pub mod contract;
pub mod door;
pub mod http;
pub mod mail;
pub mod media;
pub mod messenger;
pub mod play;
mod quote;
#[cfg(feature = "contract")]
pub mod stage;

pub use about::{About, AuthForm, Field, Format, Input, Kind, MediaRule, PollRule, Quota, Texts};
use http::Http;
pub use media::Media;
pub use quote::quote;

/// A call's result.
pub type Result<T, E = NetError> = std::result::Result<T, E>;

/// A social network we can speak to.
pub trait Network: Send + Sync + 'static {
    /// What is true of the network without asking it.
    fn about(&self) -> &'static About;

    /// The limits that hold for this variant on this channel.
    ///
    /// `facts` is what the connector kept in [`Channel::facts`] when the channel was connected or last checked;
    /// `Null` before any channel is chosen.
    fn format(&self, variant: &Variant, facts: &Value) -> Format;

    /// The text as it will be sent, part by part, and the address shown as a card, if any.
    ///
    /// The counter, the preview and the sending all use this one function.
    fn compose(&self, variant: &Variant, _facts: &Value) -> Composed {
        Composed::with_link_in_text(variant)
    }

    /// How long the network remembers an idempotency key; `None` where it does so for ever, or has none.
    ///
    /// A step in doubt that was first started longer ago must not be repeated with its key; only a person knows.
    fn key_lives(&self) -> Option<Duration> {
        None
    }

    /// Refusals that only this network knows; [`check::check`] has looked at the limits already.
    fn check(&self, _variant: &Variant, _facts: &Value) -> Vec<Problem> {
        Vec::new()
    }

    /// Whatever shares the quotas of scope `App` with a channel, where it is not simply its server: a bot, an
    /// application.
    fn quota_owner(&self, _facts: &Value) -> Option<String> {
        None
    }

    /// How a channel is opened; the one ability nobody can do without.
    fn auth(&self) -> &dyn Auth;

    /// Sends posts.
    fn publish(&self) -> Option<&dyn Publish> {
        None
    }
    /// Changes what is out.
    fn edit(&self) -> Option<&dyn Edit> {
        None
    }
    /// Takes down what is out.
    fn delete(&self) -> Option<&dyn Delete> {
        None
    }
    /// Reads numbers.
    fn stats(&self) -> Option<&dyn Stats> {
        None
    }
    /// Reads and answers comments.
    fn comments(&self) -> Option<&dyn Comments> {
        None
    }
}

/// The words of the product that a network can stand for, in the order they are shown.
pub fn abilities(network: &dyn Network) -> Vec<&'static str> {
    let format = network.format(&Variant::default(), &Value::Null);
    let have = [
        ("publish", network.publish().is_some()),
        ("thread", format.thread),
        ("poll", format.poll.is_some()),
        ("first_comment", format.first_comment),
        ("edit", network.edit().is_some()),
        ("delete", network.delete().is_some()),
        ("stats", network.stats().is_some()),
        ("comments", network.comments().is_some()),
    ];
    have.into_iter().filter_map(|(name, has)| has.then_some(name)).collect()
}

/// What will be sent.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Composed {
    /// The parts of the thread; one for an ordinary post.
    pub parts: Vec<String>,
    /// An address that is shown as a card and not as text.
    pub card: Option<CardWish>,
}

/// A card that a post shall show.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct CardWish {
    /// Where it leads.
    pub url: String,
    /// Its title, where the author wants another than the page's own.
    pub title: Option<String>,
    /// Its text, where the author wants another than the page's own.
    pub description: Option<String>,
}

/// What a page says of itself.
#[derive(Debug, Clone)]
pub struct Card {
    /// Its title; empty where it has none.
    pub title: String,
    /// What it is about; empty where it does not say.
    pub description: String,
    /// Its picture: JPEG of at most [`Card::MAX_BYTES`].
    pub picture: Option<Media>,
}

impl Card {
    /// The picture of a card is at most so large, in bytes.
    pub const MAX_BYTES: u64 = 900_000;
}

impl Composed {
    /// The parts as written, with the post's link put after the first one unless its text has it already.
    pub fn with_link_in_text(variant: &Variant) -> Self {
        let mut parts: Vec<String> = variant.parts().into_iter().map(str::to_owned).collect();
        if let (Some(link), Some(first)) = (&variant.link, parts.first_mut())
            && !first.contains(link.as_str())
        {
            if !first.is_empty() {
                first.push_str("\n\n");
            }
            first.push_str(link);
        }
        Self { parts, card: None }
    }
}

/// A secret that cannot be printed.
#[derive(Clone, PartialEq, Eq)]
pub struct Secret(String);

impl Secret {
    /// Wraps it.
    pub fn new(secret: impl Into<String>) -> Self {
        Self(secret.into())
    }
    /// The secret itself, for the request that needs it and for nothing else.
    pub fn expose(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for Secret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Secret(***)")
    }
}

/// The same for every repeat of one step of one delivery.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct IdempotencyKey(pub String);

/// Everything one call may use; there is no other way out of the process.
pub struct Call<'a> {
    /// The door.
    pub http: &'a dyn Http,
    /// The channel that is spoken to.
    pub channel: &'a Channel,
    /// What opens it: opaque text that the connector itself made in [`Auth::connect`].
    pub credential: &'a Secret,
    /// See [`IdempotencyKey`]; empty for calls that change nothing.
    pub key: &'a IdempotencyKey,
    /// The present.
    pub now: Timestamp,
}

/// What a call may use while there is no channel yet.
pub struct Opening<'a> {
    /// The door.
    pub http: &'a dyn Http,
    /// Where the network sends the person back to, for OAuth.
    pub redirect: &'a str,
    /// Random text made by the caller: the OAuth state, from which a verifier may be derived too.
    pub nonce: &'a str,
    /// The present.
    pub now: Timestamp,
}

/// A place that can become a channel.
#[derive(Debug, Clone)]
pub struct Candidate {
    /// What the network calls it.
    pub external_id: String,
    /// As people know it.
    pub name: String,
    /// `@name` or the like.
    pub handle: String,
    /// Where it can be looked at.
    pub url: Option<String>,
    /// What the connector wants to find in [`Channel::facts`]: server address, limits.
    pub facts: Value,
    /// What opens it; the connector's own format.
    pub credential: Secret,
    /// When the credential ends, if it does.
    pub expires_at: Option<Timestamp>,
}

/// What came of the first step of connecting.
#[derive(Debug)]
pub enum Connecting {
    /// These places can be connected; one of them is chosen by a person when there are several.
    Choose(Vec<Candidate>),
    /// Send the person there; when they come back, [`Auth::finish`] is called with `saved`.
    Redirect {
        /// The network's page.
        url: String,
        /// What must be remembered until then; sealed by the caller.
        saved: Secret,
    },
}

/// A renewed credential.
#[derive(Debug)]
pub struct Renewed {
    /// It replaces the old one.
    pub credential: Secret,
    /// When it ends, if it does.
    pub expires_at: Option<Timestamp>,
}

/// What the network says about a connected channel.
#[derive(Debug, Clone)]
pub struct Identity {
    /// As people know it.
    pub name: String,
    /// `@name` or the like.
    pub handle: String,
    /// Where it can be looked at.
    pub url: Option<String>,
    /// Fresh facts for [`Channel::facts`].
    pub facts: Value,
}

/// Opening a channel and keeping it open.
#[async_trait]
pub trait Auth: Send + Sync {
    /// Starts from what the person typed into the form of [`About::auth`].
    async fn connect(&self, opening: &Opening<'_>, form: &BTreeMap<String, String>) -> Result<Connecting>;

    /// The person came back from the network's page with this query.
    async fn finish(
        &self,
        _opening: &Opening<'_>,
        _saved: &Secret,
        _query: &BTreeMap<String, String>,
    ) -> Result<Vec<Candidate>> {
        Err(NetError::Protocol { detail: "this network never sends anybody back".to_owned() })
    }

    /// Who is this credential, and may it write? The check behind the "connected" light.
    async fn whoami(&self, call: &Call<'_>) -> Result<Identity>;

    /// Renews a credential that expired or is about to; called under a lock.
    async fn refresh(&self, _call: &Call<'_>) -> Result<Renewed> {
        Err(NetError::Reconnect { reason: Problem::error("credential-expired", "channel") })
    }
}

/// A variant with its media, ready to leave.
#[derive(Debug, Clone)]
pub struct Outgoing {
    /// What is said.
    pub variant: Variant,
    /// Its pictures and videos, already converted to what the network takes, in order.
    pub media: Vec<Media>,
    /// What the page says of itself that [`Composed::card`] leads to; `None` where there is no card, or where the page
    /// could not be read.
    pub card: Option<Card>,
}

/// Sending.
#[async_trait]
pub trait Publish: Send + Sync {
    /// The first step: at most one irreversible request, after any number of harmless ones.
    async fn start(&self, call: &Call<'_>, post: &Outgoing) -> Result<Step>;

    /// The next step: at most one irreversible request; called only with what `start` or `resume` returned.
    async fn resume(&self, _call: &Call<'_>, _post: &Outgoing, _resume: Value) -> Result<Step> {
        Err(NetError::Protocol { detail: "this network never waits".to_owned() })
    }

    /// After an unknown outcome: what the step in doubt has produced, or `None` where it is surely not there.
    ///
    /// `resume` is what the step in doubt was started with (`None` for the first). Only asked where
    /// `about().repeat` is `FindOwn`.
    async fn find(&self, _call: &Call<'_>, _post: &Outgoing, _resume: Option<Value>) -> Result<Option<Step>> {
        Err(NetError::Protocol { detail: "this network cannot look for its own posts".to_owned() })
    }
}

/// Changing what is out. Doing it twice is harmless.
#[async_trait]
pub trait Edit: Send + Sync {
    /// Replaces the content.
    async fn edit(&self, call: &Call<'_>, published: &Published, post: &Outgoing) -> Result<Published>;
}

/// Taking down. Doing it twice is harmless: what is gone already counts as done.
#[async_trait]
pub trait Delete: Send + Sync {
    /// Removes the post with all its parts.
    async fn delete(&self, call: &Call<'_>, published: &Published) -> Result<()>;
}

/// Numbers of a post; `None` is "the network does not say", never zero.
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq)]
pub struct Counts {
    /// How often it was shown.
    pub views: Option<u64>,
    /// Likes and other reactions.
    pub reactions: Option<u64>,
    /// Comments.
    pub replies: Option<u64>,
    /// Reposts without words.
    pub reposts: Option<u64>,
    /// Reposts with words.
    pub quotes: Option<u64>,
}

/// Numbers of a channel; `None` is "the network does not say".
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq)]
pub struct ChannelCounts {
    /// Followers, subscribers, members.
    pub followers: Option<u64>,
    /// Posts on the wall.
    pub posts: Option<u64>,
}

/// Reading numbers.
#[async_trait]
pub trait Stats: Send + Sync {
    /// Numbers of several posts; a post that is gone is left out.
    async fn posts(&self, call: &Call<'_>, posts: &[Published]) -> Result<Vec<(String, Counts)>>;
    /// Numbers of the channel.
    async fn channel(&self, call: &Call<'_>) -> Result<ChannelCounts>;
    /// The metrics (`reactions`, `replies`, …) that this network tells only in passing, by [`Comments::news`], or that
    /// are counted from the comments it tells there: no answer to [`Stats::posts`] does not make them missing.
    fn passing(&self) -> &'static [&'static str] {
        &[]
    }
    /// How many posts one call of [`Stats::posts`] may ask for.
    fn batch(&self) -> usize;
}

/// A comment from outside.
#[derive(Debug, Clone, PartialEq)]
pub struct Incoming {
    /// The network's id of it.
    pub external_id: String,
    /// What it answers; `None` for a mention out of the blue.
    pub parent: Option<String>,
    /// Who wrote it, as people see it.
    pub author: String,
    /// The author's id.
    pub author_id: String,
    /// Plain text; mark-up of the network is taken out.
    pub text: String,
    /// Where it can be seen.
    pub url: Option<String>,
    /// When it was written.
    pub at: Timestamp,
    /// Ours?
    pub own: bool,
}

/// A page of something that comes in order.
#[derive(Debug, Clone, PartialEq)]
pub struct Page<T> {
    /// What is on it.
    pub items: Vec<T>,
    /// Where the next one begins; `None` on the last.
    pub next: Option<String>,
}

/// What came in, and numbers that came along.
#[derive(Debug, Clone, PartialEq)]
pub struct News {
    /// Replies and mentions.
    pub page: Page<Incoming>,
    /// Numbers of posts, by `Published::external_id`.
    pub counts: Vec<(String, Counts)>,
}

/// Reading and answering comments.
#[async_trait]
pub trait Comments: Send + Sync {
    /// The replies under one post, oldest first.
    async fn under(&self, call: &Call<'_>, published: &Published, cursor: Option<&str>) -> Result<Page<Incoming>>;
    /// What came in since the cursor: replies and mentions, oldest first. The cursor of the last page is kept.
    async fn since(&self, call: &Call<'_>, cursor: Option<&str>) -> Result<Page<Incoming>>;
    /// As [`Comments::since`], with the numbers that a network tells only in passing. This is what is polled.
    async fn news(&self, call: &Call<'_>, cursor: Option<&str>) -> Result<News> {
        Ok(News { page: self.since(call, cursor).await?, counts: Vec::new() })
    }
    /// Answers a comment; one irreversible request.
    async fn reply(&self, call: &Call<'_>, to: &str, text: &str) -> Result<Published>;
}

/// The networks this installation can speak to.
#[derive(Clone, Copy)]
pub struct Registry(pub &'static [&'static dyn Network]);

impl Registry {
    /// By its id.
    pub fn get(&self, id: &str) -> Option<&'static dyn Network> {
        self.0.iter().copied().find(|network| network.about().id == id)
    }
}

/// Text that is either known at compile time or read from a server.
pub type Text = Cow<'static, str>;
