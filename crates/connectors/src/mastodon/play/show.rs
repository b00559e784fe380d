//! How the sandbox's Mastodon shows accounts, posts, threads and notifications: texts as HTML, as a real server.

use jiff::Timestamp;
use sarafan_domain::text;
use sarafan_network::play::{Asked, Wall, WallPost};
use serde_json::{Value, json};

use super::{ACCOUNTS, Account, Played, media, missing, ok};

pub(super) fn account(wall: &Wall, asked: &Asked, account: &Account) -> Value {
    let posts = wall.posts.iter().filter(|post| post.account == account.id && !post.visitor).count();
    let followers = wall.followers.get(account.id).map_or(0, Vec::len);
    json!({
        "id": account.id, "username": account.name, "acct": account.name, "display_name": account.title,
        "url": format!("{}/@{}", asked.root, account.name), "followers_count": followers, "following_count": 0,
        "statuses_count": posts, "source": { "privacy": "public", "sensitive": false, "language": null },
    })
}

fn author(wall: &Wall, asked: &Asked, post: &WallPost) -> Value {
    if let Some(own) = ACCOUNTS.iter().find(|account| account.id == post.account && !post.visitor) {
        return account(wall, asked, own);
    }
    let letters: String = post.author.chars().filter(char::is_ascii_alphanumeric).collect();
    let name = if letters.is_empty() { "visitor".to_owned() } else { letters.to_lowercase() };
    json!({
        "id": format!("9{}", post.author.chars().map(u32::from).fold(7_u32, |all, c| all.wrapping_mul(31).wrapping_add(c))),
        "username": name, "acct": format!("{name}@visitors.test"), "display_name": post.author,
        "url": format!("{}/@{name}", asked.root),
    })
}

/// A post as the server shows it.
pub(super) fn status(wall: &Wall, asked: &Asked, post: &WallPost) -> Value {
    let replies = wall.posts.iter().filter(|other| other.parent.as_deref() == Some(&post.id)).count();
    let field = |key: &str| post.extra.get(key).cloned().unwrap_or_default();
    let files: Vec<Value> = post.media.iter().map(|(id, _)| media::attachment(wall, &asked.root, id)).collect();
    let author = author(wall, asked, post);
    let page = author.get("url").and_then(Value::as_str).map(|url| format!("{url}/{}", post.id));
    let options: Vec<Value> =
        post.poll.iter().map(|(title, votes)| json!({ "title": title, "votes_count": votes })).collect();
    json!({
        "id": post.id, "uri": page, "url": page, "account": author, "in_reply_to_id": post.parent,
        "content": html(&post.text), "created_at": time(post.at), "edited_at": post.edited_at.map(|at| time(Some(at))),
        "favourites_count": post.reactions.len(), "reblogs_count": post.reposts.len(), "replies_count": replies,
        "quotes_count": 0, "media_attachments": files, "language": field("language"),
        "visibility": post.extra.get("visibility").and_then(Value::as_str).unwrap_or("public"),
        "spoiler_text": post.extra.get("spoiler_text").and_then(Value::as_str).unwrap_or_default(),
        "sensitive": post.extra.get("sensitive").and_then(Value::as_bool).unwrap_or_default(),
        "poll": if options.is_empty() { Value::Null } else { json!({ "id": post.id, "options": options }) },
    })
}

fn time(at: Option<Timestamp>) -> String {
    at.unwrap_or(Timestamp::UNIX_EPOCH).strftime("%Y-%m-%dT%H:%M:%S%.3fZ").to_string()
}

/// Text with the characters that mean something in HTML written out.
pub(super) fn escape(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;").replace('\'', "&#39;")
}

/// Paragraphs, line breaks and links, as Mastodon writes them.
fn html(words: &str) -> String {
    let mut out = String::new();
    let mut at = 0;
    for range in text::links(words) {
        out.push_str(&escape(words.get(at..range.start).unwrap_or_default()));
        let link = words.get(range.clone()).unwrap_or_default();
        let (scheme, rest) = link.split_at(link.find("://").map_or(0, |index| index + 3));
        let (href, rest) = (escape(link), escape(rest));
        out.push_str(&format!(
            "<a href=\"{href}\" rel=\"nofollow noopener\"><span class=\"invisible\">{scheme}</span><span>{rest}</span></a>"
        ));
        at = range.end;
    }
    out.push_str(&escape(words.get(at..).unwrap_or_default()));
    let paragraphs: Vec<String> = out.split("\n\n").map(|part| format!("<p>{}</p>", part.replace('\n', "<br />"))).collect();
    paragraphs.concat()
}

pub(super) fn many(wall: &Wall, asked: &Asked) -> Value {
    let ids = asked.query.iter().filter(|(key, _)| key == "id[]" || key == "id").take(20);
    ids.filter_map(|(_, id)| wall.post(id)).map(|post| status(wall, asked, post)).collect()
}

pub(super) fn context(wall: &Wall, asked: &Asked, id: &str) -> Played {
    if wall.post(id).is_none() {
        return missing();
    }
    // Posts stand in the order they came, so an answer always comes after what it answers.
    let mut inside = vec![id];
    let mut found = Vec::new();
    for post in &wall.posts {
        if post.parent.as_deref().is_some_and(|parent| inside.contains(&parent)) {
            inside.push(&post.id);
            found.push(status(wall, asked, post));
        }
    }
    ok(&json!({ "ancestors": [], "descendants": found }))
}

pub(super) fn notifications(wall: &Wall, asked: &Asked, account: &Account) -> Played {
    let number = |id: &str| id.parse::<u64>().unwrap_or_default();
    let limit = asked.query("limit").and_then(|limit| limit.parse().ok()).unwrap_or(40_usize).clamp(1, 80);
    let after = asked.query("min_id").map(number);
    let mut found: Vec<&WallPost> = wall
        .posts
        .iter()
        .filter(|post| post.visitor && concerns(wall, account, post))
        .filter(|post| after.is_none_or(|after| number(&post.id) > after))
        .collect();
    // With `min_id` the oldest of the newer ones, without it the newest; the newest first in both cases.
    if after.is_none() {
        found = found.split_off(found.len().saturating_sub(limit));
    }
    found.truncate(limit);
    found.reverse();
    let list: Vec<Value> = found
        .iter()
        .map(|post| {
            let status = status(wall, asked, post);
            json!({ "id": post.id, "type": "mention", "created_at": time(post.at), "account": status.get("account"), "status": status })
        })
        .collect();
    let mut answer = ok(&Value::from(list))?;
    if let (Some(first), Some(last)) = (found.first(), found.last()) {
        let here = format!("{}/api/v1/notifications?limit={limit}", asked.root);
        let link = format!("<{here}&max_id={}>; rel=\"next\", <{here}&min_id={}>; rel=\"prev\"", last.id, first.id);
        answer.headers.push(("link".to_owned(), link));
    }
    Ok(answer)
}

/// Does it answer the account or name it?
fn concerns(wall: &Wall, account: &Account, post: &WallPost) -> bool {
    let answered = post.parent.as_ref().and_then(|parent| wall.post(parent));
    answered.is_some_and(|parent| parent.account == account.id && !parent.visitor)
        || text::mentions(&post.text).iter().any(|(_, name)| name.trim_start_matches('@') == account.name)
}
