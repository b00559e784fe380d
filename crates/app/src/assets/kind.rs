//! What a file is, told by its bytes and never by its name; and what is refused, with the reason.

use sarafan_domain::asset::AssetKind;
use sarafan_domain::problem::Problem;

use super::{picture, video};

/// What was read from the bytes.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Found {
    /// What it is for a network.
    pub(crate) kind: AssetKind,
    /// Media type.
    pub(crate) mime: &'static str,
    /// As shown.
    pub(crate) width: u32,
    /// As shown.
    pub(crate) height: u32,
    /// Length.
    pub(crate) seconds: Option<f64>,
}

impl Found {
    fn document(mime: &'static str) -> Self {
        Self { kind: AssetKind::Document, mime, width: 0, height: 0, seconds: None }
    }
}

/// Extensions that promise a picture or a video. A file that breaks the promise is refused, whatever it is instead.
const PROMISES: [&str; 19] = [
    "jpg", "jpeg", "jpe", "png", "gif", "webp", "avif", "heic", "heif", "bmp", "tif", "tiff", "mp4", "m4v", "mov",
    "webm", "mkv", "avi", "mpg",
];

/// Reads what the file is; takes time with large pictures.
///
/// # Errors
/// `file-empty`, `file-lies`, `file-svg`, `file-active` (pages and scripts), `file-type`, and what `picture` and
/// `video` say of a broken one.
pub(crate) fn look(name: &str, bytes: &[u8]) -> Result<Found, Problem> {
    if bytes.is_empty() {
        return Err(Problem::error("file-empty", "file").with("name", name));
    }
    let found = by_magic(bytes);
    let promised = extension(name).is_some_and(|given| PROMISES.contains(&given.as_str()));
    let shows = !matches!(found, Ok(Found { kind: AssetKind::Document, .. }));
    match found {
        Ok(_) if promised && !shows => Err(lies(name)),
        Err(problem) if promised && matches!(problem.code.as_ref(), "file-type" | "file-active") => Err(lies(name)),
        Err(problem) => Err(problem.with("name", name)),
        Ok(found) => Ok(found),
    }
}

fn lies(name: &str) -> Problem {
    Problem::error("file-lies", "file").with("name", name)
}

/// In lower case, without the dot.
pub(super) fn extension(name: &str) -> Option<String> {
    name.rsplit_once('.').map(|(_, extension)| extension.to_ascii_lowercase())
}

fn by_magic(bytes: &[u8]) -> Result<Found, Problem> {
    let starts = |magic: &[u8]| bytes.starts_with(magic);
    let at = |offset: usize, magic: &[u8]| bytes.get(offset..).is_some_and(|rest| rest.starts_with(magic));
    if starts(b"\xff\xd8\xff") {
        return picture::look(bytes, picture::Type::Jpeg);
    }
    if starts(b"\x89PNG\r\n\x1a\n") {
        return picture::look(bytes, picture::Type::Png);
    }
    if starts(b"GIF87a") || starts(b"GIF89a") {
        return picture::look(bytes, picture::Type::Gif);
    }
    if starts(b"RIFF") && at(8, b"WEBP") {
        return picture::look(bytes, picture::Type::Webp);
    }
    if at(4, b"ftyp") {
        return video::look_mp4(bytes);
    }
    if starts(b"\x1a\x45\xdf\xa3") {
        return video::look_webm(bytes);
    }
    if starts(b"%PDF-") {
        return Ok(Found::document("application/pdf"));
    }
    if starts(b"PK\x03\x04") {
        return Ok(Found::document(packed(bytes)));
    }
    if starts(b"ID3") || matches!(bytes, [0xff, second, ..] if second & 0xe6 == 0xe2) {
        return Ok(Found::document("audio/mpeg"));
    }
    if starts(b"OggS") {
        return Ok(Found::document("audio/ogg"));
    }
    text(bytes)
}

