//! The contract's rules against a small network that keeps them, and against the same one with one flaw each:
//! a rule that nothing can break would prove nothing.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::Duration;

use async_trait::async_trait;
use sarafan_domain::delivery::Published;
use sarafan_domain::text::Counter;
use serde_json::json;

use super::*;
use crate::about::{About, AuthForm, Field, Input, Kind, Texts};
use crate::http::{Reply, Request, server_failed};
use crate::{
    Auth, Call, Candidate, ChannelCounts, Comments, Composed, Connecting, Counts, Delete, Edit, Identity, Incoming,
    Opening, Outgoing, Page, Publish, Result, Scope, Secret, Stats,
};

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Flaw {
    None,
    NoSteps,
    NoPolish,
    CutsText,
    LimitIsRefusal,
    FailedIsTransient,
    NotFoundIsGarbage,
    QuotesBody,
    TokenInResume,
    TwoWrites,
    PostIsRead,
    NoKey,
    NewKey,
    KeyOfTheMoment,
    AlwaysFinds,
    LosesParts,
    LateMain,
    DropsLastPage,
    NeverEnds,
    GoneFails,
}

struct Demo {
    flaw: Flaw,
    about: &'static About,
    calls: AtomicU32,
}

const TOKEN: &str = "s3cr3t-token";

impl Demo {
    fn new(flaw: Flaw) -> Self {
        let text = "network-demo-token = Token";
        let about = About {
            id: "demo",
            title: "Demo",
            docs: "https://example.org",
            color: "#112233",
            mark: "M0 0h24v24H0z",
            repeat: if flaw == Flaw::AlwaysFinds { Repeat::FindOwn } else { Repeat::NativeKey },
            formats: Box::leak(Box::new([format()])),
            options: &[],
            auth: AuthForm {
                fields: &[Field { key: "token", input: Input::Secret, required: true, default: "", help: false }],
                oauth: false,
            },
            setup: Texts { en: "1. a", ru: "1. б", pl: if flaw == Flaw::NoSteps { "c" } else { "1. c" } },
            texts: Texts { en: text, ru: text, pl: if flaw == Flaw::NoPolish { "" } else { text } },
            quotas: &[],
        };
        Self { flaw, about: Box::leak(Box::new(about)), calls: AtomicU32::new(0) }
    }

    fn has(&self, flaw: Flaw) -> bool {
        self.flaw == flaw
    }

    /// One request of a kind of its own: `POST /post`, `GET /stats`, ...
    async fn ask(&self, call: &Call<'_>, effect: Effect, path: &str, body: Value) -> Result<Value> {
        let method = if effect == Effect::Read && path != "/post" { "GET" } else { "POST" };
        let request = Request::new(effect, method, format!("https://demo.example{path}")).bearer(TOKEN).json(body);
        let reply = call.http.send(request).await?;
        self.read(&reply, effect, call.now)
    }

    fn read(&self, reply: &Reply, effect: Effect, now: Timestamp) -> Result<Value> {
        let refused = |code| NetError::Rejected { problem: Problem::error(code, "text") };
        match reply.status {
            200 => {}
            429 if self.has(Flaw::LimitIsRefusal) => return Err(refused("too-many")),
            500.. if self.has(Flaw::FailedIsTransient) => return Err(server_failed(Effect::Read)),
            404 if self.has(Flaw::NotFoundIsGarbage) => return Err(NetError::Protocol { detail: "404".into() }),
            401 => return Err(NetError::AuthExpired),
            404 => return Err(NetError::Gone),
            _ => {
                let said = reply.common_failure(effect, Scope::Channel, now);
                return Err(said.unwrap_or_else(|| refused("no")));
            }
        }
        reply.json().map_err(|error| match error {
            NetError::Protocol { .. } if self.has(Flaw::QuotesBody) => {
                NetError::Protocol { detail: String::from_utf8_lossy(&reply.body).into_owned() }
            }
            other => other,
        })
    }
}

fn format() -> Format {
    Format {
        kind: Kind::Feed,
        text_max: 20,
        bytes_max: None,
        counter: Counter::plain(TextUnit::Chars),
        text_required: true,
        media: (0, 0),
        rules: Cow::Borrowed(&[]),
        alt_max: 0,
        thread: true,
        poll: None,
        first_comment: false,
        link_card: false,
    }
}

