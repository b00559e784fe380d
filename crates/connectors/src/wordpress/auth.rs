//! Connecting a site: finding its REST API, signing in with an application password, and looking at what the user may.

use std::collections::BTreeMap;

use async_trait::async_trait;
use sarafan_domain::problem::Problem;
use sarafan_domain::time::Timestamp;
use sarafan_network::http::{Effect, Http, Request};
use sarafan_network::{Auth, Call, Candidate, Connecting, Identity, NetError, Opening, Result, Secret};
use serde::Deserialize;
use serde_json::{Value, json};

use super::Wordpress;
use super::site::{self, Facts, Site};
use super::wire::open;
use crate::{address, html};

#[async_trait]
impl Auth for Wordpress {
    async fn connect(&self, opening: &Opening<'_>, form: &BTreeMap<String, String>) -> Result<Connecting> {
        let typed = |key: &str| form.get(key).map(|value| value.trim()).unwrap_or_default();
        let bad_site = || rejected("wordpress-site", "site");
        let home = home(typed("site")).ok_or_else(bad_site)?;
        if typed("user").is_empty() || typed("password").is_empty() || typed("user").contains(':') {
            return Err(rejected("wordpress-password", "password"));
        }
        let secret = site::secret(typed("user"), typed("password"));
        let index = find_api(opening.http, &home, opening.now).await?;
        if !index.shown.takes_passwords() {
            return Err(rejected("wordpress-no-passwords", "site"));
        }
        let me = sign_in(opening.http, &index.root, &secret, opening.now).await.map_err(in_form)?;
        let home = if index.shown.home.is_empty() { home } else { index.shown.home.clone() };
        Ok(Connecting::Choose(vec![Candidate {
            external_id: home.clone(),
            name: index.shown.name(&home),
            handle: host(&home),
            url: Some(home),
            facts: json!(Facts { root: index.root, user: me.id }),
            credential: secret,
            expires_at: None,
        }]))
    }

    async fn whoami(&self, call: &Call<'_>) -> Result<Identity> {
        let site = Site::of(call.channel, call.credential);
        let root = site.facts.root.clone();
        let shown = read_index(call.http, &root, call.now).await?;
        let me = sign_in(call.http, &root, call.credential, call.now).await?;
        Ok(Identity {
            name: shown.name(&call.channel.external_id),
            handle: host(&call.channel.external_id),
            url: Some(call.channel.external_id.clone()),
            facts: json!(Facts { root, user: me.id }),
        })
    }
}

fn rejected(code: &'static str, field: &'static str) -> NetError {
    NetError::Rejected { problem: Problem::error(code, field) }
}

/// While nothing is connected, what would ask for a new connection points at what was typed.
fn in_form(error: NetError) -> NetError {
    match error {
        NetError::Reconnect { mut reason } => {
            reason.field = if reason.code == "wordpress-rights" { "user" } else { "password" }.into();
            NetError::Rejected { problem: reason }
        }
        other => other,
    }
}

/// The address of the site: people copy it from where they stand, which is often the administration.
fn home(typed: &str) -> Option<String> {
    let typed = typed.split(['?', '#']).next().unwrap_or_default();
    let cut = ["/wp-admin", "/wp-login.php", "/wp-json"].iter().filter_map(|tail| typed.find(tail)).min();
    address::server(typed.get(..cut.unwrap_or(typed.len())).unwrap_or_default())
}

fn host(home: &str) -> String {
    let rest = home.split_once("://").map_or(home, |(_, rest)| rest);
    rest.trim_end_matches('/').to_owned()
}

/// What a site says of itself to everybody.
#[derive(Deserialize)]
struct Index {
    #[serde(default)]
    name: String,
    #[serde(default)]
    home: String,
    namespaces: Vec<String>,
    #[serde(default)]
    authentication: Value,
}

impl Index {
    /// Sites refuse application passwords over plain HTTP, and where a plugin switches them off.
    fn takes_passwords(&self) -> bool {
        self.authentication.get("application-passwords").is_some()
    }

    fn name(&self, home: &str) -> String {
        let name = html::text(&self.name);
        if name.is_empty() { host(home) } else { name }
    }
}

struct Found {
    root: String,
    shown: Index,
}

/// The API has a pretty address where permalinks are pretty, and another one that always works.
async fn find_api(http: &dyn Http, home: &str, now: Timestamp) -> Result<Found> {
    let pretty = format!("{home}/wp-json/");
    let first = match read_index(http, &pretty, now).await {
        Ok(shown) => return Ok(Found { root: pretty, shown }),
        // A redirect or silence would meet the other address too.
        Err(error @ (NetError::Gone | NetError::Protocol { .. })) => error,
        Err(error) => return Err(error),
    };
    let plain = format!("{home}/?rest_route=/");
    match read_index(http, &plain, now).await {
        Ok(shown) => Ok(Found { root: plain, shown }),
        Err(_) if first == NetError::Gone => Err(rejected("wordpress-no-api", "site")),
        Err(_) => Err(first),
    }
}

async fn read_index(http: &dyn Http, root: &str, now: Timestamp) -> Result<Index> {
    let reply = http.send(Request::get(root)).await?;
    let index: Index = open(&reply, Effect::Read, &[], now)?;
    if index.namespaces.iter().any(|name| name == "wp/v2") { Ok(index) } else { Err(rejected("wordpress-no-api", "site")) }
}

#[derive(Deserialize)]
struct Me {
    id: u64,
    #[serde(default)]
    capabilities: BTreeMap<String, Value>,
}

async fn sign_in(http: &dyn Http, root: &str, secret: &Secret, now: Timestamp) -> Result<Me> {
    let site = Site::new(Facts { root: root.to_owned(), user: 0 }, secret);
    let ask = site.sign(Request::get(site.url("users/me", &[("context", "edit")])));
    let me: Me = open(&http.send(ask).await?, Effect::Read, &site.secrets(), now)?;
    if me.capabilities.get("publish_posts") != Some(&Value::Bool(true)) {
        return Err(NetError::Reconnect { reason: Problem::error("wordpress-rights", "channel") });
    }
    Ok(me)
}

#[cfg(test)]
mod tests {
    use super::home;

    #[test]
    fn the_site_is_found_in_what_people_copy() {
        let rows = [
            ("https://zerno.example", Some("https://zerno.example")),
            ("zerno.example/blog/", Some("https://zerno.example/blog")),
            ("https://zerno.example/wp-admin/profile.php?x=1#y", Some("https://zerno.example")),
            ("https://zerno.example/blog/wp-login.php", Some("https://zerno.example/blog")),
            ("https://zerno.example/?p=12", Some("https://zerno.example")),
            ("", None),
        ];
        for (typed, expected) in rows {
            assert_eq!(home(typed).as_deref(), expected, "{typed}");
        }
    }
}
