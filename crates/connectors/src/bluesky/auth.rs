//! Signing in with a handle and an app password, and keeping the session alive.

use std::collections::BTreeMap;

use async_trait::async_trait;
use sarafan_domain::problem::Problem;
use sarafan_network::http::{Effect, Http, Reply};
use sarafan_network::{Auth, Call, Candidate, Connecting, Identity, NetError, Opening, Renewed, Result};
use serde_json::json;

use super::wire::{self, Holder, Profile, Session, Signed};
use super::{Bluesky, identity, rich};
use crate::address;
use jiff::Timestamp;

#[async_trait]
impl Auth for Bluesky {
    async fn connect(&self, opening: &Opening<'_>, form: &BTreeMap<String, String>) -> Result<Connecting> {
        let field = |key: &str| form.get(key).map(|value| value.trim()).unwrap_or_default();
        let (handle, password) = (name(field("handle")), field("password"));
        let now = opening.now;
        let service = match field("service") {
            "" if handle.ends_with(".bsky.social") || handle.contains('@') => identity::ENTRY.to_owned(),
            "" if rich::is_handle(&handle) => identity::service(opening.http, &handle, now).await?,
            "" => return Err(rejected("handle-unknown", "handle", &handle)),
            typed => address::server(typed).ok_or_else(|| rejected("server-unsuitable", "service", "Bluesky"))?,
        };
        let signed = sign_in(opening.http, &service, &handle, password, now).await?;
        // An entry server names the one that really holds the account.
        let service = identity::server_in(&signed.did_doc, None).unwrap_or(service);
        let session = Session {
            service,
            did: signed.did,
            handle: signed.handle,
            access: signed.access_jwt,
            refresh: signed.refresh_jwt,
            password: password.to_owned(),
        };
        let profile = profile(opening.http, &session, now).await.ok();
        Ok(Connecting::Choose(vec![Candidate {
            external_id: session.did.clone(),
            name: profile.as_ref().map_or(session.handle.as_str(), Profile::name).to_owned(),
            handle: format!("@{}", session.handle),
            url: Some(home(&session)),
            facts: json!({ "service": session.service }),
            expires_at: session.ends(),
            credential: session.seal(),
        }]))
    }

    async fn whoami(&self, call: &Call<'_>) -> Result<Identity> {
        let mut session = Session::open(call.credential)?;
        let request = wire::ask(&session.service, "com.atproto.server.getSession", &[]).bearer(&session.access);
        let reply = call.http.send(request).await?;
        let holder: Holder = read(&reply, Effect::Read, &session, call.now)?;
        if holder.active == Some(false) {
            return Err(wire::inactive());
        }
        session.handle = holder.handle;
        // The name comes from another server, which may rest while this one works.
        let profile = profile(call.http, &session, call.now).await.ok();
        Ok(Identity {
            name: profile.map_or_else(|| call.channel.name.clone(), |profile| profile.name().to_owned()),
            handle: format!("@{}", session.handle),
            url: Some(home(&session)),
            facts: json!({ "service": session.service }),
        })
    }

    async fn refresh(&self, call: &Call<'_>) -> Result<Renewed> {
        let mut session = Session::open(call.credential)?;
        let reply = call.http.send(wire::refresh_session(&session)).await?;
        let signed = match read::<Signed>(&reply, Effect::Prepare, &session, call.now) {
            // The token for renewal ends too, after some months or when it was used and the answer was lost.
            Err(NetError::AuthExpired) => {
                sign_in(call.http, &session.service, &session.did, &session.password, call.now).await.map_err(
                    |error| match error {
                        NetError::Rejected { .. } => revoked(),
                        other => other,
                    },
                )?
            }
            other => other?,
        };
        session.access = signed.access_jwt;
        session.refresh = signed.refresh_jwt;
        session.handle = signed.handle;
        Ok(Renewed { expires_at: session.ends(), credential: session.seal() })
    }
}

/// Reads an answer of the server that holds the account.
pub(super) fn read<T: serde::de::DeserializeOwned>(
    reply: &Reply,
    effect: Effect,
    session: &Session,
    now: Timestamp,
) -> Result<T> {
    match wire::failure(reply, effect, &session.secrets(), now) {
        Some(error) => Err(error),
        None => reply.json(),
    }
}

async fn sign_in(http: &dyn Http, service: &str, who: &str, password: &str, now: Timestamp) -> Result<Signed> {
    let reply = http.send(wire::create_session(service, who, password)).await?;
    match wire::failure(&reply, Effect::Prepare, &[password], now) {
        None => {}
        Some(NetError::AuthExpired) => return Err(rejected("credential-wrong", "password", "Bluesky")),
        Some(error) => return Err(error),
    }
    let signed: Signed = reply.json()?;
    if signed.active == Some(false) {
        return Err(wire::inactive());
    }
    Ok(signed)
}

async fn profile(http: &dyn Http, session: &Session, now: Timestamp) -> Result<Profile> {
    let request = wire::ask(&session.service, "app.bsky.actor.getProfile", &[("actor", &session.did)]);
    let reply = http.send(request.bearer(&session.access)).await?;
    read(&reply, Effect::Read, session, now)
}

/// A handle as people paste it: with `@`, capitals and the invisible marks that Bluesky's pages put around it.
fn name(typed: &str) -> String {
    let visible: String = typed.chars().filter(char::is_ascii_graphic).collect();
    let name = visible.trim_start_matches('@').to_ascii_lowercase();
    if name.is_empty() || name.contains(['.', '@']) { name } else { format!("{name}.bsky.social") }
}

fn home(session: &Session) -> String {
    let page = wire::page(&session.service, &session.handle, "");
    page.trim_end_matches("/post/").to_owned()
}

fn rejected(code: &'static str, field: &'static str, what: &str) -> NetError {
    let name = if code == "handle-unknown" { "handle" } else { "network" };
    NetError::Rejected { problem: Problem::error(code, field).with(name, what) }
}

fn revoked() -> NetError {
    NetError::Reconnect { reason: Problem::error("credential-revoked", "channel").with("network", "Bluesky") }
}

#[cfg(test)]
mod tests {
    use super::name;

    #[test]
    fn handles_as_people_paste_them() {
        let rows = [
            ("@Anna.Example.com", "anna.example.com"),
            ("\u{202a}anna.bsky.social\u{202c}", "anna.bsky.social"),
            ("anna", "anna.bsky.social"),
            ("anna@example.com", "anna@example.com"),
            ("", ""),
        ];
        for (typed, expected) in rows {
            assert_eq!(name(typed), expected, "{typed}");
        }
    }
}