/// The office formats are ZIP files that hold a part of a certain name.
fn packed(bytes: &[u8]) -> &'static str {
    const PARTS: [(&[u8], &str); 3] = [
        (b"word/document.xml", "application/vnd.openxmlformats-officedocument.wordprocessingml.document"),
        (b"xl/workbook.xml", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
        (b"ppt/presentation.xml", "application/vnd.openxmlformats-officedocument.presentationml.presentation"),
    ];
    const PLAIN: [(&[u8], &str); 4] = [
        (b"mimetypeapplication/vnd.oasis.opendocument.text", "application/vnd.oasis.opendocument.text"),
        (b"mimetypeapplication/vnd.oasis.opendocument.spreadsheet", "application/vnd.oasis.opendocument.spreadsheet"),
        (b"mimetypeapplication/vnd.oasis.opendocument.presentation", "application/vnd.oasis.opendocument.presentation"),
        (b"mimetypeapplication/epub+zip", "application/epub+zip"),
    ];
    let plain = PLAIN.iter().find(|(words, _)| bytes.get(30..).is_some_and(|rest| rest.starts_with(words)));
    // The names of all parts stand at the end.
    let end = bytes.get(bytes.len().saturating_sub(1 << 16)..).unwrap_or(bytes);
    let part = || PARTS.iter().find(|(name, _)| end.windows(name.len()).any(|window| window == *name));
    plain.or_else(part).map_or("application/zip", |(_, mime)| mime)
}

/// Plain text is taken. Mark-up is not: a browser that is shown it may run what stands in it.
fn text(bytes: &[u8]) -> Result<Found, Problem> {
    let unknown = || Problem::error("file-type", "file");
    let text = std::str::from_utf8(bytes).map_err(|_| unknown())?;
    if text.chars().any(|c| c.is_control() && !matches!(c, '\t' | '\n' | '\r' | '\u{c}')) {
        return Err(unknown());
    }
    let text = text.trim_start_matches('\u{feff}').trim_start();
    if !text.starts_with('<') {
        return Ok(Found::document("text/plain"));
    }
    let head: String = text.chars().take(2000).collect::<String>().to_ascii_lowercase();
    Err(Problem::error(if head.contains("<svg") { "file-svg" } else { "file-active" }, "file"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn zip(first: &str, content: &str, last: &str) -> Vec<u8> {
        let mut bytes = b"PK\x03\x04".to_vec();
        bytes.extend([0; 26]);
        bytes.extend([first, content, "....", last].concat().as_bytes());
        bytes
    }

    #[test]
    fn files_are_known_by_their_bytes() {
        let docx = "application/vnd.openxmlformats-officedocument.wordprocessingml.document";
        let rows: [(&str, Vec<u8>, &str); 16] = [
            ("a.pdf", b"%PDF-1.7 ...".to_vec(), "application/pdf"),
            ("a.docx", zip("[Content_Types].xml", "", "word/document.xml"), docx),
            (
                "a.odt",
                zip("mimetype", "application/vnd.oasis.opendocument.text", ""),
                "application/vnd.oasis.opendocument.text",
            ),
            ("a.zip", zip("a.txt", "hello", ""), "application/zip"),
            ("a.txt", "привет\r\n".into(), "text/plain"),
            ("a.csv", b"\xef\xbb\xbfid;text".to_vec(), "text/plain"),
            ("a.mp3", b"ID3\x04".to_vec(), "audio/mpeg"),
            ("a.mp3", vec![0xff, 0xfb, 0x90, 0x00], "audio/mpeg"),
            ("a.jpg", b"<!doctype html><script>alert(1)</script>".to_vec(), "file-lies"),
            ("a.JPG", b"plain words".to_vec(), "file-lies"),
            ("a.mp4", zip("a.txt", "", ""), "file-lies"),
            ("a.png", Vec::new(), "file-empty"),
            ("a.html", b"\n <html>".to_vec(), "file-active"),
            ("a.svg", b"<?xml version='1.0'?><svg onload='x()'/>".to_vec(), "file-svg"),
            ("a.jpg", b"<svg xmlns='x'/>".to_vec(), "file-svg"),
            ("a.exe", b"MZ\x00\x01\x02".to_vec(), "file-type"),
        ];
        for (name, bytes, expected) in rows {
            let got = match look(name, &bytes) {
                Ok(found) => found.mime.to_owned(),
                Err(problem) => problem.code.into_owned(),
            };
            assert_eq!(got, expected, "{name}");
        }
    }
}
