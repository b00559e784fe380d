//! Mastodon in the sandbox: one server with two accounts, with the limits, refusals and memory of a real one.
//! Deliberately absent: other servers, timelines, moderation, private conversations.

use std::collections::BTreeMap;

use jiff::Timestamp;
use sarafan_network::play::{Answer, Asked, Player, Wall};
use serde_json::{Value, json};

use super::Mastodon;

mod media;
mod oauth;
mod show;
mod statuses;

/// An account of the sandbox.
struct Account {
    id: &'static str,
    name: &'static str,
    title: &'static str,
    token: &'static str,
}

const ACCOUNTS: [Account; 2] = [
    Account { id: "1001", name: "roasters", title: "Coffee roasters", token: "sandbox-token-roasters" },
    Account { id: "1002", name: "bakery", title: "Bakery on the corner", token: "sandbox-token-bakery" },
];

/// An answer, or a refusal, which is an answer too.
type Played = Result<Answer, Box<Answer>>;

/// A refusal as Mastodon words it.
fn refuse<T>(status: u16, words: &str) -> Result<T, Box<Answer>> {
    Err(Box::new(Answer::json(status, &json!({ "error": words }))))
}

fn ok(value: &Value) -> Played {
    Ok(Answer::json(200, value))
}

/// Nobody and nothing here has this id.
fn missing<T>() -> Result<T, Box<Answer>> {
    refuse(404, "Record not found")
}

impl Player for Mastodon {
    fn id(&self) -> &'static str {
        "mastodon"
    }

    fn title(&self) -> &'static str {
        "Mastodon"
    }

    fn form(&self, root: &str) -> BTreeMap<String, String> {
        let token = ACCOUNTS.first().map(|account| account.token).unwrap_or_default();
        let rows = [("server", root), ("access-token", token)];
        rows.into_iter().map(|(key, value)| (key.to_owned(), value.to_owned())).collect()
    }

    fn accounts(&self) -> Vec<(String, String)> {
        ACCOUNTS.iter().map(|account| (account.id.to_owned(), account.title.to_owned())).collect()
    }

    fn answer(&self, wall: &mut Wall, asked: &Asked, now: Timestamp) -> Answer {
        route(wall, asked, now).unwrap_or_else(|refusal| *refusal)
    }

    fn rate_limited(&self, seconds: u64) -> Answer {
        let mut answer = Answer::json(429, &json!({ "error": "Too many requests" }));
        answer.headers.push(("x-ratelimit-remaining".to_owned(), "0".to_owned()));
        answer.headers.push(("retry-after".to_owned(), seconds.to_string()));
        answer
    }

    fn expired(&self) -> Answer {
        Answer::json(401, &json!({ "error": "The access token was revoked" }))
    }

    fn publishes(&self, asked: &Asked) -> bool {
        asked.method == "POST" && asked.path == "/api/v1/statuses"
    }
}

fn route(wall: &mut Wall, asked: &Asked, now: Timestamp) -> Played {
    let path = asked.path.as_str();
    match (asked.method.as_str(), path) {
        ("GET", "/api/v2/instance") => return ok(&instance(asked)),
        ("POST", "/api/v1/apps") => return oauth::register(wall, asked),
        ("GET", "/oauth/authorize") => return oauth::page(asked),
        ("POST", "/oauth/token") => return oauth::token(wall, asked),
        _ => {}
    }
    let account = holder(wall, asked)?;
    match (asked.method.as_str(), path) {
        ("GET", "/api/v1/accounts/verify_credentials") => ok(&show::account(wall, asked, account)),
        ("POST", "/api/v2/media") => media::upload(wall, asked, now),
        ("POST", "/api/v1/statuses") => statuses::post(wall, asked, account, now),
        ("GET", "/api/v1/statuses") => ok(&show::many(wall, asked)),
        ("GET", "/api/v1/notifications") => show::notifications(wall, asked, account),
        (method, _) => {
            if let Some(id) = path.strip_prefix("/api/v1/media/") {
                return if method == "GET" { media::look(wall, id, now) } else { missing() };
            }
            let Some(rest) = path.strip_prefix("/api/v1/statuses/") else { return missing() };
            match (method, rest.split_once('/').unwrap_or((rest, ""))) {
                ("GET", (id, "context")) => show::context(wall, asked, id),
                ("GET", (id, "")) => match wall.post(id) {
                    Some(post) => ok(&show::status(wall, asked, post)),
                    None => missing(),
                },
                ("PUT", (id, "")) => statuses::edit(wall, asked, account, id, now),
                ("DELETE", (id, "")) => statuses::delete(wall, asked, account, id),
                _ => missing(),
            }
        }
    }
}

/// The account that a token belongs to.
fn holder(wall: &Wall, asked: &Asked) -> Result<&'static Account, Box<Answer>> {
    let token = asked.header("authorization").and_then(|value| value.strip_prefix("Bearer ")).unwrap_or_default();
    if token.is_empty() {
        return refuse(401, "This method requires an authenticated user");
    }
    if wall.expired.iter().any(|ended| ended == token) {
        return refuse(401, "The access token was revoked");
    }
    let given = wall.keys.get(&format!("token {token}"));
    let known = |account: &&Account| account.token == token || given.is_some_and(|id| id == account.id);
    match ACCOUNTS.iter().find(known) {
        Some(account) => Ok(account),
        None => refuse(401, "The access token is invalid"),
    }
}

/// What the server says about itself.
fn instance(asked: &Asked) -> Value {
    json!({
        "domain": asked.root, "title": "Sandbox", "version": "4.5.0",
        "configuration": {
            "statuses": { "max_characters": 500, "max_media_attachments": 4, "characters_reserved_per_url": 23 },
            "media_attachments": {
                "supported_mime_types": media::TYPES, "description_limit": 1500,
                "image_size_limit": media::IMAGE_BYTES, "image_matrix_limit": 33_177_600,
                "video_size_limit": media::VIDEO_BYTES, "video_frame_rate_limit": 120, "video_matrix_limit": 8_294_400,
            },
            "polls": {
                "max_options": 4, "max_characters_per_option": 50, "min_expiration": 300, "max_expiration": 2_629_746,
            },
        },
    })
}
