//! The networks of a house: played by a sandbox of its own inside this process, or the real servers whose addresses are in
//! the environment. Says how channels are connected, breaks things on demand, and tells what stands on the walls.

use std::collections::BTreeMap;

use anyhow::{Context, Result, bail};
use sarafan_connectors::PLAYERS;
use sarafan_network::door::{Door, DoorConfig};
use sarafan_network::http::{Effect, Http, Request};
use serde_json::{Value, json};
use tokio::net::TcpListener;

use crate::proxy::{Mood, Proxy, host_of};

/// One channel to connect, and how many posts a round gives it.
#[derive(Debug, Clone)]
pub(crate) struct Place {
    pub(crate) network: String,
    pub(crate) form: BTreeMap<String, String>,
    /// Single posts of a round.
    pub(crate) posts: usize,
    /// Threads of two parts.
    pub(crate) threads: usize,
    wall: Wall,
}

/// Where the posts of a place can be counted.
#[derive(Debug, Clone)]
enum Wall {
    Sandbox,
    /// Repository of a PDS.
    Records {
        server: String,
        did: String,
    },
    /// Statuses of an account.
    Statuses {
        server: String,
        token: String,
    },
}

/// The networks of one house.
pub(crate) struct Stage {
    pub(crate) places: Vec<Place>,
    door: Door,
    /// Root of the sandbox; empty beside real servers.
    sandbox: String,
    /// Before each real server.
    proxies: Vec<Proxy>,
    /// The control plane of the real server that has one.
    control: Option<String>,
    task: Option<tokio::task::JoinHandle<()>>,
}

impl Drop for Stage {
    fn drop(&mut self) {
        if let Some(task) = &self.task {
            task.abort();
        }
    }
}

/// Several channels of one network, where its player has many.
const MANY: usize = 5;

impl Stage {
    /// A sandbox with every network that is played.
    pub(crate) async fn sandbox() -> Result<Self> {
        let listener = TcpListener::bind("127.0.0.1:0").await?;
        let sandbox = format!("http://{}", listener.local_addr()?);
        let task = tokio::spawn(async move {
            let _ = sarafan_sandbox::serve(PLAYERS, listener, std::future::pending()).await;
        });
        let mut places = Vec::new();
        for player in PLAYERS {
            let form = player.form(&format!("{sandbox}/{}", player.id()));
            let repeat = sarafan_connectors::registry().get(player.id()).map(|network| network.about().repeat);
            let threads = usize::from(repeat == Some(sarafan_network::Repeat::NativeKey));
            let mut place =
                Place { network: player.id().to_owned(), form, posts: 4, threads: 2 * threads, wall: Wall::Sandbox };
            let several = place.form.contains_key("chat") || place.form.contains_key("site");
            if several {
                (place.posts, place.threads) = (1, 0);
                for number in 1..MANY {
                    let mut other = place.clone();
                    if let Some(chat) = other.form.get_mut("chat") {
                        *chat = format!("{chat}_{number}");
                    }
                    if let Some(site) = other.form.get_mut("site") {
                        *site = format!("{site}/blog{number}");
                    }
                    places.push(other);
                }
                place.threads = 2 * threads;
            }
            places.push(place);
        }
        Ok(Self { places, door: door()?, sandbox, proxies: Vec::new(), control: None, task: Some(task) })
    }

    /// The real servers there are, each behind a proxy. `None` where there is none.
    pub(crate) async fn real(name: &str) -> Result<Option<Self>> {
        let mut stage = Self {
            places: Vec::new(),
            door: door()?,
            sandbox: String::new(),
            proxies: Vec::new(),
            control: None,
            task: None,
        };
        if let Ok(server) = std::env::var("SARAFAN_TEST_BLUESKY") {
            let handle = format!("{name}.test");
            let account =
                json!({ "handle": handle, "email": format!("{name}@example.test"), "password": "pass-word-1" });
            let made = stage.tell(&server, "/xrpc/com.atproto.server.createAccount", account).await?;
            let did = text(&made, "did")?;
            let proxy = Proxy::before(&host_of(&server)?).await?;
            let service = format!("http://localhost:{}", proxy.address.port());
            let form = form(&[("handle", &handle), ("password", "pass-word-1"), ("service", &service)]);
            let wall = Wall::Records { server, did };
            stage.places.push(Place { network: "bluesky".to_owned(), form, posts: 4, threads: 2, wall });
            stage.proxies.push(proxy);
        }
        if let Ok(server) = std::env::var("SARAFAN_TEST_MASTODON") {
            let made = stage.tell(&server, "/api/v1/_mock/dev_user", json!({ "username": name })).await?;
            let token = text(&made, "access_token")?;
            let proxy = Proxy::before(&host_of(&server)?).await?;
            let form = form(&[("server", &format!("http://{}", proxy.address)), ("access-token", &token)]);
            stage.control = Some(format!("{server}/api/v1/_mock/faults"));
            let wall = Wall::Statuses { server, token };
            stage.places.push(Place { network: "mastodon".to_owned(), form, posts: 4, threads: 2, wall });
            stage.proxies.push(proxy);
        }
        Ok((!stage.places.is_empty()).then_some(stage))
    }

