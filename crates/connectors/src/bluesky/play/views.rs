//! What the sandbox's Bluesky shows: profiles, posts with their counts, threads, notifications.

use jiff::Timestamp;
use sarafan_domain::text;
use sarafan_network::play::{Asked, Wall, WallPost};
use serde_json::{Value, json};
use sha2::{Digest, Sha256};

use super::records::of_visitor;
use super::token::letters;
use super::{ACCOUNTS, Account, Played, invalid, no, refuse};

pub(super) fn profile(wall: &Wall, asked: &Asked) -> Played {
    let who = asked.query("actor").unwrap_or_default();
    let Some(account) = ACCOUNTS.iter().find(|account| account.did == who || account.handle == who) else {
        return no(invalid("Profile not found"));
    };
    let posts = wall.posts.iter().filter(|post| post.account == account.did && !post.visitor).count();
    let followers = wall.followers.get(account.did).map_or(0, Vec::len);
    Ok(json!({
        "did": account.did, "handle": account.handle, "displayName": account.name,
        "followersCount": followers, "followsCount": 0, "postsCount": posts,
    }))
}

/// Who wrote a post. A visitor has an identity made from the name.
fn author(post: &WallPost) -> Value {
    let own = ACCOUNTS.iter().find(|account| account.did == post.account && !post.visitor);
    if let Some(account) = own {
        return json!({ "did": account.did, "handle": account.handle, "displayName": account.name });
    }
    let digest = Sha256::digest(post.author.as_bytes());
    let number = digest.iter().take(8).fold(0_u64, |all, byte| (all << 8) | u64::from(*byte));
    let id = letters(number, 13);
    json!({
        "did": format!("did:plc:visitor2222{id}"), "handle": format!("{id}.sandbox.test"), "displayName": post.author,
    })
}

fn view(wall: &Wall, post: &WallPost) -> Value {
    let (cid, record) = match (post.extra.get("cid"), post.extra.get("record")) {
        (Some(cid), Some(record)) => (cid.clone(), record.clone()),
        _ => {
            let (cid, record) = of_visitor(wall, post);
            (Value::from(cid), record)
        }
    };
    let replies = wall.posts.iter().filter(|other| other.parent.as_deref() == Some(&post.id)).count();
    json!({
        "uri": post.id, "cid": cid, "author": author(post), "record": record,
        "likeCount": post.reactions.len(), "repostCount": post.reposts.len(), "replyCount": replies, "quoteCount": 0,
        "bookmarkCount": 0, "indexedAt": time(post.at), "labels": [],
    })
}

fn time(at: Option<Timestamp>) -> String {
    at.unwrap_or(Timestamp::UNIX_EPOCH).strftime("%Y-%m-%dT%H:%M:%S%.3fZ").to_string()
}

pub(super) fn posts(wall: &Wall, asked: &Asked) -> Played {
    let uris: Vec<&str> = asked.query.iter().filter(|(key, _)| key == "uris").map(|(_, uri)| uri.as_str()).collect();
    if uris.len() > 25 {
        return no(invalid("Error: uris must not have more than 25 elements"));
    }
    if let Some(index) = uris.iter().position(|uri| !uri.starts_with("at://")) {
        return no(invalid(&format!("Error: uris/{index} must be a valid at-uri")));
    }
    let found: Vec<Value> = uris.iter().filter_map(|uri| wall.post(uri)).map(|post| view(wall, post)).collect();
    Ok(json!({ "posts": found }))
}

pub(super) fn thread(wall: &Wall, asked: &Asked) -> Played {
    let uri = asked.query("uri").unwrap_or_default();
    let depth = asked.query("depth").and_then(|depth| depth.parse().ok()).unwrap_or(6);
    match wall.post(uri) {
        Some(post) => Ok(json!({ "thread": branch(wall, post, depth) })),
        None => no(refuse(400, "NotFound", &format!("Post not found: {uri}"))),
    }
}

fn branch(wall: &Wall, post: &WallPost, depth: u16) -> Value {
    let answers = wall.posts.iter().filter(|other| other.parent.as_deref() == Some(&post.id));
    let replies: Vec<Value> = match depth.checked_sub(1) {
        Some(left) => answers.map(|other| branch(wall, other, left)).collect(),
        None => Vec::new(),
    };
    json!({ "$type": "app.bsky.feed.defs#threadViewPost", "post": view(wall, post), "replies": replies })
}

pub(super) fn notifications(wall: &Wall, account: &Account, asked: &Asked) -> Played {
    let limit = asked.query("limit").and_then(|limit| limit.parse().ok()).unwrap_or(50_usize).clamp(1, 100);
    let reasons: Vec<&str> = asked.query.iter().filter(|(key, _)| key == "reasons").map(|(_, one)| one.as_str()).collect();
    let before = asked.query("cursor").and_then(|cursor| cursor.parse::<usize>().ok()).unwrap_or(usize::MAX);
    let mut found: Vec<(usize, &WallPost, &str)> = wall
        .posts
        .iter()
        .enumerate()
        .filter(|(index, post)| post.visitor && *index < before)
        .filter_map(|(index, post)| reason(wall, account, post).map(|reason| (index, post, reason)))
        .filter(|(_, _, reason)| reasons.is_empty() || reasons.contains(reason))
        .collect();
    found.reverse();
    let more = found.len() > limit;
    found.truncate(limit);
    let list: Vec<Value> = found.iter().map(|(_, post, reason)| notification(wall, post, reason)).collect();
    let mut answer = json!({ "notifications": list, "priority": false });
    if let (true, Some((last, _, _)), Some(fields)) = (more, found.last(), answer.as_object_mut()) {
        fields.insert("cursor".to_owned(), Value::from(last.to_string()));
    }
    Ok(answer)
}

/// Why an account is told of a post.
fn reason(wall: &Wall, account: &Account, post: &WallPost) -> Option<&'static str> {
    let answered = post.parent.as_ref().and_then(|parent| wall.post(parent));
    if answered.is_some_and(|parent| parent.account == account.did && !parent.visitor) {
        return Some("reply");
    }
    let named = text::mentions(&post.text).iter().any(|(_, name)| name.trim_start_matches('@') == account.handle);
    named.then_some("mention")
}

fn notification(wall: &Wall, post: &WallPost, reason: &str) -> Value {
    let view = view(wall, post);
    json!({
        "uri": view.get("uri"), "cid": view.get("cid"), "author": view.get("author"), "record": view.get("record"),
        "reason": reason, "reasonSubject": post.parent, "indexedAt": view.get("indexedAt"), "isRead": false,
    })
}