impl Network for Demo {
    fn about(&self) -> &'static About {
        self.about
    }
    fn format(&self, _variant: &Variant, _facts: &Value) -> Format {
        format()
    }
    fn compose(&self, variant: &Variant, _facts: &Value) -> Composed {
        let mut composed = Composed::with_link_in_text(variant);
        if self.has(Flaw::CutsText) {
            composed.parts.iter_mut().for_each(|part| *part = part.chars().take(20).collect());
        }
        composed
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
impl Auth for Demo {
    async fn connect(&self, opening: &Opening<'_>, _form: &BTreeMap<String, String>) -> Result<Connecting> {
        let reply = opening.http.send(Request::get("https://demo.example/me").bearer(TOKEN)).await?;
        self.read(&reply, Effect::Read, opening.now)?;
        Ok(Connecting::Choose(vec![Candidate {
            external_id: "1".into(),
            name: "Demo".into(),
            handle: "@demo".into(),
            url: None,
            facts: Value::Null,
            credential: Secret::new(TOKEN),
            expires_at: None,
        }]))
    }
    async fn whoami(&self, call: &Call<'_>) -> Result<Identity> {
        self.ask(call, Effect::Read, "/me", Value::Null).await?;
        Ok(Identity { name: "Demo".into(), handle: "@demo".into(), url: None, facts: Value::Null })
    }
}

impl Demo {
    async fn part(&self, call: &Call<'_>, post: &Outgoing, mut ids: Vec<String>) -> Result<Step> {
        let parts = self.compose(&post.variant, &Value::Null).parts;
        let key = match self.flaw {
            Flaw::NoKey => String::new(),
            Flaw::KeyOfTheMoment => format!("{} {}", call.key.0, call.now),
            Flaw::NewKey => self.calls.fetch_add(1, Ordering::Relaxed).to_string(),
            _ => call.key.0.clone(),
        };
        let effect = if self.has(Flaw::PostIsRead) { Effect::Read } else { Effect::Write };
        for _ in 0..if self.has(Flaw::TwoWrites) { 2 } else { 1 } {
            let body = json!({ "text": parts.get(ids.len()), "key": key });
            let made = self.ask(call, effect, "/post", body).await?;
            let id = made.get("id").and_then(Value::as_str);
            ids.push(id.ok_or_else(|| NetError::Protocol { detail: "no id".into() })?.to_owned());
        }
        let rest = if self.has(Flaw::LosesParts) { Vec::new() } else { ids[1..].to_vec() };
        let published = Published { parts: rest, ..Published::one(ids[0].clone(), None) };
        if ids.len() >= parts.len() {
            return Ok(Step::Done(published));
        }
        let token = if self.has(Flaw::TokenInResume) { TOKEN } else { "" };
        let resume = json!({ "ids": ids, "token": token });
        let early = (!self.has(Flaw::LateMain)).then_some(published);
        Ok(Step::Wait { resume, wait: Duration::ZERO, published: early })
    }
}

#[async_trait]
impl Publish for Demo {
    async fn start(&self, call: &Call<'_>, post: &Outgoing) -> Result<Step> {
        self.part(call, post, Vec::new()).await
    }
    async fn resume(&self, call: &Call<'_>, post: &Outgoing, resume: Value) -> Result<Step> {
        let ids = serde_json::from_value(resume["ids"].clone()).unwrap();
        self.part(call, post, ids).await
    }
    async fn find(&self, call: &Call<'_>, _post: &Outgoing, _resume: Option<Value>) -> Result<Option<Step>> {
        self.ask(call, Effect::Read, "/wall", Value::Null).await?;
        Ok(Some(Step::Done(Published::one("1", None))))
    }
}

#[async_trait]
impl Edit for Demo {
    async fn edit(&self, call: &Call<'_>, published: &Published, _post: &Outgoing) -> Result<Published> {
        self.ask(call, Effect::Write, "/edit", Value::Null).await?;
        Ok(published.clone())
    }
}

#[async_trait]
impl Delete for Demo {
    async fn delete(&self, call: &Call<'_>, _published: &Published) -> Result<()> {
        match self.ask(call, Effect::Write, "/delete", Value::Null).await {
            Err(NetError::Gone) if !self.has(Flaw::GoneFails) => Ok(()),
            other => other.map(|_| ()),
        }
    }
}

#[async_trait]
impl Stats for Demo {
    async fn posts(&self, call: &Call<'_>, posts: &[Published]) -> Result<Vec<(String, Counts)>> {
        self.ask(call, Effect::Read, "/stats", Value::Null).await?;
        Ok(posts.iter().map(|post| (post.external_id.clone(), Counts::default())).collect())
    }
    async fn channel(&self, call: &Call<'_>) -> Result<ChannelCounts> {
        self.ask(call, Effect::Read, "/me", Value::Null).await?;
        Ok(ChannelCounts::default())
    }
    fn batch(&self) -> usize {
        1
    }
}

fn comment(id: &str) -> Incoming {
    Incoming {
        external_id: id.into(),
        parent: None,
        author: "Anna".into(),
        author_id: "2".into(),
        text: "hi".into(),
        url: None,
        at: now(),
        own: false,
    }
}

#[async_trait]
impl Comments for Demo {
    async fn under(&self, call: &Call<'_>, _published: &Published, _cursor: Option<&str>) -> Result<Page<Incoming>> {
        self.ask(call, Effect::Read, "/comments", Value::Null).await?;
        Ok(Page { items: vec![comment("1")], next: None })
    }
    async fn since(&self, call: &Call<'_>, cursor: Option<&str>) -> Result<Page<Incoming>> {
        if self.has(Flaw::NeverEnds) && cursor.is_some() {
            return Ok(Page { items: Vec::new(), next: cursor.map(str::to_owned) });
        }
        self.ask(call, Effect::Read, "/news", Value::Null).await?;
        Ok(match cursor {
            None => Page { items: vec![comment("1")], next: Some("1".into()) },
            Some("1") if !self.has(Flaw::DropsLastPage) => Page { items: vec![comment("2")], next: Some("2".into()) },
            _ => Page { items: Vec::new(), next: None },
        })
    }
    async fn reply(&self, call: &Call<'_>, _to: &str, _text: &str) -> Result<Published> {
        self.ask(call, Effect::Write, "/reply", Value::Null).await?;
        Ok(Published::one("3", None))
    }
}

fn fixtures(demo: &Demo) -> Fixtures<'_> {
    let ok = |ask: &str| json!({ "ask": ask, "status": 200, "body": { "id": "1" } });
    let post = || ok("POST /post");
    let gone = json!({ "ask": "POST /delete", "status": 404, "body": {} });
    let thread = vec![post(); if demo.has(Flaw::TwoWrites) { 4 } else { 3 }];
    let news = vec![ok("GET /news"); if demo.has(Flaw::DropsLastPage) { 2 } else { 3 }];
    let rows = [
        ("connect", json!({ "exchanges": [ok("GET /me")] })),
        ("whoami", json!({ "exchanges": [ok("GET /me")] })),
        ("publish", json!({ "exchanges": [post()], "variant": { "text": "a" } })),
        ("publish_thread", json!({ "exchanges": thread, "variant": { "text": "a\n---\nb\n---\nc" } })),
        ("edit", json!({ "exchanges": [ok("POST /edit")] })),
        ("delete", json!({ "exchanges": [ok("POST /delete")] })),
        ("delete_gone", json!({ "exchanges": [gone] })),
        ("stats", json!({ "exchanges": [ok("GET /stats")] })),
        ("channel_stats", json!({ "exchanges": [ok("GET /me")] })),
        ("under", json!({ "exchanges": [ok("GET /comments")], "expect": 1 })),
        ("since", json!({ "exchanges": news, "expect": 2 })),
        ("reply", json!({ "exchanges": [ok("POST /reply")] })),
        ("find", json!({ "exchanges": [ok("GET /wall")] })),
        ("find_none", json!({ "exchanges": [ok("GET /wall")] })),
    ];
    let read = |(name, mut recording): (&str, Value)| {
        recording["source"] = json!("made up");
        (name.to_owned(), serde_json::from_value(recording).unwrap())
    };
    let place = json!({
        "external_id": "1", "name": "Demo", "handle": "@demo", "url": null, "facts": null, "credential": TOKEN,
        "secrets": [TOKEN], "form": { "token": TOKEN }, "published": { "external_id": "1", "url": null },
        "comment": "2",
    });
    Fixtures {
        network: demo,
        place: serde_json::from_value(place).unwrap(),
        recordings: rows.into_iter().map(read).collect(),
    }
}

