//! TITLE as the sandbox plays it: one account, text posts. As strict as the real one, or the sandbox teaches our own
//! belief.

use std::collections::BTreeMap;

use sarafan_domain::time::Timestamp;
use sarafan_network::play::{Answer, Asked, Player, Wall, WallPost};
use serde_json::json;

use super::STRUCT;

const TOKEN: &str = "sandbox-token-of-NETWORK";
const ACCOUNT: (&str, &str) = ("1", "TITLE sandbox");

impl Player for STRUCT {
    fn id(&self) -> &'static str {
        "NETWORK"
    }

    fn title(&self) -> &'static str {
        "TITLE"
    }

    fn form(&self, root: &str) -> BTreeMap<String, String> {
        [("token", TOKEN), ("server", root)].into_iter().map(|(key, value)| (key.into(), value.into())).collect()
    }

    fn accounts(&self) -> Vec<(String, String)> {
        vec![(ACCOUNT.0.to_owned(), ACCOUNT.1.to_owned())]
    }

    fn answer(&self, wall: &mut Wall, asked: &Asked, now: Timestamp) -> Answer {
        let token = asked.header("authorization").and_then(|value| value.strip_prefix("Bearer ")).unwrap_or_default();
        if token.is_empty() || wall.expired.iter().any(|ended| ended == token) {
            return self.expired();
        }
        match (asked.method.as_str(), asked.path.as_str()) {
            ("GET", "/me") => Answer::json(200, &json!({ "id": ACCOUNT.0, "name": ACCOUNT.1, "url": asked.root })),
            ("POST", "/posts") => {
                let text = asked.form().get("text").unwrap_or_default().to_owned();
                if text.is_empty() || text.chars().count() > 500 {
                    return Answer::json(422, &json!({ "error": "the text is empty or too long" }));
                }
                let id = wall.next_id().to_string();
                wall.posts.push(WallPost {
                    id: id.clone(),
                    account: ACCOUNT.0.to_owned(),
                    author: ACCOUNT.1.to_owned(),
                    text,
                    at: Some(now),
                    ..WallPost::default()
                });
                Answer::json(201, &json!({ "id": id, "url": format!("{}/posts/{id}", asked.root) }))
            }
            _ => Answer::json(404, &json!({ "error": "there is nothing here" })),
        }
    }

    fn rate_limited(&self, seconds: u64) -> Answer {
        let mut answer = Answer::json(429, &json!({ "error": "too many requests" }));
        answer.headers.push(("retry-after".to_owned(), seconds.to_string()));
        answer
    }

    fn expired(&self) -> Answer {
        Answer::json(401, &json!({ "error": "the token is not valid" }))
    }

    fn publishes(&self, asked: &Asked) -> bool {
        asked.method == "POST" && asked.path == "/posts"
    }
}