    /// Sets faults of the sandbox, in its own words.
    pub(crate) async fn break_sandbox(&self, faults: &Value) -> Result<()> {
        if self.sandbox.is_empty() {
            return Ok(());
        }
        self.tell(&self.sandbox, "/faults", faults.clone()).await.map(|_| ())
    }

    /// Adds a rule to the real server that has a control plane.
    pub(crate) async fn break_real(&self, rule: &Value) -> Result<()> {
        let control = self.control.as_deref().context("no real server with faults of its own")?;
        self.tell(control, "", rule.clone()).await.map(|_| ())
    }

    /// What the proxies before the real servers do from now on.
    pub(crate) fn set(&self, mood: Mood) {
        for proxy in &self.proxies {
            proxy.set(mood);
        }
    }

    /// Everything is well again; the rules of the control plane too, for a round that has set some.
    pub(crate) async fn mend(&self, rules: bool) -> Result<()> {
        self.set(Mood::Pass);
        if let Some(control) = self.control.as_ref().filter(|_| rules) {
            self.door.send(Request::new(Effect::Prepare, "DELETE", control.clone())).await?;
        }
        self.break_sandbox(&json!({ "clear": true })).await
    }

    /// How many requests the sandbox has seen.
    pub(crate) async fn requests(&self) -> Result<u64> {
        let told = self.get(&format!("{}/stats", self.sandbox), None).await?;
        let networks = told.get("networks").and_then(Value::as_object).context("no numbers")?;
        Ok(networks.values().filter_map(|one| one.get("requests")?.as_u64()).sum())
    }

    /// Every text that stands on the walls.
    pub(crate) async fn texts(&self) -> Result<Vec<String>> {
        let mut all = Vec::new();
        if !self.sandbox.is_empty() {
            let told = self.get(&format!("{}/stats?posts=true&parts=true", self.sandbox), None).await?;
            let networks = told.get("networks").and_then(Value::as_object).context("no numbers")?;
            for network in networks.values() {
                let received = network.get("received");
                let titles = texts_of(received, "title");
                all.extend(titles.into_iter().zip(texts_of(received, "text")).map(|(title, text)| title + " " + &text));
            }
        }
        for place in &self.places {
            match &place.wall {
                Wall::Sandbox => {}
                Wall::Records { server, did } => {
                    let list = format!(
                        "{server}/xrpc/com.atproto.repo.listRecords?repo={did}&collection=app.bsky.feed.post&limit=100"
                    );
                    let mut cursor = String::new();
                    loop {
                        let page = self.get(&format!("{list}{cursor}"), None).await?;
                        let records = page.get("records").and_then(Value::as_array).context("no records")?;
                        let values = records.iter().filter_map(|record| record.get("value")?.get("text")?.as_str());
                        all.extend(values.map(str::to_owned));
                        match page.get("cursor").and_then(Value::as_str) {
                            Some(next) if !records.is_empty() => cursor = format!("&cursor={next}"),
                            _ => break,
                        }
                    }
                }
                Wall::Statuses { server, token } => {
                    let me = self.get(&format!("{server}/api/v1/accounts/verify_credentials"), Some(token)).await?;
                    let list = format!("{server}/api/v1/accounts/{}/statuses?limit=40", text(&me, "id")?);
                    let mut before = String::new();
                    loop {
                        let page = self.get(&format!("{list}{before}"), Some(token)).await?;
                        all.extend(texts_of(Some(&page), "content"));
                        let last =
                            page.as_array().and_then(|all| all.last()).map(|last| text(last, "id")).transpose()?;
                        match last {
                            Some(id) => before = format!("&max_id={id}"),
                            None => break,
                        }
                    }
                }
            }
        }
        Ok(all)
    }

    async fn get(&self, url: &str, token: Option<&str>) -> Result<Value> {
        let request = Request::get(url);
        let request = if let Some(token) = token { request.bearer(token) } else { request };
        let reply = self.door.send(request).await?;
        if reply.status != 200 {
            bail!("{url}: {}", reply.status);
        }
        Ok(reply.json()?)
    }

    async fn tell(&self, server: &str, path: &str, body: Value) -> Result<Value> {
        let reply = self.door.send(Request::new(Effect::Prepare, "POST", format!("{server}{path}")).json(body)).await?;
        if !(200..300).contains(&reply.status) {
            bail!("{server}{path}: {} {}", reply.status, String::from_utf8_lossy(&reply.body));
        }
        Ok(reply.json().unwrap_or_default())
    }
}

fn door() -> Result<Door> {
    let allow_private = vec!["127.0.0.1".to_owned(), "localhost".to_owned()];
    Ok(Door::new(DoorConfig { allow_private, ..DoorConfig::default() })?)
}

fn form(pairs: &[(&str, &str)]) -> BTreeMap<String, String> {
    pairs.iter().map(|(key, value)| ((*key).to_owned(), (*value).to_owned())).collect()
}

fn text(value: &Value, key: &str) -> Result<String> {
    let found = value.get(key).and_then(Value::as_str);
    found.map(str::to_owned).with_context(|| format!("no `{key}` in {value}"))
}

fn texts_of(list: Option<&Value>, key: &str) -> Vec<String> {
    let items = list.and_then(Value::as_array).into_iter().flatten();
    items.filter_map(|item| item.get(key)?.as_str().map(str::to_owned)).collect()
}
