//! A network that says what a test wants it to say, and remembers what it was asked. It calls nobody.

use std::borrow::Cow;
use std::collections::{BTreeMap, VecDeque};
use std::sync::{Mutex, MutexGuard, PoisonError};

use async_trait::async_trait;
use bytes::Bytes;
use sarafan_domain::asset::AssetKind;
use sarafan_domain::channel::Channel;
use sarafan_domain::post::Variant;
use sarafan_domain::problem::Problem;
use sarafan_domain::text::{Counter, TextUnit};
use sarafan_domain::time::Timestamp;
use sarafan_network::{
    About, Auth, AuthForm, Call, Candidate, ChannelCounts, Comments, Connecting, Counts, Delete, Edit, Field, Format,
    Identity, Incoming, Input, Kind, MediaRule, NetError, Network, News, Opening, Outgoing, Page, PollRule, Publish,
    Published, Renewed, Repeat, Result, Secret, Stats, Step, Texts,
};
use serde_json::{Value, json};

/// The secret of every credential; must be found nowhere but in the requests.
pub(crate) const SECRET: &str = "s3cr3t-house-key";

/// What the network was asked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Asked {
    Start { key: String, text: String },
    Resume { key: String },
    Find,
    Edit { text: String },
    Delete { id: String },
    Refresh { credential: String },
}

/// What the network says next; where nothing is said, all goes well.
#[derive(Default)]
pub(crate) struct Script {
    pub(crate) connect: Option<Result<Connecting>>,
    pub(crate) finish: Option<Result<Vec<Candidate>>>,
    pub(crate) whoami: VecDeque<Result<()>>,
    pub(crate) refresh: VecDeque<Result<()>>,
    pub(crate) steps: VecDeque<Result<Step>>,
    pub(crate) found: VecDeque<Result<Option<Step>>>,
    pub(crate) changes: VecDeque<Result<()>>,
    pub(crate) counts: Counts,
    pub(crate) followers: Option<u64>,
    pub(crate) news: VecDeque<Result<News>>,
    /// From where the news were asked for.
    pub(crate) read_from: Vec<Option<String>>,
    /// A post is taken and never answered.
    pub(crate) hang: bool,
    /// What it was asked, in order.
    pub(crate) asked: Vec<Asked>,
    /// The files of the last post: name, description, media type and bytes.
    pub(crate) sent: Vec<(String, String, String, Bytes)>,
}

/// The network `house`, with a script of its own.
pub(crate) struct House {
    script: Mutex<Script>,
    repeat: Repeat,
}

const LETTERS: &[&str] = &["image/jpeg", "image/png"];

const ABOUT: About = About {
    id: "house",
    title: "House",
    docs: "https://example.org/docs",
    color: "#123456",
    mark: "M0 0h24v24H0z",
    repeat: Repeat::NativeKey,
    formats: &[],
    options: &[],
    auth: AuthForm {
        fields: &[
            Field { key: "account", input: Input::Text { max: 20 }, required: true, default: "", help: true },
            Field { key: "key", input: Input::Secret, required: true, default: "", help: false },
            Field { key: "server", input: Input::Url, required: false, default: "https://house.example", help: false },
        ],
        oauth: false,
    },
    setup: Texts { en: "Ask the house.", ru: "Спросите у дома.", pl: "Zapytaj dom." },
    texts: Texts { en: WORDS, ru: WORDS, pl: WORDS },
    quotas: &[],
};

const WORDS: &str = "network-house-account = Account
network-house-account-help = Any name.
network-house-key = Key
network-house-server = Server
problem-house-key-wrong = The key is wrong.
";

/// The other two ways of being saved from posting twice differ in nothing else.
const FINDS: About = About { id: "cellar", repeat: Repeat::FindOwn, texts: NO_WORDS, ..ABOUT };
const BLIND: About = About { id: "attic", repeat: Repeat::Blind, texts: NO_WORDS, ..ABOUT };
const NO_WORDS: Texts = Texts { en: "", ru: "", pl: "" };

impl House {
    pub(crate) fn new(repeat: Repeat) -> Self {
        Self { script: Mutex::default(), repeat }
    }

    /// What it says next, and what it was asked.
    pub(crate) fn script(&self) -> MutexGuard<'_, Script> {
        self.script.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// What it was asked since this was last called.
    pub(crate) fn asked(&self) -> Vec<Asked> {
        std::mem::take(&mut self.script().asked)
    }

