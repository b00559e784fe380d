//! WordPress as the sandbox plays it: the routes of a fresh 6.1 that the connector uses, with the answers and refusals
//! that the real one was seen to give.
//!
//! The blog stands at the network's root and is written by `editor`. Any path before `/wp-json` is a blog of its own,
//! so there are as many as somebody asks for.

use std::collections::BTreeMap;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use bytes::Bytes;
use sarafan_domain::time::Timestamp;
use sarafan_network::play::{Answer, Asked, Form, Player, Wall};
use serde_json::{Map, Value, json};

use super::Wordpress;

mod comments;
mod library;
mod posts;

const USER: &str = "editor";
const PASSWORD: &str = "sand box9 appl icat ionp assw";
/// The number of the user.
const EDITOR: u64 = 2;

/// A refusal: status, code, sentence, and what else stands in its data.
struct Refusal(u16, &'static str, &'static str, Value);

impl Refusal {
    fn new(status: u16, code: &'static str, message: &'static str) -> Self {
        Self(status, code, message, json!({}))
    }
}

/// A body and the headers that count.
struct Played {
    status: u16,
    body: Value,
    total: Option<(usize, usize)>,
}

impl Played {
    fn ok(body: Value) -> Result<Self, Refusal> {
        Ok(Self { status: 200, body, total: None })
    }
    fn made(body: Value) -> Result<Self, Refusal> {
        Ok(Self { status: 201, body, total: None })
    }
}

impl Player for Wordpress {
    fn id(&self) -> &'static str {
        "wordpress"
    }

    fn title(&self) -> &'static str {
        "WordPress"
    }

    fn form(&self, root: &str) -> BTreeMap<String, String> {
        let pairs = [("site", root), ("user", USER), ("password", PASSWORD)];
        pairs.into_iter().map(|(key, value)| (key.to_owned(), value.to_owned())).collect()
    }

    fn accounts(&self) -> Vec<(String, String)> {
        vec![("blog".to_owned(), "Sandbox blog".to_owned())]
    }

    fn answer(&self, wall: &mut Wall, asked: &Asked, now: Timestamp) -> Answer {
        if let Some(file) = library::download(wall, &asked.path) {
            return file;
        }
        let Some((blog, route)) = place(asked) else {
            return Answer { status: 404, headers: Vec::new(), mime: "text/html".to_owned(), body: Bytes::from_static(NOT_FOUND) };
        };
        let form = asked.form();
        let stage = Stage { wall, asked, form: &form, blog: &blog, now, signed: false };
        match stage.route(&route) {
            Ok(played) => finish(played, asked.query("_fields")),
            Err(refusal) => refused(refusal),
        }
    }

    fn rate_limited(&self, seconds: u64) -> Answer {
        // WordPress has no limits of its own; this is a host's.
        Answer {
            status: 429,
            headers: vec![("retry-after".to_owned(), seconds.to_string())],
            mime: "text/html".to_owned(),
            body: Bytes::from_static(b"<html><title>429 Too Many Requests</title></html>"),
        }
    }

    fn expired(&self) -> Answer {
        refused(Refusal::new(401, "incorrect_password", "The provided password is an invalid application password."))
    }

    fn publishes(&self, asked: &Asked) -> bool {
        let route = place(asked).map(|(_, route)| route).unwrap_or_default();
        asked.method == "POST" && matches!(route.as_str(), "wp/v2/posts" | "wp/v2/pages" | "wp/v2/comments")
    }
}

const NOT_FOUND: &[u8] = b"<!DOCTYPE html><html><head><title>Page not found</title></head><body></body></html>";

/// The blog and the route: behind `/wp-json/`, or in `?rest_route=`.
fn place(asked: &Asked) -> Option<(String, String)> {
    let blog = |path: &str| match path.trim_matches('/') {
        "" => "blog".to_owned(),
        name => name.to_owned(),
    };
    if let Some((before, route)) = asked.path.split_once("/wp-json") {
        return Some((blog(before), route.trim_matches('/').to_owned()));
    }
    let route = asked.query("rest_route")?;
    Some((blog(&asked.path), route.trim_matches('/').to_owned()))
}

fn refused(Refusal(status, code, message, mut data): Refusal) -> Answer {
    if let Some(map) = data.as_object_mut() {
        map.insert("status".to_owned(), json!(status));
    }
    Answer::json(status, &json!({ "code": code, "message": message, "data": data }))
}

/// Keeps the fields that were asked for.
fn finish(played: Played, fields: Option<&str>) -> Answer {
    let body = match fields {
        Some(fields) => {
            let wanted: Vec<&str> = fields.split(',').collect();
            match played.body {
                Value::Array(items) => Value::Array(items.into_iter().map(|item| only(item, &wanted)).collect()),
                one => only(one, &wanted),
            }
        }
        None => played.body,
    };
    let mut answer = Answer::json(played.status, &body);
    if let Some((total, pages)) = played.total {
        answer.headers.push(("x-wp-total".to_owned(), total.to_string()));
        answer.headers.push(("x-wp-totalpages".to_owned(), pages.to_string()));
    }
    answer
}

fn only(item: Value, wanted: &[&str]) -> Value {
    match item {
        Value::Object(map) => map.into_iter().filter(|(key, _)| wanted.contains(&key.as_str())).collect::<Map<_, _>>().into(),
        other => other,
    }
}

/// One request to a blog.
struct Stage<'a> {
    wall: &'a mut Wall,
    asked: &'a Asked,
    form: &'a Form,
    blog: &'a str,
    now: Timestamp,
    signed: bool,
}

