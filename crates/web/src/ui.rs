//! The browser application, embedded in the binary. Any address that is no file and no API answers with its one page:
//! which screen it is, the application reads from the address itself.

use std::borrow::Cow;

use axum::body::Body;
use axum::extract::{Request, State};
use axum::http::{HeaderMap, HeaderValue, Method, StatusCode, header};
use axum::response::{Html, IntoResponse, Response};
use rust_embed::RustEmbed;
use sarafan_app::App;
use sarafan_domain::language::Lang;

use crate::problem::Details;
use crate::speak;

#[derive(RustEmbed)]
#[folder = "../../ui/dist"]
#[allow_missing = true]
struct Files;

/// The page of the application.
const INDEX: &str = "index.html";

/// Files below it have a hash of their content in their name, so they never change.
const HASHED: &str = "assets/";

/// Answers whatever no other route knows.
pub(crate) async fn page(State(app): State<App>, request: Request) -> Response {
    if !matches!(*request.method(), Method::GET | Method::HEAD) {
        return StatusCode::METHOD_NOT_ALLOWED.into_response();
    }
    let path = request.uri().path().trim_start_matches('/');
    let name = path.rsplit('/').next().unwrap_or_default();
    match Files::get(path) {
        Some(file) => answer(request.headers(), path, &file.metadata.sha256_hash(), file.data),
        None if name.contains('.') => StatusCode::NOT_FOUND.into_response(),
        None => match Files::get(INDEX) {
            Some(file) => answer(request.headers(), INDEX, &file.metadata.sha256_hash(), file.data),
            None => not_built(&app, request.headers()),
        },
    }
}

fn answer(asked: &HeaderMap, path: &str, hash: &[u8], bytes: Cow<'static, [u8]>) -> Response {
    // Weak, because the same bytes may leave compressed.
    let tag = format!("W/\"{}\"", hex(hash));
    let cache = if path.starts_with(HASHED) { "public, max-age=31536000, immutable" } else { "no-cache" };
    let mut headers = HeaderMap::new();
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static(cache));
    if let Ok(value) = HeaderValue::from_str(&tag) {
        headers.insert(header::ETAG, value);
    }
    let known = asked.get(header::IF_NONE_MATCH).and_then(|value| value.to_str().ok()).unwrap_or_default();
    if known.split(',').any(|one| one.trim() == tag) {
        return (StatusCode::NOT_MODIFIED, headers).into_response();
    }
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static(media_type(path)));
    let body = match bytes {
        Cow::Borrowed(bytes) => Body::from(bytes),
        Cow::Owned(bytes) => Body::from(bytes),
    };
    (headers, body).into_response()
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().take(16).map(|byte| format!("{byte:02x}")).collect()
}

/// The media types of what a build of the application holds.
fn media_type(path: &str) -> &'static str {
    match path.rsplit('.').next().unwrap_or_default() {
        "html" => "text/html; charset=utf-8",
        "js" => "text/javascript; charset=utf-8",
        "css" => "text/css; charset=utf-8",
        "svg" => "image/svg+xml",
        "png" => "image/png",
        "ico" => "image/x-icon",
        "woff2" => "font/woff2",
        "json" => "application/json",
        "webmanifest" => "application/manifest+json",
        "txt" => "text/plain; charset=utf-8",
        _ => "application/octet-stream",
    }
}

/// The binary was compiled before the application was built.
fn not_built(app: &App, asked: &HeaderMap) -> Response {
    let lang = speak::accepted(asked);
    let say = |key| app.texts().say(lang, key, &[]);
    let rest = "<pre>cargo xtask run</pre>";
    plain(StatusCode::SERVICE_UNAVAILABLE, lang, &say("web-no-ui-title"), &say("web-no-ui"), rest)
}

/// A failure for somebody who came by a link and not through the application.
pub(crate) fn told(details: &Details, lang: Lang) -> Response {
    let status = StatusCode::from_u16(details.status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
    let text = format!("{} {}", details.detail, details.remedy.as_deref().unwrap_or_default());
    plain(status, lang, &details.title, &text, "<p><a href=\"/\">Sarafan</a></p>")
}

fn plain(status: StatusCode, lang: Lang, title: &str, text: &str, rest: &str) -> Response {
    let html = format!(
        "<!doctype html><html lang=\"{}\"><meta charset=\"utf-8\"><title>Sarafan</title><h1>{}</h1><p>{}</p>{rest}</html>",
        lang.code(),
        escaped(title),
        escaped(text),
    );
    (status, [(header::CACHE_CONTROL, "no-store")], Html(html)).into_response()
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn file(asked: &HeaderMap, path: &str) -> Response {
        answer(asked, path, &[7; 32], Cow::Borrowed(b"x"))
    }

    #[test]
    fn hashed_files_are_kept_and_pages_are_asked_for_again() {
        let rows = [("assets/main-Ab12.js", "public, max-age=31536000, immutable"), ("index.html", "no-cache")];
        for (path, expected) in rows {
            let response = file(&HeaderMap::new(), path);
            assert_eq!(response.headers()[header::CACHE_CONTROL], expected, "{path}");
        }
    }

    #[test]
    fn a_known_file_is_not_sent_again() {
        let first = file(&HeaderMap::new(), "index.html");
        let mut asked = HeaderMap::new();
        asked.insert(header::IF_NONE_MATCH, first.headers()[header::ETAG].clone());
        assert_eq!(file(&asked, "index.html").status(), StatusCode::NOT_MODIFIED);
        asked.insert(header::IF_NONE_MATCH, HeaderValue::from_static("W/\"00\""));
        assert_eq!(file(&asked, "index.html").status(), StatusCode::OK);
    }
}