    async fn hear(&self, call: &Call<'_>, post: &Outgoing, asked: Asked) -> Result<Step> {
        assert!(call.credential.expose().contains(SECRET), "the credential is the one that was kept");
        let mut sent = Vec::new();
        for media in &post.media {
            sent.push((media.name.clone(), media.alt.clone(), media.facts.mime.clone(), media.bytes().await?));
        }
        let answer = {
            let mut script = self.script();
            script.sent = sent;
            script.asked.push(asked);
            let id = format!("post-{}", script.asked.len());
            let url = format!("https://house.example/{id}");
            let step = script.steps.pop_front().unwrap_or_else(|| Ok(Step::Done(Published::one(id, Some(url)))));
            (!script.hang).then_some(step)
        };
        match answer {
            Some(step) => step,
            None => std::future::pending().await,
        }
    }

    fn change(&self, asked: Asked) -> Result<()> {
        let mut script = self.script();
        script.asked.push(asked);
        script.changes.pop_front().unwrap_or(Ok(()))
    }
}

/// An account that can be connected.
pub(crate) fn candidate(external_id: &str) -> Candidate {
    Candidate {
        external_id: external_id.to_owned(),
        name: format!("Name of {external_id}"),
        handle: format!("@{external_id}"),
        url: Some(format!("https://house.example/{external_id}")),
        facts: json!({ "max": 300 }),
        credential: Secret::new(format!("{SECRET}-{external_id}")),
        expires_at: None,
    }
}

#[async_trait]
impl Network for House {
    fn about(&self) -> &'static About {
        match self.repeat {
            Repeat::NativeKey => &ABOUT,
            Repeat::FindOwn => &FINDS,
            Repeat::Blind => &BLIND,
        }
    }

    fn format(&self, _variant: &Variant, facts: &Value) -> Format {
        let max = facts.get("max").and_then(Value::as_u64).and_then(|max| usize::try_from(max).ok());
        let rule = |kind, types, max_bytes| MediaRule {
            kind,
            types: Cow::Borrowed(types),
            max_bytes,
            max_side: Some(2000),
            max_pixels: None,
            max_sum: None,
            max_ratio: Some(20.0),
            max_seconds: Some(60.0),
            max_count: 4,
            mixes: false,
        };
        Format {
            kind: Kind::Feed,
            text_max: max.unwrap_or(300),
            bytes_max: None,
            counter: Counter::plain(TextUnit::Graphemes),
            text_required: true,
            media: (0, 4),
            rules: vec![rule(AssetKind::Image, LETTERS, 1_000_000), rule(AssetKind::Video, &["video/mp4"], 50_000_000)]
                .into(),
            alt_max: 1000,
            thread: true,
            poll: Some(PollRule { options: (2, 4), option_max: 50, hours: (1, 168), media: false }),
            first_comment: true,
            link_card: false,
        }
    }

    fn key_lives(&self) -> Option<std::time::Duration> {
        (self.repeat == Repeat::NativeKey).then_some(std::time::Duration::from_secs(3600))
    }
    fn auth(&self) -> &dyn Auth {
        self
    }
    fn publish(&self) -> Option<&dyn Publish> {
        Some(self)
    }
    fn edit(&self) -> Option<&dyn Edit> {
        Some(self)
    }
    fn delete(&self) -> Option<&dyn Delete> {
        Some(self)
    }
    fn stats(&self) -> Option<&dyn Stats> {
        Some(self)
    }
    fn comments(&self) -> Option<&dyn Comments> {
        Some(self)
    }
}

#[async_trait]
impl Comments for House {
    async fn under(&self, call: &Call<'_>, _published: &Published, cursor: Option<&str>) -> Result<Page<Incoming>> {
        self.since(call, cursor).await
    }
    async fn since(&self, call: &Call<'_>, cursor: Option<&str>) -> Result<Page<Incoming>> {
        Ok(self.news(call, cursor).await?.page)
    }
    async fn news(&self, _call: &Call<'_>, cursor: Option<&str>) -> Result<News> {
        let mut script = self.script();
        script.read_from.push(cursor.map(str::to_owned));
        let nothing = || News { page: Page { items: Vec::new(), next: None }, counts: Vec::new() };
        script.news.pop_front().unwrap_or_else(|| Ok(nothing()))
    }
    async fn reply(&self, _call: &Call<'_>, to: &str, _text: &str) -> Result<Published> {
        Ok(Published::one(format!("reply-to-{to}"), None))
    }
}

