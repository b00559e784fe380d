//! The order of calls: connecting an account, looking whether it is still ours, sending a post.

use std::collections::BTreeMap;

use async_trait::async_trait;
use sarafan_domain::time::Timestamp;
use sarafan_network::http::{Effect, Http};
use sarafan_network::{
    Auth, Call, Candidate, Connecting, Identity, Opening, Outgoing, Publish, Published, Result, Secret, Step,
};
use serde_json::json;

use super::STRUCT;
use super::wire::{self, Account, Post, Server};

#[async_trait]
impl Auth for STRUCT {
    async fn connect(&self, opening: &Opening<'_>, form: &BTreeMap<String, String>) -> Result<Connecting> {
        let typed = |key: &str| form.get(key).map(|value| value.trim()).unwrap_or_default();
        let server = Server { root: typed("server").trim_end_matches('/'), token: typed("token") };
        let account = look(opening.http, &server, opening.now).await?;
        Ok(Connecting::Choose(vec![Candidate {
            external_id: account.id,
            name: account.name.clone(),
            handle: account.name,
            url: account.url,
            facts: json!({ "server": server.root }),
            credential: Secret::new(server.token),
            expires_at: None,
        }]))
    }

    async fn whoami(&self, call: &Call<'_>) -> Result<Identity> {
        let account = look(call.http, &Server::of(call), call.now).await?;
        let facts = call.channel.facts.clone();
        Ok(Identity { name: account.name.clone(), handle: account.name, url: account.url, facts })
    }
}

#[async_trait]
impl Publish for STRUCT {
    async fn start(&self, call: &Call<'_>, post: &Outgoing) -> Result<Step> {
        let text = sarafan_network::Network::compose(self, &post.variant, &call.channel.facts).parts.join("\n\n");
        let reply = call.http.send(Server::of(call).post(&text, call.key)).await?;
        let post: Post = wire::open(&reply, Effect::Write, call.now)?;
        Ok(Step::Done(Published::one(post.id, post.url)))
    }
}

async fn look(http: &dyn Http, server: &Server<'_>, now: Timestamp) -> Result<Account> {
    wire::open(&http.send(server.me()).await?, Effect::Read, now)
}
