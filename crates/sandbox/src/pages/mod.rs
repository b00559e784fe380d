//! The pages people look at: plain HTML and one style sheet. A small script brings news; everything works without it.

use std::fmt::{self, Write as _};

use axum::extract::{Path, Query, State};
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::sse::{Event, KeepAlive, Sse};
use axum::response::{IntoResponse, Redirect, Response};
use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};
use serde::Deserialize;
use serde_json::json;
use tokio_stream::StreamExt as _;
use tokio_stream::wrappers::WatchStream;

use crate::language::Tongue;
use crate::room::Sandbox;
use crate::visitor::NAME_MAX;

mod faults;
mod home;
mod wall;

/// Text in HTML.
pub(crate) struct Words<'a>(pub(crate) &'a str);

impl fmt::Display for Words<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for c in self.0.chars() {
            match c {
                '&' => f.write_str("&amp;")?,
                '<' => f.write_str("&lt;")?,
                '>' => f.write_str("&gt;")?,
                '"' => f.write_str("&quot;")?,
                '\'' => f.write_str("&#39;")?,
                c => f.write_char(c)?,
            }
        }
        Ok(())
    }
}

/// A segment of an address.
const SEGMENT: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'_').remove(b'.').remove(b'~');

pub(crate) fn segment(text: &str) -> String {
    utf8_percent_encode(text, SEGMENT).to_string()
}

/// Where a wall is, and a post on it.
pub(crate) fn wall_address(network: &str, account: &str, post: Option<&str>) -> String {
    let anchor = post.map(|post| format!("#{}", anchor(post))).unwrap_or_default();
    format!("/wall/{}/{}{anchor}", segment(network), segment(account))
}

/// The name of a post within its page.
fn anchor(post: &str) -> String {
    let clean: String = post.chars().map(|c| if c.is_ascii_alphanumeric() { c } else { '-' }).collect();
    format!("post-{clean}")
}

/// The address under which the client sees us.
pub(crate) fn origin(headers: &HeaderMap) -> String {
    let host = headers.get(header::HOST).and_then(|host| host.to_str().ok()).unwrap_or("localhost");
    let plain = host.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '.' | ':' | '-' | '[' | ']'));
    format!("http://{}", if plain { host } else { "localhost" })
}

/// Does the request come from one of our pages, or from no page at all?
pub(crate) fn is_ours(headers: &HeaderMap) -> bool {
    match headers.get(header::ORIGIN).map(|origin| origin.to_str().unwrap_or_default()) {
        None => true,
        Some(from) => from == origin(headers),
    }
}

const COOKIE: &str = "visitor=";

/// The name of the visitor: the one used last in this browser.
pub(crate) fn visitor_name(headers: &HeaderMap, tongue: &Tongue) -> String {
    let cookies = headers.get(header::COOKIE).and_then(|cookies| cookies.to_str().ok()).unwrap_or_default();
    let kept = cookies.split(';').find_map(|cookie| cookie.trim().strip_prefix(COOKIE));
    let name = kept.map(|name| percent_encoding::percent_decode_str(name).decode_utf8_lossy().into_owned());
    let name = name.map(|name| name.chars().take(NAME_MAX).collect::<String>()).filter(|name| !name.is_empty());
    name.unwrap_or_else(|| tongue.say("sandbox-visitor"))
}

/// Keeps the name for the next time.
pub(crate) fn remember(response: &mut Response, name: &str) {
    let cookie = format!("{COOKIE}{}; Path=/; HttpOnly; SameSite=Lax; Max-Age=31536000", segment(name));
    if let Ok(cookie) = HeaderValue::try_from(cookie) {
        response.headers_mut().append(header::SET_COOKIE, cookie);
    }
}

const POLICY: &str = "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self'; media-src 'self'; \
                      connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

fn guarded(mut response: Response) -> Response {
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_SECURITY_POLICY, HeaderValue::from_static(POLICY));
    headers.insert(header::X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff"));
    headers.insert(header::REFERRER_POLICY, HeaderValue::from_static("same-origin"));
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    response
}

/// A status and nothing else.
pub(crate) fn hidden(status: StatusCode) -> Response {
    guarded(status.into_response())
}

fn html(page: String) -> Response {
    guarded(([(header::CONTENT_TYPE, "text/html; charset=utf-8")], page).into_response())
}

/// A whole page. `live` names the network whose news make it load anew.
fn page(tongue: Tongue, title: &str, live: Option<&str>, main: &str) -> String {
    let script = live.map_or(String::new(), |network| {
        format!("<script src=\"/live.js\" defer data-network=\"{}\"></script>", Words(network))
    });
    format!(
        "<!DOCTYPE html>\n<html lang=\"{lang}\">\n<head>\n<meta charset=\"utf-8\">\n\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n\
         <meta name=\"color-scheme\" content=\"light dark\">\n<title>{title} · {sandbox}</title>\n\
         <link rel=\"icon\" href=\"/icon.svg\">\n<link rel=\"stylesheet\" href=\"/page.css\">\n{script}\n</head>\n<body>\n\
         <header><a class=\"home\" href=\"/\">{sandbox}</a><nav><a href=\"/faults\">{faults}</a></nav></header>\n\
         <main>\n{main}\n</main>\n</body>\n</html>\n",
        lang = tongue.code(),
        title = Words(title),
        sandbox = Words(&tongue.say("sandbox-title")),
        faults = Words(&tongue.say("sandbox-faults")),
    )
}