impl Stage<'_> {
    fn route(mut self, route: &str) -> Result<Played, Refusal> {
        if route.is_empty() {
            return Played::ok(self.index());
        }
        self.signed = self.sign_in()?;
        let Some(route) = route.strip_prefix("wp/v2/") else { return Err(no_route()) };
        let (list, id) = route.split_once('/').unwrap_or((route, ""));
        match (self.asked.method.as_str(), list, id) {
            ("GET", "users", "me") => self.me(),
            ("GET", "posts" | "pages", "") => self.list_posts(list),
            ("GET", "posts" | "pages", id) => self.one_post(list, id),
            ("POST", "posts" | "pages", "") => self.make_post(list),
            ("POST" | "PUT" | "PATCH", "posts" | "pages", id) => self.change_post(list, id),
            ("DELETE", "posts" | "pages", id) => self.trash_post(list, id),
            ("GET", "media", "") => self.list_media(),
            ("POST", "media", "") => self.upload(),
            ("GET", "tags" | "categories", "") => self.list_terms(list),
            ("POST", "tags" | "categories", "") => self.make_term(list),
            ("GET", "comments", "") => self.list_comments(),
            ("GET", "comments", id) => self.one_comment(id),
            ("POST", "comments", "") => self.make_comment(),
            _ => Err(no_route()),
        }
    }

    /// Who does not sign in at all is a visitor; who signs in wrongly is refused.
    fn sign_in(&self) -> Result<bool, Refusal> {
        let Some(header) = self.asked.header("authorization") else { return Ok(false) };
        let pair = header.strip_prefix("Basic ").and_then(|text| STANDARD.decode(text).ok());
        let pair = pair.and_then(|bytes| String::from_utf8(bytes).ok()).unwrap_or_default();
        let (user, password) = pair.split_once(':').unwrap_or_default();
        // WordPress ignores the spaces with which it shows a password.
        let bare = |text: &str| text.replace(' ', "");
        if user != USER {
            return Err(Refusal::new(401, "rest_not_logged_in", "You are not currently logged in."));
        }
        if bare(password) != bare(PASSWORD) || self.wall.expired.iter().any(|ended| bare(ended) == bare(password)) {
            let message = "The provided password is an invalid application password.";
            return Err(Refusal::new(401, "incorrect_password", message));
        }
        Ok(true)
    }

    fn must_sign(&self, code: &'static str, message: &'static str) -> Result<(), Refusal> {
        if self.signed { Ok(()) } else { Err(Refusal::new(401, code, message)) }
    }

    fn home(&self) -> String {
        if self.blog == "blog" { self.asked.root.clone() } else { format!("{}/{}", self.asked.root, self.blog) }
    }

    fn index(&self) -> Value {
        let home = self.home();
        json!({ "name": "Sandbox blog", "description": "", "url": home, "home": home, "gmt_offset": 0,
            "timezone_string": "", "namespaces": ["oembed/1.0", "wp/v2", "wp-site-health/v1", "wp-block-editor/v1"],
            "authentication": { "application-passwords": { "endpoints": {
                "authorization": format!("{home}/wp-admin/authorize-application.php") } } }, "routes": {} })
    }

    fn me(&self) -> Result<Played, Refusal> {
        self.must_sign("rest_not_logged_in", "You are not currently logged in.")?;
        Played::ok(json!({ "id": EDITOR, "name": "Editor", "slug": USER, "roles": ["editor"],
            "capabilities": { "publish_posts": true, "publish_pages": true, "upload_files": true,
                "edit_published_posts": true, "manage_categories": true, "moderate_comments": true } }))
    }

    /// A page of a list, with its totals.
    fn paged(&self, items: Vec<Value>) -> Result<Played, Refusal> {
        let number = |name: &str, default: usize| {
            self.form.get(name).map_or(Some(default), |text| text.parse().ok().filter(|number| *number > 0))
        };
        let invalid = || Refusal::new(400, "rest_invalid_param", "Invalid parameter(s): per_page");
        let per_page = number("per_page", 10).filter(|per_page| *per_page <= 100).ok_or_else(invalid)?;
        let page = number("page", 1).ok_or_else(invalid)?;
        let (total, pages) = (items.len(), items.len().div_ceil(per_page));
        if page > pages.max(1) {
            let message = "The page number requested is larger than the number of pages available.";
            return Err(Refusal::new(400, "rest_post_invalid_page_number", message));
        }
        let shown: Vec<Value> = items.into_iter().skip((page - 1) * per_page).take(per_page).collect();
        Ok(Played { status: 200, body: Value::Array(shown), total: Some((total, pages)) })
    }

    /// The numbers in a list parameter such as `include`.
    fn numbers(&self, name: &str) -> Option<Vec<String>> {
        let text = self.form.get(name)?;
        let json: Option<Vec<u64>> = serde_json::from_str(text).ok();
        match json {
            Some(list) => Some(list.iter().map(u64::to_string).collect()),
            None => Some(text.split(',').map(|part| part.trim().to_owned()).collect()),
        }
    }
}

fn no_route() -> Refusal {
    Refusal::new(404, "rest_no_route", "No route was found matching the URL and request method.")
}

/// A time as WordPress writes it: without a zone, to the second.
fn moment(at: Option<Timestamp>) -> String {
    at.unwrap_or_default().strftime("%Y-%m-%dT%H:%M:%S").to_string()
}
