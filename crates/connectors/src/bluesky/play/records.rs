//! Records and blobs of the sandbox's Bluesky, with the limits and refusals of the official server.

use jiff::Timestamp;
use sarafan_domain::text::{Counter, TextUnit};
use sarafan_network::play::{Answer, Asked, Wall, WallFile, WallPost};
use serde_json::{Value, json};
use sha2::{Digest, Sha256};

use super::super::wire::POSTS;
use super::token::letters;
use super::{Account, Played, invalid, no, refuse};

/// The server takes files up to this size; a record may not point at one over a million bytes.
const MAX_UPLOAD: usize = 5 * 1024 * 1024;
const MAX_BLOB: u64 = 1_000_000;

/// An id by content, as long as a real one.
fn cid(start: &str, bytes: &[u8]) -> String {
    let digest = Sha256::digest(bytes);
    let part = |from: usize| digest.iter().skip(from).take(8).fold(0_u64, |all, byte| (all << 8) | u64::from(*byte));
    format!("{start}{}{}{}{}", letters(part(0), 13), letters(part(8), 13), letters(part(16), 13), letters(part(24), 13))
}

pub(super) fn upload(wall: &mut Wall, asked: &Asked) -> Played {
    if asked.body.len() > MAX_UPLOAD {
        return no(refuse(413, "PayloadTooLarge", "request entity too large"));
    }
    let mime = asked.header("content-type").unwrap_or("*/*").to_owned();
    let id = cid("bafkrei", &asked.body);
    let size = asked.body.len();
    wall.files.insert(id.clone(), WallFile { mime: mime.clone(), bytes: asked.body.clone(), extra: Value::Null });
    Ok(json!({ "blob": { "$type": "blob", "ref": { "$link": id }, "mimeType": mime, "size": size } }))
}

pub(super) fn get(wall: &Wall, asked: &Asked) -> Played {
    let field = |name: &str| asked.query(name).unwrap_or_default();
    let uri = format!("at://{}/{}/{}", field("repo"), field("collection"), field("rkey"));
    match wall.post(&uri) {
        Some(post) => Ok(json!({ "uri": uri, "cid": post.extra.get("cid"), "value": post.extra.get("record") })),
        None => no(refuse(400, "RecordNotFound", &format!("Could not locate record: {uri}"))),
    }
}

/// Where a request wants to write, and what.
struct Wanted<'a> {
    uri: String,
    record: &'a Value,
    cid: String,
}

fn wanted<'a>(wall: &mut Wall, account: &Account, input: &'a Value, now: Timestamp) -> Result<Wanted<'a>, Box<Answer>> {
    let text = |key: &str| input.get(key).and_then(Value::as_str);
    if !text("repo").is_some_and(|repo| repo == account.did || repo == account.handle) {
        return no(refuse(403, "AccountNotFound", "Account not found"));
    }
    if text("collection") != Some(POSTS) {
        return no(invalid("This sandbox keeps posts only"));
    }
    let Some(record) = input.get("record") else { return no(invalid("Input must have the property \"record\"")) };
    let own = text("rkey").map(str::to_owned);
    let micros = u64::try_from(now.as_microsecond()).unwrap_or_default();
    let key = own.unwrap_or_else(|| letters((micros << 10) | (wall.next_id() & 1023), 13));
    if !is_tid(&key) {
        let wrong = format!("Invalid record key for {POSTS}: Invalid TID string (got {key:?}) at $");
        return no(invalid(&wrong));
    }
    if let Some(wrong) = wrong(wall, record) {
        return no(wrong);
    }
    let uri = format!("at://{}/{POSTS}/{key}", account.did);
    Ok(Wanted { uri, record, cid: cid("bafyrei", record.to_string().as_bytes()) })
}

fn is_tid(key: &str) -> bool {
    key.len() == 13
        && key.bytes().all(|b| matches!(b, b'2'..=b'7' | b'a'..=b'z'))
        && key.starts_with(|c: char| matches!(c, '2'..='7' | 'a'..='j'))
}

/// What the official server would refuse in a post, in its words.
fn wrong(wall: &Wall, record: &Value) -> Option<Answer> {
    let say = |what: String| Some(invalid(&format!("Invalid {POSTS} record: {what}")));
    for key in ["text", "createdAt"] {
        if record.get(key).and_then(Value::as_str).is_none() {
            return say(format!("Missing required key \"{key}\" at $.record"));
        }
    }
    let text = record.get("text").and_then(Value::as_str).unwrap_or_default();
    if text.len() > 3000 {
        return say(format!("string too big (maximum 3000, got {}) at $.record.text", text.len()));
    }
    let length = Counter::plain(TextUnit::Graphemes).count(text);
    if length > 300 {
        return say(format!("grapheme too big (maximum 300, got {length}) at $.record.text"));
    }
    let created = record.get("createdAt").and_then(Value::as_str).unwrap_or_default();
    if created.parse::<Timestamp>().is_err() {
        return say("Invalid datetime at $.record.createdAt".to_owned());
    }
    for (key, max) in [("langs", 3), ("tags", 8)] {
        let length = record.get(key).and_then(Value::as_array).map_or(0, Vec::len);
        if length > max {
            return say(format!("array too big (maximum {max}, got {length}) at $.record.{key}"));
        }
    }
    let images = images(record);
    if images.len() > 4 {
        return say(format!("array too big (maximum 4, got {}) at $.record.embed.images", images.len()));
    }
    for (index, (id, _)) in images.iter().enumerate() {
        let Some(file) = wall.files.get(id) else {
            return Some(refuse(400, "BlobNotFound", &format!("Could not find blob: {id}")));
        };
        let size = u64::try_from(file.bytes.len()).unwrap_or(u64::MAX);
        if size > MAX_BLOB {
            let at = format!("at $.record.embed.images[{index}].image");
            return say(format!("blob too big (maximum {MAX_BLOB}, got {size}) {at}"));
        }
    }
    None
}

