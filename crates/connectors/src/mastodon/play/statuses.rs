//! Posts of the sandbox's Mastodon: made once per key, changed, taken down, with a real server's refusals.

use jiff::Timestamp;
use sarafan_domain::text;
use sarafan_network::play::{Answer, Asked, Form, Wall, WallPost};
use serde_json::{Value, json};

use super::super::instance::Limits;
use super::{Account, Played, media, missing, ok, refuse, show};

/// A key is remembered for an hour.
const KEY_SECONDS: i64 = 3600;

pub(super) fn post(wall: &mut Wall, asked: &Asked, account: &Account, now: Timestamp) -> Played {
    let key = asked.header("idempotency-key").map(|key| format!("key {} {key}", account.id));
    let seen = key.as_ref().and_then(|key| wall.keys.get(key)).and_then(|seen| seen.split_once(' '));
    if let Some((until, id)) = seen
        && until.parse().is_ok_and(|until: i64| until > now.as_second())
        && let Some(post) = wall.post(id)
    {
        return ok(&show::status(wall, asked, post));
    }
    let form = asked.form();
    let files = ids(&form);
    wrong(wall, &form, &files, now)?;
    let parent = form.get("in_reply_to_id").map(str::to_owned);
    if parent.as_ref().is_some_and(|parent| wall.post(parent).is_none()) {
        return refuse(404, "The post you are trying to reply to does not appear to exist.");
    }
    let id = wall.next_id().to_string();
    let post = WallPost {
        id: id.clone(),
        account: account.id.to_owned(),
        parent,
        author: account.title.to_owned(),
        at: Some(now),
        poll: options(&form).into_iter().map(|option| (option, 0)).collect(),
        ..content(wall, &form, &files)
    };
    let shown = show::status(wall, asked, &post);
    wall.posts.push(post);
    if let Some(key) = key {
        wall.keys.insert(key, format!("{} {id}", now.as_second() + KEY_SECONDS));
    }
    ok(&shown)
}

pub(super) fn edit(wall: &mut Wall, asked: &Asked, account: &Account, id: &str, now: Timestamp) -> Played {
    own(wall, account, id)?;
    let form = asked.form();
    let files = ids(&form);
    wrong(wall, &form, &files, now)?;
    for attributes in form.json("media_attributes").as_ref().and_then(Value::as_array).into_iter().flatten() {
        let text = |key: &str| attributes.get(key).and_then(Value::as_str).unwrap_or_default();
        if let Some(file) = wall.files.get_mut(text("id")) {
            file.extra = json!({ "description": text("description"), "ready": 0 });
        }
    }
    let new = content(wall, &form, &files);
    let Some(post) = wall.post_mut(id) else { return missing() };
    post.text = new.text;
    post.media = new.media;
    post.extra = new.extra;
    post.edited_at = Some(now);
    match wall.post(id) {
        Some(post) => ok(&show::status(wall, asked, post)),
        None => missing(),
    }
}

pub(super) fn delete(wall: &mut Wall, asked: &Asked, account: &Account, id: &str) -> Played {
    own(wall, account, id)?;
    let shown = wall.post(id).map(|post| show::status(wall, asked, post)).unwrap_or_default();
    wall.posts.retain(|post| post.id != id);
    ok(&shown)
}

fn own(wall: &Wall, account: &Account, id: &str) -> Result<(), Box<Answer>> {
    match wall.post(id) {
        Some(post) if post.account == account.id && !post.visitor => Ok(()),
        Some(_) => refuse(403, "This action is not allowed"),
        None => missing(),
    }
}

fn ids(form: &Form) -> Vec<String> {
    let list = form.json("media_ids").and_then(|ids| ids.as_array().cloned());
    list.unwrap_or_default().iter().filter_map(Value::as_str).map(str::to_owned).collect()
}

fn options(form: &Form) -> Vec<String> {
    let poll = form.json("poll");
    let list = poll.as_ref().and_then(|poll| poll.get("options")).and_then(Value::as_array);
    list.map(|list| list.iter().filter_map(Value::as_str).map(str::to_owned).collect()).unwrap_or_default()
}

/// What a real server would refuse, in its words.
fn wrong(wall: &Wall, form: &Form, files: &[String], now: Timestamp) -> Result<(), Box<Answer>> {
    let words = form.get("status").unwrap_or_default();
    let warning = form.get("spoiler_text").unwrap_or_default();
    if words.trim().is_empty() && files.is_empty() {
        return refuse(422, "Validation failed: Text can't be blank");
    }
    if Limits::default().counter().count(&format!("{warning}{words}")) > 500 {
        return refuse(422, "Validation failed: Text character limit of 500 exceeded");
    }
    let options = options(form);
    if files.len() > 4 || (!files.is_empty() && !options.is_empty()) {
        return refuse(422, "Cannot attach more than 4 files");
    }
    let video = |id: &String| wall.files.get(id).is_some_and(|file| file.mime.starts_with("video/"));
    if files.len() > 1 && files.iter().any(video) {
        return refuse(422, "Cannot attach a video to a post that already contains images");
    }
    if files.iter().any(|id| !media::is_ready(wall, id, now)) {
        return refuse(422, "Cannot attach files that have not finished processing. Try again in a moment!");
    }
    let trimmed: Vec<&str> = options.iter().map(|option| option.trim()).collect();
    let same = trimmed.iter().enumerate().any(|(index, one)| trimmed.iter().skip(index + 1).any(|two| two == one));
    let seconds = form.json("poll").and_then(|poll| poll.get("expires_in")?.as_u64()).unwrap_or_default();
    let fault = match options.len() {
        0 => return Ok(()),
        1 => "Options must be more than one item",
        2..=4 if same => "Options contain duplicate items",
        2..=4 if options.iter().any(|option| option.chars().count() > 50) => "Options can't be longer than 50 characters each",
        2..=4 if seconds < 300 => "Duration is too soon",
        2..=4 if seconds > 2_629_746 => "Duration is too far into the future",
        2..=4 => return Ok(()),
        _ => "Options can't contain more than 4 items",
    };
    refuse(422, &format!("Validation failed: {fault}"))
}

/// The part of a post that an edit replaces.
fn content(wall: &Wall, form: &Form, files: &[String]) -> WallPost {
    let description = |id: &String| wall.files.get(id).and_then(|file| file.extra.get("description")?.as_str());
    let words = form.get("status").unwrap_or_default();
    let link = text::links(words).into_iter().next().and_then(|range| words.get(range));
    WallPost {
        text: words.to_owned(),
        card: link.filter(|_| files.is_empty()).map(|link| (link.to_owned(), link.to_owned())),
        media: files.iter().map(|id| (id.clone(), description(id).unwrap_or_default().to_owned())).collect(),
        extra: json!({
            "visibility": form.get("visibility").unwrap_or("public"), "language": form.get("language"),
            "spoiler_text": form.get("spoiler_text").unwrap_or_default(),
            "sensitive": form.get("sensitive") == Some("true"),
        }),
        ..WallPost::default()
    }
}
