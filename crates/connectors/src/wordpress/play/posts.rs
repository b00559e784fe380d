//! Posts and pages of the played WordPress.

use sarafan_network::play::WallPost;
use serde_json::{Value, json};

use super::{EDITOR, Played, Refusal, Stage, moment};
use crate::html;

const STATUSES: [&str; 6] = ["publish", "future", "draft", "pending", "private", "trash"];

pub(super) fn field<'a>(post: &'a WallPost, name: &str) -> &'a str {
    post.extra.get(name).and_then(Value::as_str).unwrap_or_default()
}

fn gone() -> Refusal {
    Refusal::new(404, "rest_post_invalid_id", "Invalid post ID.")
}

impl Stage<'_> {
    fn is_here(&self, post: &WallPost, kind: &str) -> bool {
        post.account == self.blog && post.parent.is_none() && field(post, "type") == kind
    }

    pub(super) fn list_posts(&self, kind: &str) -> Result<Played, Refusal> {
        let wanted: Vec<&str> = self.form.get("status").map_or(vec!["publish"], |text| text.split(',').collect());
        if let Some(_unknown) = wanted.iter().find(|status| !STATUSES.contains(status) && **status != "any") {
            return Err(Refusal::new(400, "rest_invalid_param", "Invalid parameter(s): status"));
        }
        if wanted != ["publish"] && !self.signed {
            return Err(Refusal::new(400, "rest_invalid_param", "Invalid parameter(s): status"));
        }
        let include = self.numbers("include");
        let search = self.form.get("search").map(str::to_lowercase);
        let items: Vec<Value> = self
            .wall
            .posts
            .iter()
            .rev()
            .filter(|post| self.is_here(post, kind))
            .filter(|post| {
                let status = field(post, "status");
                wanted.contains(&status) || (wanted.contains(&"any") && status != "trash")
            })
            .filter(|post| include.as_ref().is_none_or(|ids| ids.contains(&post.id)))
            .filter(|post| {
                let words = format!("{} {}", post.title, field(post, "raw")).to_lowercase();
                search.as_ref().is_none_or(|search| words.contains(search))
            })
            .map(|post| self.shown(post))
            .collect();
        self.paged(items)
    }

    pub(super) fn one_post(&self, kind: &str, id: &str) -> Result<Played, Refusal> {
        let post = self.wall.post(id).filter(|post| self.is_here(post, kind)).ok_or_else(gone)?;
        if field(post, "status") != "publish" && !self.signed {
            return Err(Refusal::new(401, "rest_forbidden", "Sorry, you are not allowed to do that."));
        }
        Played::ok(self.shown(post))
    }

    pub(super) fn make_post(&mut self, kind: &str) -> Result<Played, Refusal> {
        self.must_sign("rest_cannot_create", "Sorry, you are not allowed to create posts as this user.")?;
        let words = |name: &str| self.form.get(name).unwrap_or_default().trim().to_owned();
        if words("title").is_empty() && words("content").is_empty() && words("excerpt").is_empty() {
            return Err(Refusal::new(400, "empty_content", "Content, title, and excerpt are empty."));
        }
        let id = self.wall.next_id().to_string();
        let status = self.form.get("status").unwrap_or("draft").to_owned();
        let mut post = WallPost {
            id: id.clone(),
            account: self.blog.to_owned(),
            author: "Editor".to_owned(),
            at: Some(self.now),
            extra: json!({ "type": kind, "status": status, "comment_status": if kind == "posts" { "open" } else { "closed" } }),
            ..WallPost::default()
        };
        self.fill(&mut post)?;
        if field(&post, "slug").is_empty() {
            let slug = slug(&post.title);
            set(&mut post, "slug", json!(if slug.is_empty() { id } else { slug }));
        }
        let shown = self.shown(&post);
        self.wall.posts.push(post);
        Played::made(shown)
    }

    pub(super) fn change_post(&mut self, kind: &str, id: &str) -> Result<Played, Refusal> {
        self.must_sign("rest_cannot_edit", "Sorry, you are not allowed to edit this post.")?;
        let mut post = self.wall.post(id).filter(|post| self.is_here(post, kind)).cloned().ok_or_else(gone)?;
        self.fill(&mut post)?;
        post.edited_at = Some(self.now);
        let shown = self.shown(&post);
        if let Some(kept) = self.wall.post_mut(id) {
            *kept = post;
        }
        Played::ok(shown)
    }

    pub(super) fn trash_post(&mut self, kind: &str, id: &str) -> Result<Played, Refusal> {
        self.must_sign("rest_cannot_delete", "Sorry, you are not allowed to delete this post.")?;
        let post = self.wall.post(id).filter(|post| self.is_here(post, kind)).ok_or_else(gone)?;
        if field(post, "status") == "trash" {
            return Err(Refusal::new(410, "rest_already_trashed", "The post has already been deleted."));
        }
        let shown = self.shown(post);
        if let Some(post) = self.wall.post_mut(id) {
            set(post, "status", json!("trash"));
        }
        Played::ok(shown)
    }

    /// Puts the fields of the request into the post.
    fn fill(&self, post: &mut WallPost) -> Result<(), Refusal> {
        for name in ["status", "slug", "comment_status", "excerpt"] {
            if let Some(value) = self.form.get(name) {
                set(post, name, json!(value));
            }
        }
        if !STATUSES.contains(&field(post, "status")) {
            return Err(Refusal::new(400, "rest_invalid_param", "Invalid parameter(s): status"));
        }
        if let Some(title) = self.form.get("title") {
            set(post, "title", json!(title));
            post.title = html::text(title);
        }
        for name in ["categories", "tags"] {
            if let Some(ids) = self.numbers(name) {
                let terms = self.terms(name);
                let terms: Vec<u64> = terms.iter().filter_map(|term| term.get("id")?.as_u64()).collect();
                if !ids.iter().all(|id| id.parse().is_ok_and(|id| terms.contains(&id))) {
                    return Err(Refusal::new(400, "rest_invalid_param", "Invalid parameter(s): terms"));
                }
                set(post, name, json!(ids.iter().filter_map(|id| id.parse::<u64>().ok()).collect::<Vec<_>>()));
            }
        }
        if let Some(sticky) = self.form.get("sticky") {
            match sticky {
                "true" | "false" => post.pinned = sticky == "true",
                _ => return Err(Refusal::new(400, "rest_invalid_param", "Invalid parameter(s): sticky")),
            }
        }
        if let Some(content) = self.form.get("content") {
            set(post, "raw", json!(content));
            post.text = html::text(content);
        }
        if let Some(featured) = self.form.get("featured_media") {
            if featured != "0" && !self.wall.files.contains_key(featured) {
                return Err(Refusal::new(400, "rest_invalid_featured_media", "Invalid featured media ID."));
            }
            set(post, "featured_media", json!(featured.parse::<u64>().unwrap_or_default()));
        }
        post.media = self.pictures(post);
        Ok(())
    }

    /// The featured picture, then those in the content.
    fn pictures(&self, post: &WallPost) -> Vec<(String, String)> {
        let featured = post.extra.get("featured_media").and_then(Value::as_u64).filter(|id| *id != 0);
        let mut ids: Vec<String> = featured.map(|id| id.to_string()).into_iter().collect();
        for piece in field(post, "raw").split("wp-image-").skip(1) {
            let digits: String = piece.chars().take_while(char::is_ascii_digit).collect();
            if !ids.contains(&digits) {
                ids.push(digits);
            }
        }
        let known = ids.into_iter().filter_map(|id| {
            let alt = self.wall.files.get(&id)?.extra.get("alt").and_then(Value::as_str).unwrap_or_default().to_owned();
            Some((id, alt))
        });
        known.collect()
    }

    fn shown(&self, post: &WallPost) -> Value {
        let title = field(post, "title");
        let raw = field(post, "raw");
        // What the editor's comments are for is not shown to visitors.
        let rendered: String = raw.lines().filter(|line| !line.starts_with("<!-- ")).collect::<Vec<_>>().join("\n");
        let text = |raw: &str, rendered: &str| {
            if self.signed { json!({ "raw": raw, "rendered": rendered }) } else { json!({ "rendered": rendered }) }
        };
        json!({ "id": post.id.parse::<u64>().unwrap_or_default(), "date_gmt": moment(post.at),
            "modified_gmt": moment(post.edited_at.or(post.at)), "slug": field(post, "slug"),
            "status": field(post, "status"), "type": field(post, "type").trim_end_matches('s'),
            "link": format!("{}/{}/", self.home(), field(post, "slug")), "title": text(title, title),
            "content": text(raw, &rendered), "excerpt": text(field(post, "excerpt"), field(post, "excerpt")),
            "author": EDITOR, "featured_media": post.extra.get("featured_media").cloned().unwrap_or(json!(0)),
            "comment_status": field(post, "comment_status"), "sticky": post.pinned,
            "categories": post.extra.get("categories").cloned().unwrap_or(json!([1])),
            "tags": post.extra.get("tags").cloned().unwrap_or(json!([])) })
    }
}

pub(super) fn set(post: &mut WallPost, name: &str, value: Value) {
    if let Some(map) = post.extra.as_object_mut() {
        map.insert(name.to_owned(), value);
    }
}

fn slug(title: &str) -> String {
    let words = title.to_lowercase();
    let words = words.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).collect::<Vec<_>>();
    words.join("-").chars().take(60).collect()
}