/// Ids and descriptions of the pictures.
fn images(record: &Value) -> Vec<(String, String)> {
    let list = record.pointer("/embed/images").and_then(Value::as_array).cloned().unwrap_or_default();
    let text = |image: &Value, at: &str| image.pointer(at).and_then(Value::as_str).unwrap_or_default().to_owned();
    list.iter().map(|image| (text(image, "/image/ref/$link"), text(image, "/alt"))).collect()
}

pub(super) fn put(wall: &mut Wall, account: &Account, input: &Value, now: Timestamp) -> Played {
    let wanted = wanted(wall, account, input, now)?;
    let present = wall.post(&wanted.uri).and_then(|post| post.extra.get("cid")?.as_str().map(str::to_owned));
    let swap = input.get("swapRecord");
    match (&present, swap) {
        (Some(cid), _) if *cid == wanted.cid => return Ok(made(&wanted)),
        (Some(cid), Some(expected)) if expected.as_str() != Some(cid) => {
            return no(refuse(400, "InvalidSwap", &format!("Record was at {cid}")));
        }
        (None, Some(Value::String(_))) => return no(refuse(400, "InvalidSwap", "Record was at null")),
        _ => {}
    }
    write(wall, account, &wanted, now);
    Ok(made(&wanted))
}

pub(super) fn create(wall: &mut Wall, account: &Account, input: &Value, now: Timestamp) -> Played {
    let wanted = wanted(wall, account, input, now)?;
    if wall.post(&wanted.uri).is_some() {
        return no(refuse(500, "InternalServerError", "Internal Server Error"));
    }
    write(wall, account, &wanted, now);
    Ok(made(&wanted))
}

pub(super) fn delete(wall: &mut Wall, account: &Account, input: &Value) -> Played {
    let text = |key: &str| input.get(key).and_then(Value::as_str).unwrap_or_default();
    if text("repo") != account.did && text("repo") != account.handle {
        return no(refuse(403, "AccountNotFound", "Account not found"));
    }
    let uri = format!("at://{}/{}/{}", account.did, text("collection"), text("rkey"));
    wall.posts.retain(|post| post.id != uri);
    Ok(json!({}))
}

fn made(wanted: &Wanted<'_>) -> Value {
    json!({ "uri": wanted.uri, "cid": wanted.cid, "validationStatus": "valid" })
}

fn write(wall: &mut Wall, account: &Account, wanted: &Wanted<'_>, now: Timestamp) {
    let text = |at: &str| wanted.record.pointer(at).and_then(Value::as_str).map(str::to_owned);
    let card = text("/embed/external/uri").map(|uri| (uri, text("/embed/external/title").unwrap_or_default()));
    let post = WallPost {
        id: wanted.uri.clone(),
        account: account.did.to_owned(),
        parent: text("/reply/parent/uri"),
        author: account.name.to_owned(),
        text: text("/text").unwrap_or_default(),
        media: images(wanted.record),
        card,
        at: Some(now),
        extra: json!({ "cid": wanted.cid, "record": wanted.record }),
        ..WallPost::default()
    };
    match wall.post_mut(&wanted.uri) {
        Some(old) => *old = WallPost { reactions: old.reactions.clone(), reposts: old.reposts.clone(), ..post },
        None => wall.posts.push(post),
    }
}

/// The record of a post that a visitor wrote on the page: made when somebody asks for it.
pub(super) fn of_visitor(wall: &Wall, post: &WallPost) -> (String, Value) {
    let mut record = json!({ "$type": POSTS, "text": post.text, "createdAt": post.at.map(|at| at.to_string()) });
    let parent = post.parent.as_ref().and_then(|parent| wall.post(parent));
    if let (Some(parent), Some(fields)) = (parent, record.as_object_mut()) {
        let reference = |post: &WallPost| json!({ "uri": post.id, "cid": cid_of(wall, post) });
        let root = parent.extra.pointer("/record/reply/root").cloned().unwrap_or_else(|| reference(parent));
        fields.insert("reply".to_owned(), json!({ "root": root, "parent": reference(parent) }));
    }
    (cid("bafyrei", record.to_string().as_bytes()), record)
}

/// The content id of any post.
pub(super) fn cid_of(wall: &Wall, post: &WallPost) -> String {
    match post.extra.get("cid").and_then(Value::as_str) {
        Some(cid) => cid.to_owned(),
        // A visitor's post answers ours at most a few floors up, so this ends.
        None => of_visitor(wall, post).0,
    }
}