/// `GET /page.css`
pub(crate) async fn style() -> Response {
    guarded(([(header::CONTENT_TYPE, "text/css; charset=utf-8")], include_str!("page.css")).into_response())
}

/// `GET /icon.svg`
pub(crate) async fn icon() -> Response {
    guarded(([(header::CONTENT_TYPE, "image/svg+xml")], include_str!("icon.svg")).into_response())
}

/// `GET /live.js`
pub(crate) async fn script() -> Response {
    guarded(([(header::CONTENT_TYPE, "text/javascript; charset=utf-8")], include_str!("live.js")).into_response())
}

/// `GET /`
pub(crate) async fn home(State(sandbox): State<Sandbox>, headers: HeaderMap) -> Response {
    html(home::page(&sandbox, Tongue::of(&headers), &origin(&headers)))
}

/// `GET /networks`: the same as data.
pub(crate) async fn networks(State(sandbox): State<Sandbox>, headers: HeaderMap) -> Response {
    let origin = origin(&headers);
    let all: Vec<_> = sandbox
        .rooms()
        .map(|room| {
            let root = format!("{origin}/{}", room.player.id());
            let accounts: Vec<_> = room
                .accounts(&room.wall())
                .into_iter()
                .map(|(id, name)| {
                    let wall = format!("{origin}{}", wall_address(room.player.id(), &id, None));
                    json!({ "id": id, "name": name, "wall": wall })
                })
                .collect();
            json!({ "id": room.player.id(), "title": room.player.title(), "form": room.player.form(&root), "root": root,
                "accounts": accounts })
        })
        .collect();
    axum::Json(all).into_response()
}

/// `GET /faults`
pub(crate) async fn faults(State(sandbox): State<Sandbox>, headers: HeaderMap) -> Response {
    html(faults::page(&sandbox, Tongue::of(&headers)))
}

/// `GET /wall/<network>`: its first wall.
pub(crate) async fn first_wall(State(sandbox): State<Sandbox>, Path(network): Path<String>) -> Response {
    let first = sandbox.room(&network).and_then(|room| room.player.accounts().into_iter().next());
    match first {
        Some((account, _)) => Redirect::to(&wall_address(&network, &account, None)).into_response(),
        None => hidden(StatusCode::NOT_FOUND),
    }
}

/// Which part of a wall.
#[derive(Debug, Deserialize)]
pub(crate) struct Turn {
    /// Pages turned.
    #[serde(default)]
    page: usize,
}

/// `GET /wall/<network>/<account>`
pub(crate) async fn wall(
    State(sandbox): State<Sandbox>,
    Path((network, account)): Path<(String, String)>,
    Query(turn): Query<Turn>,
    headers: HeaderMap,
) -> Response {
    let tongue = Tongue::of(&headers);
    let Some(room) = sandbox.room(&network) else { return hidden(StatusCode::NOT_FOUND) };
    let visitor = visitor_name(&headers, &tongue);
    // News that a page fetches for itself are not looks of a person.
    let looked = !headers.contains_key("x-news");
    match wall::page(room, &account, tongue, &visitor, turn.page, looked) {
        Some(page) => html(page),
        None => hidden(StatusCode::NOT_FOUND),
    }
}

/// `GET /file/<network>/<id>`
pub(crate) async fn file(State(sandbox): State<Sandbox>, Path((network, id)): Path<(String, String)>) -> Response {
    let found = sandbox.room(&network).and_then(|room| room.wall().files.get(&id).cloned());
    let Some(file) = found else { return hidden(StatusCode::NOT_FOUND) };
    // Only what cannot carry a script is shown in the browser.
    let shown = matches!(
        file.mime.as_str(),
        "image/jpeg" | "image/png" | "image/gif" | "image/webp" | "video/mp4" | "video/webm"
    );
    let mime = if shown { file.mime } else { "application/octet-stream".to_owned() };
    let place = if shown { "inline" } else { "attachment" };
    let mut response = guarded(([(header::CONTENT_TYPE, mime)], file.bytes).into_response());
    response.headers_mut().insert(header::CONTENT_DISPOSITION, HeaderValue::from_static(place));
    response
}

/// `GET /live/<network>`: an event whenever something changes.
pub(crate) async fn live(State(sandbox): State<Sandbox>, Path(network): Path<String>) -> Response {
    let Some(room) = sandbox.room(&network) else { return hidden(StatusCode::NOT_FOUND) };
    let changes = WatchStream::from_changes(room.watch());
    let events = changes.map(|number| Ok::<_, std::convert::Infallible>(Event::default().data(number.to_string())));
    guarded(Sse::new(events).keep_alive(KeepAlive::default()).into_response())
}

/// Adds to a page; a `String` takes everything.
macro_rules! put {
    ($page:expr, $($arg:tt)*) => {{ use std::fmt::Write as _; let _ = write!($page, $($arg)*); }};
}
use put;