/// The rules that a flaw breaks, by number.
async fn broken(flaw: Flaw) -> Vec<u32> {
    let demo = Demo::new(flaw);
    let all = fixtures(&demo);
    let verdicts = [
        c1_about(&all),
        c2_texts(&all),
        c3_limits(&all),
        c4_failures(&all).await,
        c5_steps(&all).await,
        c6_secrets(&all).await,
        c7_key(&all).await,
        c8_find(&all).await,
        c9_threads(&all).await,
        c10_paging(&all).await,
        c11_gone(&all).await,
    ];
    (1..).zip(verdicts).filter(|(_, verdict)| verdict.is_err()).map(|(number, _)| number).collect()
}

#[tokio::test]
async fn every_flaw_breaks_its_rule() {
    let rows: [(Flaw, &[u32]); 20] = [
        (Flaw::None, &[]),
        (Flaw::NoSteps, &[1]),
        (Flaw::NoPolish, &[2]),
        (Flaw::CutsText, &[3]),
        (Flaw::LimitIsRefusal, &[4]),
        (Flaw::FailedIsTransient, &[4]),
        (Flaw::NotFoundIsGarbage, &[4, 11]),
        (Flaw::QuotesBody, &[4]),
        (Flaw::TokenInResume, &[4, 6]),
        (Flaw::TwoWrites, &[5]),
        (Flaw::PostIsRead, &[5]),
        (Flaw::NoKey, &[7]),
        (Flaw::NewKey, &[7]),
        (Flaw::KeyOfTheMoment, &[7]),
        (Flaw::AlwaysFinds, &[8]),
        (Flaw::LosesParts, &[9]),
        (Flaw::LateMain, &[9]),
        (Flaw::DropsLastPage, &[10]),
        (Flaw::NeverEnds, &[5, 10]),
        (Flaw::GoneFails, &[11]),
    ];
    for (flaw, expected) in rows {
        let found = broken(flaw).await;
        // A flaw may break more than its own rule; its own it must break.
        assert!(expected.iter().all(|rule| found.contains(rule)), "{flaw:?} breaks {found:?}, not {expected:?}");
        assert_eq!(found.is_empty(), expected.is_empty(), "{flaw:?} breaks {found:?}");
    }
}
