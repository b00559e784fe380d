//! Two ways in: a person allows this installation on the server's own page, or pastes a token made there.

use std::collections::BTreeMap;

use async_trait::async_trait;
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use jiff::Timestamp;
use sarafan_domain::problem::Problem;
use sarafan_network::http::{Effect, Http, Reply, Request};
use sarafan_network::{Auth, Call, Candidate, Connecting, Identity, NetError, Opening, Result, Secret};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use sha2::{Digest, Sha256};

use super::Mastodon;
use super::instance::Limits;
use super::wire::{self, Account, App, SCOPES, Session, Token};
use crate::address;

/// What is remembered while the person is on the server's page.
#[derive(Serialize, Deserialize)]
struct Away {
    server: String,
    client_id: String,
    client_secret: String,
    verifier: String,
}

#[async_trait]
impl Auth for Mastodon {
    async fn connect(&self, opening: &Opening<'_>, form: &BTreeMap<String, String>) -> Result<Connecting> {
        let field = |key: &str| form.get(key).map(|value| value.trim()).unwrap_or_default();
        let server = address::server(field("server")).ok_or_else(wire::unsuitable)?;
        let token = field("access-token");
        if !token.is_empty() {
            let session = Session { server, token: token.to_owned() };
            let limits = instance(opening.http, &session, opening.now).await.map_err(|error| wrong(error, "access-token"))?;
            return Ok(Connecting::Choose(vec![candidate(opening, session, &limits, "access-token").await?]));
        }
        // First of all: is this such a server at all? One that tells strangers nothing may still be one.
        match instance(opening.http, &Session { server: server.clone(), token: String::new() }, opening.now).await {
            Ok(_) | Err(NetError::Reconnect { .. }) => {}
            Err(error) => return Err(error),
        }
        let reply = opening.http.send(wire::register(&server, opening.redirect)).await?;
        if let Some(error) = wire::failure(&reply, Effect::Prepare, &[], opening.now) {
            return Err(wire::of_server(error));
        }
        let app: App = reply.json()?;
        // Random, since nobody else knows the secret that the server has just made up.
        let verifier = URL_SAFE_NO_PAD.encode(Sha256::digest(format!("{} {}", opening.nonce, app.client_secret)));
        let challenge = URL_SAFE_NO_PAD.encode(Sha256::digest(&verifier));
        let query = address::query(&[
            ("response_type", "code"),
            ("client_id", &app.client_id),
            ("redirect_uri", opening.redirect),
            ("scope", SCOPES),
            ("state", opening.nonce),
            ("code_challenge", &challenge),
            ("code_challenge_method", "S256"),
        ]);
        let url = format!("{server}/oauth/authorize?{query}");
        let away = Away { server, client_id: app.client_id, client_secret: app.client_secret, verifier };
        let saved = Secret::new(serde_json::to_string(&away).unwrap_or_default());
        Ok(Connecting::Redirect { url, saved })
    }

    async fn finish(
        &self,
        opening: &Opening<'_>,
        saved: &Secret,
        query: &BTreeMap<String, String>,
    ) -> Result<Vec<Candidate>> {
        let denied = || rejected("oauth-denied", "server");
        let away: Away = serde_json::from_str(saved.expose()).map_err(|_| denied())?;
        let code = query.get("code").filter(|code| !code.is_empty()).ok_or_else(denied)?;
        let input = json!({
            "grant_type": "authorization_code", "code": code, "client_id": away.client_id,
            "client_secret": away.client_secret, "redirect_uri": opening.redirect, "code_verifier": away.verifier,
            "scope": SCOPES,
        });
        let request = Request::new(Effect::Prepare, "POST", format!("{}/oauth/token", away.server)).json(input);
        let reply = opening.http.send(request).await?;
        let secrets = [code.as_str(), &away.client_secret, &away.verifier];
        match wire::failure(&reply, Effect::Prepare, &secrets, opening.now) {
            None => {}
            // The permission was used already or has ended.
            Some(NetError::Reconnect { .. }) => return Err(denied()),
            Some(error) => return Err(wire::of_server(error)),
        }
        let token: Token = reply.json()?;
        let session = Session { server: away.server, token: token.access_token };
        let limits = instance(opening.http, &session, opening.now).await?;
        Ok(vec![candidate(opening, session, &limits, "server").await?])
    }

    async fn whoami(&self, call: &Call<'_>) -> Result<Identity> {
        let session = Session::open(call.credential)?;
        let account = own(call.http, &session, call.now).await?;
        // The limits may have changed; where they cannot be read now, the known ones stay.
        let limits = instance(call.http, &session, call.now).await;
        let limits = limits.unwrap_or_else(|_| Limits::of(&call.channel.facts));
        Ok(Identity {
            name: account.name().to_owned(),
            handle: handle(&session, &account),
            url: account.url.clone(),
            facts: facts(&session, &limits),
        })
    }
}

fn facts(session: &Session, limits: &Limits) -> Value {
    json!({ "server": session.server, "limits": limits })
}

/// `@name@server`.
fn handle(session: &Session, account: &Account) -> String {
    let host = url::Url::parse(&session.server).ok().and_then(|url| url.host_str().map(str::to_owned));
    format!("@{}@{}", account.acct, host.unwrap_or_default())
}

/// Whose token it is.
pub(super) async fn own(http: &dyn Http, session: &Session, now: Timestamp) -> Result<Account> {
    let reply = http.send(session.ask("/api/v1/accounts/verify_credentials", &[])).await?;
    let account: Account = session.read(&reply, Effect::Read, now).map_err(wire::of_server)?;
    if account.suspended == Some(true) {
        let reason = Problem::error("account-inactive", "channel").with("network", "Mastodon");
        return Err(NetError::Reconnect { reason });
    }
    Ok(account)
}

async fn candidate(opening: &Opening<'_>, session: Session, limits: &Limits, field: &'static str) -> Result<Candidate> {
    let account = own(opening.http, &session, opening.now).await.map_err(|error| wrong(error, field))?;
    Ok(Candidate {
        external_id: account.id.clone(),
        name: account.name().to_owned(),
        handle: handle(&session, &account),
        url: account.url.clone(),
        facts: facts(&session, limits),
        credential: session.seal(),
        expires_at: None,
    })
}

/// While connecting, a token that is not accepted was typed wrong.
fn wrong(error: NetError, field: &'static str) -> NetError {
    match error {
        NetError::Reconnect { reason } if reason.code == "credential-revoked" => rejected("credential-wrong", field),
        other => other,
    }
}

/// What a server says about itself; older ones and some relatives know only the first form, some speak to members
/// only.
async fn instance(http: &dyn Http, session: &Session, now: Timestamp) -> Result<Limits> {
    let ask = |path: &str| {
        let request = Request::get(format!("{}{path}", session.server));
        if session.token.is_empty() { request } else { request.bearer(&session.token) }
    };
    let failed = |reply: &Reply| wire::failure(reply, Effect::Read, &[&session.token], now);
    let mut reply = http.send(ask("/api/v2/instance")).await?;
    if failed(&reply) == Some(NetError::Gone) {
        reply = http.send(ask("/api/v1/instance")).await?;
    }
    if let Some(error) = failed(&reply) {
        return Err(wire::of_server(error));
    }
    let instance: Value = reply.json()?;
    if instance.is_object() { Ok(Limits::read(&instance)) } else { Err(wire::unsuitable()) }
}

fn rejected(code: &'static str, field: &'static str) -> NetError {
    NetError::Rejected { problem: Problem::error(code, field).with("network", "Mastodon") }
}
