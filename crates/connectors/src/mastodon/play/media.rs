//! Files of the sandbox's Mastodon. Pictures are ready at once; a video is worked on for some seconds, as there.

use jiff::Timestamp;
use sarafan_network::play::{Answer, Asked, Wall, WallFile};
use serde_json::{Value, json};

use super::{Played, missing, refuse};

pub(super) const TYPES: [&str; 6] =
    ["image/jpeg", "image/png", "image/gif", "image/webp", "video/mp4", "video/quicktime"];
pub(super) const IMAGE_BYTES: usize = 16_777_216;
pub(super) const VIDEO_BYTES: usize = 103_809_024;
/// So many seconds a video takes.
const WORK: i64 = 3;

pub(super) fn upload(wall: &mut Wall, asked: &Asked, now: Timestamp) -> Played {
    let form = asked.form();
    let Some(file) = form.file("file") else { return refuse(422, "Validation failed: File can't be blank") };
    let mime = by_content(&file.bytes).unwrap_or(file.mime.as_str());
    if !TYPES.contains(&mime) {
        return refuse(422, "Validation failed: File content type is invalid, File is invalid");
    }
    let video = mime.starts_with("video/");
    let limit = if video { VIDEO_BYTES } else { IMAGE_BYTES };
    if file.bytes.len() > limit {
        return refuse(422, "Validation failed: File size must be less than or equal to the limit");
    }
    let description = form.get("description").unwrap_or_default();
    if description.chars().count() > 1500 {
        return refuse(422, "Validation failed: Description is too long (maximum is 1500 characters)");
    }
    let id = wall.next_id().to_string();
    let ready = now.as_second() + if video { WORK } else { 0 };
    let extra = json!({ "description": description, "ready": ready });
    wall.files.insert(id.clone(), WallFile { mime: mime.to_owned(), bytes: file.bytes.clone(), extra });
    let shown = attachment(wall, &asked.root, &id);
    Ok(Answer::json(if video { 202 } else { 200 }, &shown))
}

pub(super) fn look(wall: &Wall, id: &str, now: Timestamp) -> Played {
    if !wall.files.contains_key(id) {
        return missing();
    }
    let status = if is_ready(wall, id, now) { 200 } else { 206 };
    Ok(Answer::json(status, &attachment(wall, "", id)))
}

/// Is the server done with it?
pub(super) fn is_ready(wall: &Wall, id: &str, now: Timestamp) -> bool {
    let ready = wall.files.get(id).and_then(|file| file.extra.get("ready")).and_then(Value::as_i64);
    ready.is_some_and(|ready| ready <= now.as_second())
}

/// A file as the server shows it.
pub(super) fn attachment(wall: &Wall, root: &str, id: &str) -> Value {
    let file = wall.files.get(id);
    let mime = file.map(|file| file.mime.as_str()).unwrap_or_default();
    let kind = if mime.starts_with("video/") { "video" } else { "image" };
    let description = file.and_then(|file| file.extra.get("description")).cloned().unwrap_or_default();
    json!({ "id": id, "type": kind, "url": format!("{root}/media/{id}"), "description": description, "meta": {} })
}

/// The type that the first bytes tell, where they do.
fn by_content(bytes: &[u8]) -> Option<&'static str> {
    let starts = |magic: &[u8]| bytes.starts_with(magic);
    if starts(b"\xff\xd8\xff") {
        Some("image/jpeg")
    } else if starts(b"\x89PNG") {
        Some("image/png")
    } else if starts(b"GIF8") {
        Some("image/gif")
    } else if starts(b"RIFF") && bytes.get(8..12) == Some(b"WEBP") {
        Some("image/webp")
    } else if bytes.get(4..8) == Some(b"ftyp") {
        Some("video/mp4")
    } else {
        None
    }
}