#[async_trait]
impl Auth for House {
    async fn connect(&self, opening: &Opening<'_>, form: &BTreeMap<String, String>) -> Result<Connecting> {
        assert_eq!(opening.redirect, "https://sarafan.example/api/v1/oauth/callback");
        if form["key"] == "wrong" {
            return Err(NetError::Reconnect { reason: Problem::error("house-key-wrong", "key") });
        }
        let one = || Ok(Connecting::Choose(vec![candidate(&form["account"])]));
        let said = self.script().connect.take().unwrap_or_else(one);
        match said {
            // The state travels through the network's page and back.
            Ok(Connecting::Redirect { url, saved }) => {
                Ok(Connecting::Redirect { url: format!("{url}?state={}", opening.nonce), saved })
            }
            other => other,
        }
    }

    async fn finish(
        &self,
        opening: &Opening<'_>,
        saved: &Secret,
        query: &BTreeMap<String, String>,
    ) -> Result<Vec<Candidate>> {
        assert_eq!(opening.nonce, query["state"]);
        assert_eq!(saved.expose(), SECRET);
        self.script().finish.take().unwrap_or_else(|| Ok(vec![candidate("away")]))
    }

    async fn whoami(&self, call: &Call<'_>) -> Result<Identity> {
        let Channel { external_id, name, .. } = call.channel;
        self.script().whoami.pop_front().unwrap_or(Ok(()))?;
        Ok(Identity {
            name: format!("{name} over there"),
            handle: format!("@{external_id}"),
            url: Some(format!("https://house.example/{external_id}")),
            facts: json!({ "max": 500 }),
        })
    }

    async fn refresh(&self, call: &Call<'_>) -> Result<Renewed> {
        let credential = call.credential.expose().to_owned();
        let mut script = self.script();
        script.asked.push(Asked::Refresh { credential: credential.clone() });
        script.refresh.pop_front().unwrap_or(Ok(()))?;
        let later = jiff::SignedDuration::from_hours(48);
        Ok(Renewed {
            credential: Secret::new(format!("{credential}-renewed")),
            expires_at: call.now.checked_add(later).ok(),
        })
    }
}

#[async_trait]
impl Publish for House {
    async fn start(&self, call: &Call<'_>, post: &Outgoing) -> Result<Step> {
        let asked = Asked::Start { key: call.key.0.clone(), text: post.variant.text.clone() };
        self.hear(call, post, asked).await
    }

    async fn resume(&self, call: &Call<'_>, post: &Outgoing, _resume: Value) -> Result<Step> {
        self.hear(call, post, Asked::Resume { key: call.key.0.clone() }).await
    }

    async fn find(&self, _call: &Call<'_>, _post: &Outgoing, _resume: Option<Value>) -> Result<Option<Step>> {
        let mut script = self.script();
        script.asked.push(Asked::Find);
        script.found.pop_front().unwrap_or(Ok(None))
    }
}

#[async_trait]
impl Edit for House {
    async fn edit(&self, _call: &Call<'_>, published: &Published, post: &Outgoing) -> Result<Published> {
        self.change(Asked::Edit { text: post.variant.text.clone() })?;
        Ok(published.clone())
    }
}

#[async_trait]
impl Delete for House {
    async fn delete(&self, _call: &Call<'_>, published: &Published) -> Result<()> {
        self.change(Asked::Delete { id: published.external_id.clone() })
    }
}

#[async_trait]
impl Stats for House {
    async fn posts(&self, _call: &Call<'_>, posts: &[Published]) -> Result<Vec<(String, Counts)>> {
        let counts = self.script().counts;
        Ok(posts.iter().map(|post| (post.external_id.clone(), counts)).collect())
    }
    async fn channel(&self, _call: &Call<'_>) -> Result<ChannelCounts> {
        Ok(ChannelCounts { followers: self.script().followers, posts: None })
    }
    fn passing(&self) -> &'static [&'static str] {
        if self.repeat == Repeat::Blind { &["reactions", "replies"] } else { &[] }
    }
    fn batch(&self) -> usize {
        25
    }
}

/// For scripts that speak of time.
pub(crate) fn at(text: &str) -> Timestamp {
    text.parse().expect("an instant")
}
