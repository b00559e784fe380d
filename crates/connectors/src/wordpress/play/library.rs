//! Files, categories and tags of the played WordPress.

use bytes::Bytes;
use sarafan_network::play::{Answer, Wall, WallFile};
use serde_json::{Value, json};

use super::{Played, Refusal, Stage};
use crate::html;

impl Stage<'_> {
    pub(super) fn upload(&mut self) -> Result<Played, Refusal> {
        self.must_sign("rest_cannot_create", "Sorry, you are not allowed to upload media on this site.")?;
        if self.asked.body.is_empty() {
            return Err(Refusal::new(400, "rest_upload_no_data", "No data supplied."));
        }
        let disposition = self.asked.header("content-disposition").unwrap_or_default();
        let name = disposition.split("filename=").nth(1).map(|name| name.trim().trim_matches('"').to_owned());
        let Some(name) = name.filter(|name| !name.is_empty()) else {
            let message = "No Content-Disposition supplied.";
            return Err(Refusal::new(400, "rest_upload_no_content_disposition", message));
        };
        let Some(mime) = kind(&name, &self.asked.body) else {
            let message = "Sorry, you are not allowed to upload this file type.";
            return Err(Refusal::new(500, "rest_upload_sideload_error", message));
        };
        let id = self.wall.next_id().to_string();
        let alt = html::text(self.asked.query("alt_text").unwrap_or_default());
        let extra = json!({ "alt": alt, "name": name, "blog": self.blog });
        self.wall.files.insert(id.clone(), WallFile { mime: mime.to_owned(), bytes: self.asked.body.clone(), extra });
        Played::made(self.file(&id).unwrap_or_default())
    }

    pub(super) fn list_media(&self) -> Result<Played, Refusal> {
        let include = self.numbers("include");
        let ids = self.wall.files.iter().filter(|(id, file)| {
            let here = file.extra.get("blog").and_then(Value::as_str) == Some(self.blog);
            here && include.as_ref().is_none_or(|wanted| wanted.contains(id))
        });
        self.paged(ids.filter_map(|(id, _)| self.file(id)).collect())
    }

    fn file(&self, id: &str) -> Option<Value> {
        let file = self.wall.files.get(id)?;
        let name = file.extra.get("name").and_then(Value::as_str).unwrap_or_default();
        Some(json!({ "id": id.parse::<u64>().ok()?, "alt_text": file.extra.get("alt"), "mime_type": file.mime,
            "media_type": if file.mime.starts_with("image/") { "image" } else { "file" },
            "source_url": format!("{}/wp-content/uploads/{id}-{name}", self.home()) }))
    }

    pub(super) fn terms(&self, kind: &str) -> Vec<Value> {
        let uncategorized = (kind == "categories").then(|| json!({ "id": 1, "name": "Uncategorized", "slug": "uncategorized" }));
        let made = self.wall.extra.get(kind).and_then(Value::as_object);
        let made = made.into_iter().flat_map(|map| map.values().cloned());
        uncategorized.into_iter().chain(made).collect()
    }

    pub(super) fn list_terms(&self, kind: &str) -> Result<Played, Refusal> {
        let search = self.form.get("search").map(str::to_lowercase).unwrap_or_default();
        let found = self.terms(kind).into_iter().filter(|term| {
            let name = term.get("name").and_then(Value::as_str).unwrap_or_default();
            html::text(name).to_lowercase().contains(&search)
        });
        self.paged(found.collect())
    }

    pub(super) fn make_term(&mut self, kind: &str) -> Result<Played, Refusal> {
        self.must_sign("rest_cannot_create", "Sorry, you are not allowed to create terms in this taxonomy.")?;
        let name = html::text(self.form.get("name").unwrap_or_default());
        if name.is_empty() {
            return Err(Refusal::new(400, "rest_missing_callback_param", "Missing parameter(s): name"));
        }
        let shown = super::super::blocks::escape(&name);
        let same = self.terms(kind).into_iter().find(|term| term.get("name").and_then(Value::as_str) == Some(&shown));
        if let Some(term) = same {
            let message = "A term with the name provided already exists in this taxonomy.";
            return Err(Refusal(400, "term_exists", message, json!({ "term_id": term.get("id") })));
        }
        let id = self.wall.next_id();
        let term = json!({ "id": id, "count": 0, "name": shown, "slug": name.to_lowercase().replace(' ', "-") });
        if !self.wall.extra.is_object() {
            self.wall.extra = json!({});
        }
        if let Some(map) = self.wall.extra.as_object_mut() {
            let kept = map.entry(kind).or_insert_with(|| json!({}));
            if let Some(kept) = kept.as_object_mut() {
                kept.insert(id.to_string(), term.clone());
            }
        }
        Played::made(term)
    }
}

/// A file at the address that the library told.
pub(super) fn download(wall: &Wall, path: &str) -> Option<Answer> {
    let (_, name) = path.split_once("/wp-content/uploads/")?;
    let file = wall.files.get(name.split('-').next()?)?;
    Some(Answer { status: 200, headers: Vec::new(), mime: file.mime.clone(), body: file.bytes.clone() })
}

/// The media type that name and content agree on; `None` is refused.
fn kind(name: &str, bytes: &Bytes) -> Option<&'static str> {
    let end = name.rsplit('.').next()?.to_ascii_lowercase();
    let starts = |magic: &[u8]| bytes.starts_with(magic);
    let (mime, good) = match end.as_str() {
        "jpg" | "jpeg" => ("image/jpeg", starts(&[0xff, 0xd8, 0xff])),
        "png" => ("image/png", starts(b"\x89PNG")),
        "gif" => ("image/gif", starts(b"GIF8")),
        "webp" => ("image/webp", bytes.get(8..12) == Some(b"WEBP")),
        "mp4" => ("video/mp4", bytes.get(4..8) == Some(b"ftyp")),
        "mov" => ("video/quicktime", bytes.get(4..8) == Some(b"ftyp")),
        "webm" => ("video/webm", starts(&[0x1a, 0x45, 0xdf, 0xa3])),
        "pdf" => ("application/pdf", starts(b"%PDF")),
        "zip" => ("application/zip", starts(b"PK")),
        "txt" => ("text/plain", true),
        "csv" => ("text/csv", true),
        "docx" | "xlsx" | "pptx" | "odt" | "ods" | "odp" => ("application/octet-stream", starts(b"PK")),
        "doc" | "xls" | "ppt" => ("application/octet-stream", starts(&[0xd0, 0xcf])),
        _ => return None,
    };
    good.then_some(mime)
}
