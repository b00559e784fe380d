//! Bluesky in the sandbox: one server that holds the accounts and counts, with the answers that the official one
//! gives (PDS 0.4.217, compared on 2026-11-21). Deliberately absent: signatures, identities of other servers, blocks.

use std::collections::BTreeMap;

use jiff::Timestamp;
use sarafan_network::play::{Answer, Asked, Player, Wall};
use serde_json::{Value, json};

use super::Bluesky;

mod records;
mod token;
mod views;

/// The password of every account in the sandbox.
const PASSWORD: &str = "sand-boxs-andb-oxsa";

/// An account of the sandbox.
struct Account {
    did: &'static str,
    handle: &'static str,
    name: &'static str,
}

const ACCOUNTS: [Account; 2] = [
    Account { did: "did:plc:sandbox2coffee2roasters2", handle: "roasters.sandbox.test", name: "Coffee roasters" },
    Account { did: "did:plc:sandbox2bakery2around2cor", handle: "bakery.sandbox.test", name: "Bakery on the corner" },
];

/// A refusal in the shape of XRPC.
fn refuse(status: u16, error: &str, message: &str) -> Answer {
    Answer::json(status, &json!({ "error": error, "message": message }))
}

fn invalid(message: &str) -> Answer {
    refuse(400, "InvalidRequest", message)
}

/// An answer or a refusal; the latter is an answer too.
type Played = Result<Value, Box<Answer>>;

fn no<T>(answer: Answer) -> Result<T, Box<Answer>> {
    Err(Box::new(answer))
}

impl Player for Bluesky {
    fn id(&self) -> &'static str {
        "bluesky"
    }

    fn title(&self) -> &'static str {
        "Bluesky"
    }

    fn form(&self, root: &str) -> BTreeMap<String, String> {
        let handle = ACCOUNTS.first().map(|account| account.handle).unwrap_or_default();
        let rows = [("handle", handle), ("password", PASSWORD), ("service", root)];
        rows.into_iter().map(|(key, value)| (key.to_owned(), value.to_owned())).collect()
    }

    fn accounts(&self) -> Vec<(String, String)> {
        ACCOUNTS.iter().map(|account| (account.did.to_owned(), account.name.to_owned())).collect()
    }

    fn answer(&self, wall: &mut Wall, asked: &Asked, now: Timestamp) -> Answer {
        let Some(method) = asked.path.strip_prefix("/xrpc/") else {
            return refuse(404, "NotFound", "Not Found");
        };
        match route(method, wall, asked, now) {
            Ok(value) => Answer::json(200, &value),
            Err(refusal) => *refusal,
        }
    }

    fn rate_limited(&self, seconds: u64) -> Answer {
        let mut answer = refuse(429, "RateLimitExceeded", "Rate Limit Exceeded");
        answer.headers.push(("retry-after".to_owned(), seconds.to_string()));
        answer
    }

    fn expired(&self) -> Answer {
        refuse(400, "ExpiredToken", "Token has expired")
    }

    fn publishes(&self, asked: &Asked) -> bool {
        asked.path.ends_with(".putRecord") || asked.path.ends_with(".createRecord")
    }

    fn visitor_id(&self, wall: &mut Wall) -> String {
        // As a record key of a time of its own: letters in the order of their number.
        let number = wall.next_id();
        format!("at://did:plc:sandbox2visitors2222222/app.bsky.feed.post/3sand{}", token::letters(number, 8))
    }
}

fn route(method: &str, wall: &mut Wall, asked: &Asked, now: Timestamp) -> Played {
    let input = || serde_json::from_slice::<Value>(&asked.body).unwrap_or_default();
    match (asked.method.as_str(), method) {
        ("GET", "com.atproto.server.describeServer") => {
            Ok(json!({ "did": "did:web:sandbox.test", "availableUserDomains": [".sandbox.test"] }))
        }
        ("POST", "com.atproto.server.createSession") => create_session(wall, &input(), now),
        ("POST", "com.atproto.server.refreshSession") => token::refresh(wall, asked, now),
        ("GET", "com.atproto.identity.resolveHandle") => {
            let handle = asked.query("handle").unwrap_or_default();
            match ACCOUNTS.iter().find(|account| account.handle == handle) {
                Some(account) => Ok(json!({ "did": account.did })),
                None => no(invalid("Unable to resolve handle")),
            }
        }
        ("GET", "com.atproto.repo.getRecord") => records::get(wall, asked),
        _ => {
            let account = token::holder(wall, asked, now)?;
            match (asked.method.as_str(), method) {
                ("GET", "com.atproto.server.getSession") => Ok(token::identity(account)),
                ("POST", "com.atproto.repo.uploadBlob") => records::upload(wall, asked),
                ("POST", "com.atproto.repo.putRecord") => records::put(wall, account, &input(), now),
                ("POST", "com.atproto.repo.createRecord") => records::create(wall, account, &input(), now),
                ("POST", "com.atproto.repo.deleteRecord") => records::delete(wall, account, &input()),
                ("GET", "app.bsky.actor.getProfile") => views::profile(wall, asked),
                ("GET", "app.bsky.feed.getPosts") => views::posts(wall, asked),
                ("GET", "app.bsky.feed.getPostThread") => views::thread(wall, asked),
                ("GET", "app.bsky.notification.listNotifications") => views::notifications(wall, account, asked),
                _ => no(refuse(501, "MethodNotImplemented", "Method Not Implemented")),
            }
        }
    }
}

fn create_session(wall: &mut Wall, input: &Value, now: Timestamp) -> Played {
    let text = |key: &str| input.get(key).and_then(Value::as_str).unwrap_or_default();
    let who = text("identifier");
    let known = ACCOUNTS.iter().find(|account| account.handle == who || account.did == who);
    match known.filter(|_| text("password") == PASSWORD) {
        Some(account) => Ok(token::session(wall, account, now)),
        None => no(refuse(401, "AuthenticationRequired", "Invalid identifier or password")),
    }
}
